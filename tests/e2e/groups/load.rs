//! The cost of a load, and loads with too little memory, measured by commands of a special firmware.

use std::error::Error;

use e2e::load_cost;
use e2e::lookup::{self, Lookup};
use e2e::{Fixture, Session};
use firmware::Version;
use qemu::Machine;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_load_takes_no_more_heap_than_its_image_and_1_kb", peak),
    ("a_load_without_one_of_its_allocations_leaves_nothing", out_of_memory),
    ("a_load_takes_no_more_than_these_instructions_and_sectors", cost),
    ("an_import_is_found_ten_times_as_fast_as_by_dlmodule", found_fast),
];

/// What a load may take beside the image, in bytes.
const BESIDE_IMAGE_MAX: u32 = 1024;

/// From this version on, an open file alone takes more than that, and a load has its file open.
const WITH_LARGE_FILES: Version = Version::new(5, 0, 0);

fn boot(fixture: &Fixture) -> Result<Session, Box<dyn Error>> {
    let commands = ["out_of_memory", "peak"];
    let commands = commands.map(|name| fixture.source("tests/firmware/commands").join(name).with_extension("c"));
    let elf = firmware::build_with(fixture.board, "rtthread-load.elf", &commands)?.elf;
    Ok(Session::boot(&Machine::new(fixture.board, &elf, fixture.card()))?)
}

/// For a small module, the file system takes more to open the file than the loader takes to load it.
fn peak(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    for module in ["hello.mo", "panic.mo", "library.mo", "heap.mo"] {
        let printed = session.run(&format!("load_peak /{module}"))?;
        let line = printed.line_of("bytes")?;
        let figures = line.iter().filter_map(|word| word.trim_end_matches(',').parse().ok());
        let [loading, opening, image] = figures.collect::<Vec<u32>>()[..] else {
            return Err(printed.failed("`load_peak` did not print three figures").into());
        };
        println!("{module}: {loading} bytes of heap for an image of {image}; to open the file, {opening}");
        let beside_image = match fixture.firmware.version < WITH_LARGE_FILES {
            true => BESIDE_IMAGE_MAX,
            false => BESIDE_IMAGE_MAX.max(opening),
        };
        if loading > opening.max(image + beside_image) {
            return Err(printed.failed("a load takes too much heap").into());
        }
    }
    Ok(())
}

fn out_of_memory(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    for module in ["hello.mo", "library.mo"] {
        let printed = session.run(&format!("load_short /{module}"))?.prints("loaded")?.prints_no("leaked")?;
        let loads: Vec<&str> = printed.text().split("without ").skip(1).collect();
        let Some((last, failing)) = loads.split_last() else {
            return Err(printed.failed("there were no loads").into());
        };
        if failing.len() < 5 || !last.contains("loaded") {
            return Err(printed
                .failed("the last load must get all of its allocations, and five before it must fail")
                .into());
        }
        if let Some(silent) = failing.iter().find(|load| load.contains("refused") && !load.contains(".mo: ")) {
            return Err(printed.failed(&format!("nothing says why the load without {silent} was refused")).into());
        }
    }
    session.run("mod run hello")?.prints("exit code 0")?;
    Ok(())
}

/// What a load may cost: QEMU counts, so that it is the same each time. The file system's own sectors are among them.
const COSTS: &[(&str, Limit)] = &[
    ("hello", Limit { instructions: 41_500, ratio: 1.75, more_sectors: 3 }),
    ("100 imports", Limit { instructions: 252_000, ratio: 0.86, more_sectors: 8 }),
    ("500 imports", Limit { instructions: 1_296_000, ratio: 0.12, more_sectors: 8 }),
    ("100 exports", Limit { instructions: 140_000, ratio: 1.55, more_sectors: 6 }),
    ("image of 64 KB", Limit { instructions: 183_000, ratio: 1.08, more_sectors: 4 }),
    ("1,000 relocations", Limit { instructions: 150_000, ratio: 1.60, more_sectors: 10 }),
    ("5,000 relocations", Limit { instructions: 480_000, ratio: 1.34, more_sectors: 11 }),
];

/// The most that a load may take.
struct Limit {
    instructions: u32,
    /// Instructions, as a multiple of those of RT-Thread's loader.
    ratio: f64,
    /// Sectors read, beside those of the file.
    more_sectors: u32,
}

fn cost(fixture: &Fixture) -> TestResult {
    let rows = load_cost::measure(fixture)?;
    println!("{}\n{}", load_cost::instructions(&rows), load_cost::sectors(&rows));
    for (name, limit) in COSTS {
        let row = rows.iter().find(|row| row.name == *name).ok_or_else(|| format!("{name} is not measured"))?;
        let (ours, sectors) = (row.ours, row.file_sectors + limit.more_sectors);
        if ours.instructions > limit.instructions || row.ratio() > limit.ratio || ours.sectors > sectors {
            return Err(format!("{name}: {ours:?}, {:.2} times those of dlmodule", row.ratio()).into());
        }
    }
    Ok(())
}

fn found_fast(fixture: &Fixture) -> TestResult {
    let Lookup { stock, ours } = lookup::measure(fixture)?;
    println!("a hundred imports of a thousand exports: {stock} instructions by dlmodule, {ours} by us");
    if ours * 10 > stock { Err(format!("{ours} instructions, and dlmodule has {stock}").into()) } else { Ok(()) }
}
