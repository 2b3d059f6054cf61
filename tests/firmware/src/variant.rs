//! Variants of a board's firmware, with some options of kernel-glue off.
//!
//! Variants share an object if the options that its file uses are the same, so that most variants only have to be linked.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::Source;

/// The prefix of kernel-glue's options.
const PREFIX: &str = "RTT_MOD_USING_";

/// The macro that says that the options are chosen one by one.
const CHOOSES: &str = "RTT_MOD_CHOOSES_GROUPS";

/// The header that uses every option.
const GROUPS: &str = "groups.h";

/// What a firmware has of kernel-glue.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Glue {
    /// Nothing: it is RT-Thread with its own loader.
    None,
    /// All but these options. The names have no prefix.
    Without(BTreeSet<String>),
}

impl Glue {
    /// The file name of the firmware.
    pub fn file_name(&self) -> String {
        match self {
            Self::None => "rtthread-alone.elf".into(),
            Self::Without(off) => format!("rtthread-{}.elf", joined(off)),
        }
    }

    /// The names of the options that are off; `None` if there is no glue.
    pub fn off(&self) -> Option<&BTreeSet<String>> {
        match self {
            Self::None => None,
            Self::Without(off) => Some(off),
        }
    }
}

/// A name for folders and files that does not become too long.
fn joined(off: &BTreeSet<String>) -> String {
    match off.len() {
        0 => "all".into(),
        1..=4 => "no-".to_owned() + &off.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>().join("-"),
        _ => format!("few-{:08x}", crc32fast::hash(off.iter().cloned().collect::<String>().as_bytes())),
    }
}

/// The options that each file of the glue uses, itself or in a header.
#[derive(Debug, Default)]
pub struct UsedOptions(HashMap<PathBuf, BTreeSet<String>>);

impl UsedOptions {
    /// `source` with the flags and the object name for a firmware in which the options `off` are off.
    pub fn variant(&mut self, source: &Source, off: &BTreeSet<String>) -> io::Result<Source> {
        let used = self.by(&source.path)?.clone();
        let (off, on): (BTreeSet<_>, BTreeSet<_>) = used.into_iter().partition(|name| off.contains(name));
        let file = source.path.file_name().unwrap_or_default();
        let on = on.iter().map(|name| format!("-D{PREFIX}{name}="));
        Ok(Source {
            path: source.path.clone(),
            name: Path::new("kernel-glue/variants").join(joined(&off)).join(file),
            owner: source.owner,
            flags: on.chain([format!("-D{CHOOSES}=")]).collect(),
        })
    }

    fn by(&mut self, path: &Path) -> io::Result<&BTreeSet<String>> {
        if !self.0.contains_key(path) {
            // The entry ends the recursion where headers include each other.
            self.0.insert(path.to_owned(), BTreeSet::new());
            let text = fs::read_to_string(path)?;
            let mut used: BTreeSet<String> = mentioned(&text).collect();
            for header in included(&text).filter(|header| !header.ends_with(GROUPS)) {
                let header = path.with_file_name(header);
                if header.exists() {
                    used.extend(self.by(&header)?.iter().cloned());
                }
            }
            self.0.insert(path.to_owned(), used);
        }
        Ok(&self.0[path])
    }
}

fn mentioned(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
    words.filter_map(|word| word.strip_prefix(PREFIX)).map(str::to_owned)
}

fn included(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("#include \"")?.strip_suffix('"'))
}
