//! `cargo xtask size`: the size of kernel-glue in a firmware, in total, by option and by file.
//!
//! The size of an option is the difference between two firmwares, so that it includes the parts of the kernel that only this
//! option uses. The size of a file is read from the linker's map.

mod configuration;
mod cost;
mod figures;
mod kconfig;
mod map;
mod publish;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;

use configuration::Configuration;
use cost::Cost;
use figures::{Figures, Whole};
use firmware::Board;
use firmware::{Compilers, Firmware};
use kconfig::Switch;
use setup::workspace;

/// What to do with the measured sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Compare them with the committed ones, which they must not exceed.
    Compare,
    /// Commit them.
    Accept,
}

/// The result of a comparison that found no growth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    Holds,
    /// The sizes can't be compared, for this reason.
    OtherCompilers(String),
}

/// Measures, prints, and compares or accepts.
pub fn size(action: Action) -> Result<(), Box<dyn Error>> {
    let switches = switches()?;
    let figures = measure(&switches)?;
    print_configurations(&figures);
    print_options(&figures, &switches);
    print_files(&figures);
    match action {
        Action::Compare => {
            if let Comparison::OtherCompilers(reason) = compare(&figures)? {
                println!("\n{reason}");
            }
            Ok(())
        }
        Action::Accept => figures.commit().and_then(|()| publish::publish(&figures)),
    }
}

/// Measures and compares.
pub fn hold() -> Result<Comparison, Box<dyn Error>> {
    compare(&measure(&switches()?)?)
}

fn compare(figures: &Figures) -> Result<Comparison, Box<dyn Error>> {
    let committed = Figures::committed()?;
    if figures.compilers != committed.compilers {
        let (here, there) = (&figures.compilers, &committed.compilers);
        return Ok(Comparison::OtherCompilers(format!(
            "not compared: the committed sizes are for {there}, and these for {here}"
        )));
    }
    let growth = figures.growth(&committed);
    if growth.is_empty() {
        return Ok(Comparison::Holds);
    }
    Err(format!("kernel-glue has grown; if it has to, run `cargo xtask size --accept`\n{}", growth.join("\n")).into())
}

fn switches() -> Result<Vec<Switch>, Box<dyn Error>> {
    Ok(kconfig::switches(&fs::read_to_string(workspace::root().join("kernel-glue/Kconfig"))?))
}

fn measure(switches: &[Switch]) -> Result<Figures, Box<dyn Error>> {
    let named = Configuration::named(switches);
    let pairs = switches.iter().map(|switch| (&switch.name, Configuration::pair(switches, &switch.name)));
    let pairs: Vec<_> = pairs.collect();
    let alone = Configuration::of_kernel_alone();
    let all = named.iter().map(|(_, it)| it).chain(pairs.iter().flat_map(|(_, pair)| pair)).chain([&alone]);
    let built = build(all.cloned().collect())?;

    let total = |configuration: &Configuration| Cost::of_firmware(&built[configuration].elf);
    let mut figures = Figures { compilers: Compilers::of(Board::by_name(alone.board)?)?, ..Figures::default() };
    for (name, configuration) in &named {
        let files = map::costs(&fs::read_to_string(&built[configuration].map)?);
        let mut glue = Cost::default();
        files.values().for_each(|cost| glue += *cost);
        let net = total(configuration)? - total(&alone)?;
        figures.configurations.insert((*name).into(), Whole { rom: glue.rom, ram: glue.ram, net: net.rom });
        let rom = files.into_iter().map(|(file, cost)| (file, cost.rom)).filter(|(_, rom)| *rom > 0);
        figures.files.insert((*name).into(), rom.collect());
    }
    for (name, [with, without]) in &pairs {
        figures.options.insert((*name).clone(), total(with)? - total(without)?);
    }
    Ok(figures)
}

fn build(wanted: BTreeSet<Configuration>) -> Result<BTreeMap<Configuration, Firmware>, Box<dyn Error>> {
    let boards: BTreeSet<_> = wanted.iter().map(|configuration| configuration.board).collect();
    let mut built = BTreeMap::new();
    for name in boards {
        let board = Board::by_name(name)?;
        setup::ensure(&board.build_needs())?;
        let here: Vec<_> = wanted.iter().filter(|configuration| configuration.board == name).cloned().collect();
        let glues: Vec<_> = here.iter().map(|configuration| configuration.glue.clone()).collect();
        built.extend(here.into_iter().zip(firmware::build_variants(board, &glues)?));
    }
    Ok(built)
}

fn print_configurations(figures: &Figures) {
    println!("{:<50} {:>6} {:>6} {:>5}", "kernel-glue on a Cortex-M3, in bytes", "ROM", "net", "RAM");
    for name in configuration::NAMES {
        let Whole { rom, ram, net } = figures.configurations[name];
        println!("{name:<50} {rom:>6} {net:>6} {ram:>5}");
    }
}

fn print_options(figures: &Figures, switches: &[Switch]) {
    println!("\n{:<66} {:>6} {:>5}", "each option, where all others are on", "ROM", "RAM");
    for Switch { name, prompt, .. } in switches {
        let Cost { rom, ram } = figures.options[name];
        println!("{name:<18} {prompt:<47.47} {rom:>6} {ram:>5}");
    }
}

/// Prints a column for each configuration, in the order of [`configuration::NAMES`].
fn print_files(figures: &Figures) {
    println!("\nROM of each file, in the same configurations as above");
    let mut files: Vec<_> =
        figures.files.values().flat_map(BTreeMap::keys).collect::<BTreeSet<_>>().into_iter().collect();
    let rom = |file: &String, name: &str| figures.files[name].get(file).copied().unwrap_or_default();
    files.sort_by_key(|file| std::cmp::Reverse(rom(file, configuration::NAMES[0])));
    for file in files {
        print!("{file:<20}");
        configuration::NAMES.iter().for_each(|name| print!(" {:>6}", rom(file, name)));
        println!();
    }
}
