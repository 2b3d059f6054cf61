//! Writes the committed figures into the help texts of `Kconfig`, of the package and of its entry in RT-Thread's index, and
//! into the table of `docs/measurements.md`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use setup::workspace;

use super::cost::Cost;
use super::figures::Figures;
use super::kconfig::PREFIX;
use crate::page::Page;

/// The beginning of the line in a help text.
const COSTS: &str = "        Costs ";

/// Writes `figures` to all files.
///
/// # Errors
/// When one of them can't be read or written, or lacks its place.
pub fn publish(figures: &Figures) -> Result<(), Box<dyn Error>> {
    for (path, text) in files(figures)? {
        fs::write(path, text)?;
    }
    Ok(())
}

/// The files with their new texts.
fn files(figures: &Figures) -> Result<[(PathBuf, String); 3], Box<dyn Error>> {
    let kconfig = |path| -> Result<(PathBuf, String), Box<dyn Error>> {
        let file = workspace::root().join(path);
        let text = with_costs(&fs::read_to_string(&file)?, &figures.options);
        Ok((file, text))
    };
    let mut page = Page::read("measurements.md")?;
    page.replace("cargo xtask size --accept", &table(figures))?;
    page.replace("cargo xtask size --accept: folders", &by_folder(figures)?)?;
    Ok([kconfig("kernel-glue/Kconfig")?, kconfig("kernel-glue/index/Kconfig")?, page.into_file()])
}

/// `kconfig` with the size of each option in the last line of its help.
fn with_costs(kconfig: &str, options: &BTreeMap<String, Cost>) -> String {
    let entries = kconfig.split("\n\n").map(|entry| {
        let name = entry.lines().find_map(|line| line.strip_prefix("config ")?.strip_prefix(PREFIX));
        match name.and_then(|name| options.get(name)) {
            Some(cost) => with_cost(entry, *cost),
            None => entry.to_owned(),
        }
    });
    entries.collect::<Vec<_>>().join("\n\n")
}

fn with_cost(entry: &str, cost: Cost) -> String {
    let kept = entry.lines().filter(|line| !line.starts_with(COSTS));
    let mut lines: Vec<String> = kept.map(str::to_owned).collect();
    if !lines.iter().any(|line| line.trim() == "help") {
        lines.push("    help".into());
    }
    let ram = if cost.ram > 0 { format!(" and {} of RAM", cost.ram) } else { String::new() };
    lines.push(format!("{COSTS}{} bytes of ROM{ram} on a Cortex-M3.", cost.rom));
    lines.join("\n")
}

fn table(figures: &Figures) -> String {
    let mut table =
        String::from("| on a Cortex-M3, in bytes | ROM | the firmware grows by | RAM |\n|---|---|---|---|\n");
    for configuration in super::configuration::NAMES {
        if let Some(cost) = figures.configurations.get(configuration) {
            table += &format!("| {configuration} | {} | {} | {} |\n", grouped(cost.rom), grouped(cost.net), cost.ram);
        }
    }
    table
}

/// The same by the folders of `kernel-glue/src`. What is in none of them is the loader.
fn by_folder(figures: &Figures) -> Result<String, Box<dyn Error>> {
    let folders = folders()?;
    let mut sizes: BTreeMap<&str, [i64; super::configuration::NAMES.len()]> = BTreeMap::new();
    for (column, configuration) in super::configuration::NAMES.iter().enumerate() {
        for (file, bytes) in figures.files.get(*configuration).into_iter().flatten() {
            let folder = folders.get(file).map_or("loader", String::as_str);
            sizes.entry(folder).or_default()[column] += bytes;
        }
    }
    let mut table = format!("| ROM in bytes | {} |\n|---|---|---|---|\n", super::configuration::NAMES.join(" | "));
    for (folder, bytes) in sizes {
        table += &format!("| `{folder}` | {} |\n", bytes.map(grouped).join(" | "));
    }
    Ok(table)
}

/// The folder of each file in `kernel-glue/src`.
fn folders() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let name = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut folders = BTreeMap::new();
    for folder in fs::read_dir(workspace::root().join("kernel-glue/src"))? {
        let folder = folder?;
        for file in fs::read_dir(folder.path())? {
            folders.insert(name(&file?), name(&folder));
        }
    }
    Ok(folders)
}

/// With a comma before the last three digits.
fn grouped(number: i64) -> String {
    if number.abs() < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number.abs() % 1000) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_and_kconfig_have_the_committed_figures() -> Result<(), Box<dyn Error>> {
        for (path, told) in files(&Figures::committed()?)? {
            assert_eq!(fs::read_to_string(&path)?, told, "{}: run `cargo xtask size --accept`", path.display());
        }
        Ok(())
    }

    #[test]
    fn the_size_of_an_option_is_written_once() {
        let entry = "config RTT_MOD_USING_X\n    bool \"X\"";
        let with_size = format!("{entry}\n    help\n{COSTS}5 bytes of ROM on a Cortex-M3.");
        assert_eq!(with_cost(entry, Cost { rom: 5, ram: 0 }), with_size);
        assert_eq!(with_cost(&with_size, Cost { rom: 5, ram: 0 }), with_size);
    }
}
