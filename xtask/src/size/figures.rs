//! The committed sizes, `kernel-glue/size.toml`. Measured sizes are compared with them, and the manual and `Kconfig` repeat
//! them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use firmware::Compilers;
use serde::{Deserialize, Serialize};
use setup::workspace;

use super::cost::Cost;

/// A configuration may grow up to the next multiple of this many bytes.
const STEP: i64 = 256;

const HEADING: &str = "\
# What kernel-glue costs on a Cortex-M3, in bytes, compiled with -Os. `cargo xtask size` measures it and, where the compilers
# are these, fails when a configuration has grown past the next multiple of 256 bytes; with `--accept` it writes this file.
";

/// What `cargo xtask size` measures.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The compilers. Sizes of different compilers can't be compared.
    pub compilers: Compilers,
    /// By the configuration's name.
    pub configurations: BTreeMap<String, Whole>,
    /// The size of each option when all others are on, by its name without its prefix.
    pub options: BTreeMap<String, Cost>,
    /// The ROM of each file, by the name of the configuration and of the file.
    pub files: BTreeMap<String, BTreeMap<String, i64>>,
}

/// The size of a configuration in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Whole {
    /// What the firmware contains of kernel-glue.
    pub rom: i64,
    pub ram: i64,
    /// By how much the firmware's ROM is larger than with the kernel's own loader alone.
    pub net: i64,
}

impl Figures {
    pub fn committed() -> Result<Self, Box<dyn Error>> {
        Ok(toml::from_str(&fs::read_to_string(path())?)?)
    }

    pub fn commit(&self) -> Result<(), Box<dyn Error>> {
        Ok(fs::write(path(), HEADING.to_owned() + "\n" + &toml::to_string(self)?)?)
    }

    /// What has grown past the committed sizes: a line for each configuration, and one for each of its files that has grown.
    pub fn growth(&self, committed: &Self) -> Vec<String> {
        let mut growth = Vec::new();
        for (name, now) in &self.configurations {
            let then = committed.configurations.get(name).copied().unwrap_or_default();
            for (memory, now, then) in [("ROM", now.rom, then.rom), ("RAM", now.ram, then.ram)] {
                let limit = limit(then);
                if now > limit {
                    growth.push(format!("{name}: {now} bytes of {memory}, {} more than {limit}", now - limit));
                }
            }
            if now.rom > limit(then.rom) {
                growth.extend(self.grown_files(committed, name));
            }
        }
        growth
    }

    fn grown_files(&self, committed: &Self, configuration: &str) -> Vec<String> {
        let files_of = |figures: &Self| figures.files.get(configuration).cloned().unwrap_or_default();
        let (now, then) = (files_of(self), files_of(committed));
        let grown =
            now.iter().map(|(file, rom)| (file, rom - then.get(file).unwrap_or(&0))).filter(|(_, more)| *more > 0);
        grown.map(|(file, more)| format!("  {file}: {more} more")).collect()
    }
}

/// The limit for something that had `bytes` bytes.
fn limit(bytes: i64) -> i64 {
    (bytes + STEP - 1) / STEP * STEP
}

fn path() -> PathBuf {
    workspace::root().join("kernel-glue/size.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(rom: i64, file: i64) -> Figures {
        let files = BTreeMap::from([("end.c".to_owned(), file), ("run.c".to_owned(), 10)]);
        Figures {
            compilers: Compilers::default(),
            configurations: BTreeMap::from([("core".to_owned(), Whole { rom, ram: 4, net: 0 })]),
            options: BTreeMap::new(),
            files: BTreeMap::from([("core".to_owned(), files)]),
        }
    }

    #[test]
    fn growth_past_a_step_is_reported_with_its_files() {
        assert_eq!(figures(512, 60).growth(&figures(300, 50)), Vec::<String>::new());
        let report = ["core: 520 bytes of ROM, 8 more than 512", "  end.c: 10 more"];
        assert_eq!(figures(520, 60).growth(&figures(300, 50)), report);
    }
}
