//! Mutants on the real kernel: the command `load_all` loads and unloads all files of a card.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use firmware::Board;
use firmware::Card;
use qemu::{Console, Machine};

use super::error::Error;
use super::mutant::Mutant;

/// The number of files on a card. FAT is slow with more in one folder.
const BATCH: usize = 300;

/// If a card takes longer, one of its files has stopped the kernel.
const BATCH_LIMIT: Duration = Duration::from_secs(300);

/// Any other command hangs if it takes longer.
const COMMAND_LIMIT: Duration = Duration::from_secs(180);

/// A loader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loader {
    /// RT-Thread's own, dlmodule.
    Stock,
    /// kernel-glue.
    Glue,
}

/// What became of a mutant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    Loaded,
    Refused,
    /// It was loaded, but the function that is called next is not in its image.
    Wild(String),
    /// After it was unloaded or refused, so many bytes more of the heap were used than before.
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
    /// Loads each of `mutants`.
    pub fn load(&self, loader: Loader, mutants: &[&Mutant]) -> Result<Vec<Fate>, Error> {
        let mut fates = Vec::new();
        while fates.len() < mutants.len() {
            let left = &mutants[fates.len()..];
            fates.extend(self.load_batch(loader, &left[..left.len().min(BATCH)])?);
        }
        Ok(fates)
    }

    /// Loads `mutants`, up to one that stops the kernel or makes its loader refuse everything.
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
        let LoadLog { mut files, unfinished } = parse(&console.transcript());
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
            // After a refusal for an import, dlmodule refuses every file until the next boot.
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

/// What `load_all` has printed.
#[derive(Debug, Default, PartialEq, Eq)]
struct LoadLog {
    files: Vec<(String, Fate)>,
    /// The file that was being loaded when the output ended.
    unfinished: Option<String>,
}

/// Reads what `load_all` prints.
fn parse(transcript: &str) -> LoadLog {
    let mut log = LoadLog::default();
    let mut fate = None;
    for line in transcript.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "load" => (log.unfinished, fate) = (Some(rest.into()), None),
            "wild" => fate = Some(Fate::Wild(rest.into())),
            "leaked" => fate = Some(Fate::Leaked(rest.parse().unwrap_or_default())),
            "loaded" | "refused" => {
                let end = if word == "loaded" { Fate::Loaded } else { Fate::Refused };
                log.files.extend(log.unfinished.take().map(|file| (file, fate.take().unwrap_or(end))));
            }
            _ => {}
        }
    }
    log
}

impl Fate {
    /// Why this must not happen to a mutant that `mkmod check` has passed. `None` if it may.
    pub fn fault_of_passed(&self) -> Option<String> {
        match self {
            Self::Refused => Some("is refused".into()),
            other => other.fault_of_unfit(),
        }
    }

    /// Why this must not happen to a mutant that `mkmod check` has refused. `None` if it may.
    pub fn fault_of_refused(&self) -> Option<String> {
        match self {
            Self::Loaded => Some("is loaded".into()),
            other => other.fault_of_unfit(),
        }
    }

    /// Why this must not happen to any mutant. `None` if it may.
    pub fn fault_of_unfit(&self) -> Option<String> {
        match self {
            Self::Loaded | Self::Refused => None,
            Self::Wild(function) => Some(format!("`{function}` is loaded, but no code of the image")),
            Self::Leaked(bytes) => Some(format!("leaves {bytes} bytes")),
            Self::Stopped(last_words) => Some(last_words.clone()),
        }
    }
}

impl Loader {
    /// What `mkmod check` is told of a kernel with it.
    pub fn of_kernel(self) -> mkmod::symbols::Loader {
        match self {
            Self::Stock => mkmod::symbols::Loader::Dlmodule,
            Self::Glue => mkmod::symbols::Loader::Glue,
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
        let log = parse(
            "msh />load_all /m\nload a.mo\nloaded\nload b.mo\nModule: size error\nrefused\nload c.mo\npsr: 0x0\n",
        );
        let files = vec![("a.mo".into(), Fate::Loaded), ("b.mo".into(), Fate::Refused)];
        assert_eq!(log, LoadLog { files, unfinished: Some("c.mo".into()) });
    }

    #[test]
    fn a_leak_says_more_than_the_verdict() {
        let log = parse("load a.mo\nleaked 24\nloaded\nload b.mo\nwild main\nloaded\n");
        let files = vec![("a.mo".into(), Fate::Leaked(24)), ("b.mo".into(), Fate::Wild("main".into()))];
        assert_eq!(log, LoadLog { files, unfinished: None });
    }
}
