//! Mutants on the real kernel: many on a card, loaded and unloaded by the command `load_all`.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use firmware::Board;
use firmware::Card;
use qemu::{Console, Machine};

use super::error::Error;
use super::mutant::Mutant;

/// Files on a card: so many are put there, and found there, in no time.
const BATCH: usize = 300;

/// One file stops the kernel if a card full of them takes longer.
const BATCH_LIMIT: Duration = Duration::from_secs(300);

/// As long as any other command may take.
const COMMAND_LIMIT: Duration = Duration::from_secs(180);

/// Who loads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// RT-Thread's own, without kernel-glue in front of it.
    Stock,
    /// kernel-glue.
    Glue,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Loaded,
    Refused,
    /// Loaded, but what the loader is to call next is no code of the image.
    Wild(String),
    /// Unloaded, or refused, with so many bytes fewer in the heap than before.
    Leaked(i64),
    /// The kernel stopped.
    Stopped(String),
}

/// The firmware that has the command `load_all`.
pub struct Firmware {
    pub board: &'static Board,
    pub elf: PathBuf,
}

impl Firmware {
    /// What becomes of each of `mutants`.
    pub fn load(&self, loader: Loader, mutants: &[&Mutant]) -> Result<Vec<Fate>, Error> {
        let mut fates = Vec::new();
        while fates.len() < mutants.len() {
            let left = &mutants[fates.len()..];
            fates.extend(self.load_batch(loader, &left[..left.len().min(BATCH)])?);
        }
        Ok(fates)
    }

    /// What becomes of the first of `mutants`: of all, or up to the one after which the kernel is of no more use.
    fn load_batch(&self, loader: Loader, mutants: &[&Mutant]) -> Result<Vec<Fate>, Error> {
        let folder = tempfile::tempdir()?;
        let card = folder.path().join("card.img");
        card_with(mutants).write_image(&card)?;
        let mut console = Console::start(&Machine::new(self.board, &self.elf, &card))?;
        console.wait_for_boot()?;
        let result = match loader {
            Loader::Stock => console.command("load_all /m", BATCH_LIMIT),
            Loader::Glue => console.command("load_all /m glue", BATCH_LIMIT),
        };
        let Told { mut files, unfinished } = told(&console.transcript());
        match (result, unfinished) {
            (Ok(_), None) if files.len() == mutants.len() => {
                console.command("free", COMMAND_LIMIT)?;
            }
            (Ok(_), _) => return Err(Error::Disorder(console.transcript())),
            (Err(stop), Some(file)) => files.push((file, Fate::Stopped(stop.to_string()))),
            (Err(stop), None) => return Err(stop.into()),
        }
        if !files.iter().zip(mutants).all(|((file, _), mutant)| *file == mutant.file_name()) {
            return Err(Error::Disorder(console.transcript()));
        }
        let mut fates: Vec<_> = files.into_iter().map(|(_, fate)| fate).collect();
        if loader == Loader::Stock {
            // It may have refused for an import, and then it refuses everything until the next boot.
            let refused = fates.iter().position(|fate| *fate == Fate::Refused);
            fates.truncate(refused.map_or(fates.len(), |first| first + 1));
        }
        Ok(fates)
    }
}

fn card_with(mutants: &[&Mutant]) -> Card {
    let mut card = Card::default();
    for mutant in mutants {
        card.put(&format!("m/{}", mutant.file_name()), mutant.bytes.clone());
    }
    card
}

/// What the console tells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Told {
    files: Vec<(String, Fate)>,
    /// The file that was being loaded at the end.
    unfinished: Option<String>,
}

/// Reads what `load_all` prints.
fn told(transcript: &str) -> Told {
    let mut told = Told::default();
    let mut fate = None;
    for line in transcript.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "load" => (told.unfinished, fate) = (Some(rest.into()), None),
            "wild" => fate = Some(Fate::Wild(rest.into())),
            "leaked" => fate = Some(Fate::Leaked(rest.parse().unwrap_or_default())),
            "loaded" | "refused" => {
                let end = if word == "loaded" { Fate::Loaded } else { Fate::Refused };
                told.files.extend(told.unfinished.take().map(|file| (file, fate.take().unwrap_or(end))));
            }
            _ => {}
        }
    }
    told
}

impl Fate {
    /// What is wrong with this fate of a mutant that `mkmod check` has passed.
    pub fn fault_of_passed(&self) -> Option<String> {
        match self {
            Self::Loaded => None,
            Self::Refused => Some("is refused".into()),
            Self::Wild(function) => Some(format!("`{function}` is loaded, but no code of the image")),
            Self::Leaked(..) | Self::Stopped(..) => self.fault_of_refused(),
        }
    }

    /// What is wrong with this fate of a mutant that `mkmod check` has refused.
    pub fn fault_of_refused(&self) -> Option<String> {
        match self {
            Self::Leaked(bytes) => Some(format!("leaves {bytes} bytes")),
            Self::Stopped(last_words) => Some(last_words.clone()),
            Self::Loaded | Self::Refused | Self::Wild(_) => None,
        }
    }
}

impl Loader {
    /// What `mkmod symbols` calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stock => "dlmodule",
            Self::Glue => "kernel-glue",
        }
    }
}

impl fmt::Display for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stock => "RT-Thread's own loader",
            Self::Glue => "kernel-glue",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_file_is_the_culprit() {
        let told =
            told("msh />load_all /m\nload a.mo\nloaded\nload b.mo\nModule: size error\nrefused\nload c.mo\npsr: 0x0\n");
        let files = vec![("a.mo".into(), Fate::Loaded), ("b.mo".into(), Fate::Refused)];
        assert_eq!(told, Told { files, unfinished: Some("c.mo".into()) });
    }

    #[test]
    fn a_leak_says_more_than_the_verdict() {
        let told = told("load a.mo\nleaked 24\nloaded\nload b.mo\nwild main\nloaded\n");
        let files = vec![("a.mo".into(), Fate::Leaked(24)), ("b.mo".into(), Fate::Wild("main".into()))];
        assert_eq!(told, Told { files, unfinished: None });
    }
}
