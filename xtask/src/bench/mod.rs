//! `cargo xtask bench`: what programs, calls and loads cost in Rust and in C, as tables and plots of the manual.

mod plots;

use std::error::Error;
use std::fs;

use e2e::{
    Fixture, cost, latency,
    load_cost::{self, Growth},
    lookup, pairs,
};
use firmware::BOARDS;
use setup::{process, workspace};

use crate::page::Page;

/// Measures all, prints it, and writes `docs/measurements.md` and the plots beside it.
///
/// # Errors
/// When something does not build or run, or a page can't be written.
pub fn bench() -> Result<(), Box<dyn Error>> {
    let fixture = Fixture::build(&BOARDS[0])?;
    let mut page = Page::read("measurements.md")?;
    let mut write = |part: &str, table: &str| {
        println!("{table}");
        page.replace(&format!("cargo xtask bench: {part}"), table)
    };

    let pairs = pairs::measure(&fixture)?;
    write("pairs", &pairs::table(&pairs))?;
    let calls = cost::measure(&fixture)?;
    write("calls", &cost::table(&calls))?;
    let loads = load_cost::measure(&fixture)?;
    write("loads", &load_cost::instructions(&loads))?;
    write("sectors", &load_cost::sectors(&loads))?;
    let growth = load_cost::growth(&fixture)?;
    write("growth", &growth_table(&growth))?;
    write("lookup", &lookup::measure(&fixture)?.to_string())?;
    write("latency", &latency::measure(&fixture)?.to_string())?;
    page.write()?;

    let images = workspace::root().join("docs/images");
    fs::create_dir_all(&images)?;
    fs::write(images.join("pairs.svg"), plots::pairs(&pairs)?)?;
    fs::write(images.join("calls.svg"), plots::calls(&calls)?)?;
    fs::write(images.join("loads.svg"), plots::growth(&growth)?)?;
    Ok(process::run(process::cargo().args(["bench", "--package", "rtt-mkmod", "--bench", "large_module"]))?)
}

/// What the loads that grow cost, in Markdown.
fn growth_table(growth: &[Growth]) -> String {
    let mut lines = vec!["| | ours | C | ours / C | least |".to_owned(), "|---|--:|--:|--:|--:|".to_owned()];
    for row in growth.iter().flat_map(|growth| &growth.points).map(|(_, row)| row) {
        let figures = [row.ours, row.stock, row.least].map(|cost| cost.instructions);
        let [ours, stock, least] = figures;
        lines.push(format!("| {} | {ours} | {stock} | {:.2} | {least} |", row.name, row.ratio()));
    }
    lines.join("\n") + "\n"
}
