//! What a firmware is built from: the lists in `sources.toml`, `board.toml` and `family.toml`, and the C files of
//! kernel-glue.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use setup::workspace;

use super::variant::{Glue, UsedOptions};
use crate::board::Board;
use crate::configuration::Configuration;

/// The objects of kernel-glue are in a folder of this name.
const GLUE: &str = "kernel-glue";

/// The input of the compiler and the linker.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// In the order in which they are linked.
    pub sources: Vec<Source>,
    /// GCC for the board's processor. It links too.
    pub compiler: &'static str,
    /// The compiler flags for the processor.
    pub cpu: Vec<String>,
    /// More linker flags.
    pub link: Vec<String>,
    /// This repository's header folders.
    pub include: Vec<PathBuf>,
    /// RT-Thread's header folders.
    pub rt_thread_include: Vec<PathBuf>,
    /// The linker scripts, in the order in which the linker reads them.
    pub linker_scripts: Vec<PathBuf>,
}

/// A file to compile.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path.
    pub path: PathBuf,
    /// The path of its object below the folder of objects, without `.o`.
    pub name: PathBuf,
    /// Whose code it is.
    pub owner: Owner,
    /// Compiler flags for this file alone.
    pub flags: Vec<String>,
}

/// Whose code a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Compiled as it is.
    RtThread,
    /// Compiled with warnings.
    Project,
}

/// Why a list could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// could not read `{0}`: {1}
    #[error("could not read `{0}`: {1}")]
    Read(PathBuf, #[source] io::Error),
    /// could not parse `{0}`: {1}
    #[error("could not parse `{0}`: {1}")]
    Toml(PathBuf, #[source] Box<toml::de::Error>),
}

/// `sources.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Shared {
    rt_thread: Vec<PathBuf>,
    rt_thread_include: Vec<PathBuf>,
    sources: Vec<PathBuf>,
    include: Vec<PathBuf>,
}

/// `board.toml`, or `family.toml`, which has the same keys.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
struct OfBoard {
    /// The folder with the `family.toml`.
    family: Option<PathBuf>,
    cpu: Vec<String>,
    link: Vec<String>,
    linker_scripts: Vec<PathBuf>,
    rt_thread: Vec<PathBuf>,
    rt_thread_include: Vec<PathBuf>,
    sources: Vec<PathBuf>,
    include: Vec<PathBuf>,
    /// Files and folders to leave out of all these.
    without: Vec<PathBuf>,
}

impl OfBoard {
    /// The lists of the board in `boards`/`name` with those of its family, of the family's family and so on.
    fn read(boards: &Path, name: &str) -> Result<Self, Error> {
        let mut board: Self = read(&boards.join(name).join("board.toml"))?;
        while let Some(family) = board.family.take() {
            let family: Self = read(&boards.join(family).join("family.toml"))?;
            board.family = family.family;
            board.cpu.extend(family.cpu);
            board.link.extend(family.link);
            board.linker_scripts.extend(family.linker_scripts);
            board.rt_thread.extend(family.rt_thread);
            board.rt_thread_include.extend(family.rt_thread_include);
            board.sources.extend(family.sources);
            board.include.extend(family.include);
            board.without.extend(family.without);
        }
        Ok(board)
    }
}

impl Manifest {
    /// The firmware of `board`, with the RT-Thread whose root is `rt_thread`.
    pub fn of(board: &Board, rt_thread: &Path) -> Result<Self, Error> {
        let firmware = workspace::root().join("tests/firmware");
        let glue = workspace::root().join("kernel-glue");
        let shared: Shared = read(&firmware.join("sources.toml"))?;
        let own = OfBoard::read(&firmware.join("boards"), board.name)?;

        let has = |file: &&PathBuf| !own.without.iter().any(|without| file.starts_with(without));
        let kernel = shared.rt_thread.iter().chain(&own.rt_thread).filter(has);
        let ours = shared.sources.iter().chain(&own.sources).filter(has);
        let mut sources: Vec<Source> = Vec::new();
        sources.extend(kernel.map(|file| Source::new(rt_thread, "rt-thread", file, Owner::RtThread)));
        sources.extend(ours.map(|file| Source::new(&firmware, "firmware", file, Owner::Project)));
        let glue_files = c_files(&glue)?;
        sources.extend(glue_files.iter().map(|file| Source::new(&glue, GLUE, file, Owner::Project)));

        let mut include: Vec<_> = own.include.iter().chain(&shared.include).map(|path| firmware.join(path)).collect();
        include.push(glue.join("include"));
        let rt_thread_include = shared.rt_thread_include.iter().chain(&own.rt_thread_include);
        Ok(Self {
            sources,
            compiler: board.core.compiler(),
            cpu: own.cpu,
            link: own.link,
            include,
            rt_thread_include: rt_thread_include.map(|path| rt_thread.join(path)).collect(),
            linker_scripts: own.linker_scripts.iter().map(|path| firmware.join(path)).collect(),
        })
    }
}

impl Manifest {
    /// Makes it that of `configuration`, with the RT-Thread whose root is `rt_thread`.
    pub fn configure(&mut self, configuration: Configuration, rt_thread: &Path) {
        let files = configuration.files();
        self.sources.extend(files.map(|file| Source::new(rt_thread, "rt-thread", file, Owner::RtThread)));
        for source in &mut self.sources {
            source.flags.push(format!("-D{}=", configuration.define));
        }
    }

    /// Leaves out the files and options of kernel-glue that `glue` leaves out.
    pub fn choose(&mut self, glue: &Glue, used: &mut UsedOptions) -> Result<(), Error> {
        let Some(off) = glue.off() else {
            self.sources.retain(|source| !source.is_of_glue());
            return Ok(());
        };
        for source in self.sources.iter_mut().filter(|source| source.is_of_glue()) {
            *source = used.variant(source, off).map_err(|error| Error::Read(source.path.clone(), error))?;
        }
        Ok(())
    }
}

impl Source {
    fn new(root: &Path, part: &str, file: &Path, owner: Owner) -> Self {
        Self { path: root.join(file), name: Path::new(part).join(file), owner, flags: Vec::new() }
    }

    /// Whether it is a file of kernel-glue.
    pub fn is_of_glue(&self) -> bool {
        self.name.starts_with(GLUE)
    }

    /// Whether it is a C file that we have to do something about.
    pub fn is_our_c(&self) -> bool {
        self.owner == Owner::Project && self.path.extension().is_some_and(|extension| extension == "c")
    }

    /// A file of this repository that is in some firmware only.
    pub fn added(file: &Path) -> Self {
        let name = Path::new("added").join(file.file_name().unwrap_or_default());
        Self { path: file.to_owned(), name, owner: Owner::Project, flags: Vec::new() }
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = fs::read_to_string(path).map_err(|error| Error::Read(path.to_owned(), error))?;
    toml::from_str(&text).map_err(|error| Error::Toml(path.to_owned(), Box::new(error)))
}

/// The C files of kernel-glue, whose folder is `root`: `src/ROOM/NAME.c`, sorted.
fn c_files(root: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for room in entries(&root.join("src"))? {
        for file in entries(&room)? {
            if file.extension().is_some_and(|extension| extension == "c") {
                files.extend(file.strip_prefix(root).map(Path::to_owned));
            }
        }
    }
    files.sort();
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let unreadable = |error| Error::Read(folder.to_owned(), error);
    fs::read_dir(folder).map_err(unreadable)?.map(|entry| Ok(entry.map_err(unreadable)?.path())).collect()
}
