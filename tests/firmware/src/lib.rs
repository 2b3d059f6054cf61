//! Builds the firmware of `tests/firmware`: RT-Thread with kernel-glue, by GCC.
//!
//! What belongs to it stands in two files, `sources.toml` and the board's `board.toml`. Only what is out of date is
//! compiled again, so that a run with nothing to do costs no more than asking cargo where RT-Thread is.

mod board;
mod bsp;
mod card;
mod loader;
mod manifest;
mod modules;
mod rt_thread;
mod step;
mod toolchain;
mod variant;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use board::{BOARDS, Board, CardSlot, Core, Suite, WITHOUT_MODULES};
pub use bsp::Bsp;
pub use card::{Card, Error as CardError};
use manifest::{Manifest, Owner, Source};
pub use modules::{Error as ModulesError, Mkmod};
use setup::workspace;
use step::Step;
pub use variant::Glue;
use variant::UsedOptions;

/// A firmware that is built and up to date.
#[derive(Debug)]
pub struct Firmware {
    /// The ELF file, with debug information: `target/firmware/BOARD/rtthread.elf`.
    pub elf: PathBuf,
    /// The linker's map: what came from which file.
    pub map: PathBuf,
    /// The compiler's flags that choose the processor.
    pub cpu: Vec<String>,
}

impl Firmware {
    fn at(elf: PathBuf, manifest: &Manifest) -> Self {
        Self { map: elf.with_extension("map"), elf, cpu: manifest.cpu.clone() }
    }
}

/// Why there is no firmware.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// RT-Thread's sources could not be had
    #[error(transparent)]
    RtThread(#[from] rt_thread::Error),
    /// the list of sources is wrong
    #[error(transparent)]
    Manifest(#[from] manifest::Error),
    /// a file could not be compiled or linked
    #[error(transparent)]
    Step(#[from] step::Error),
    /// the loader could not be compiled
    #[error(transparent)]
    Loader(#[from] loader::Error),
    /// the compiler could not read the configuration
    #[error(transparent)]
    Configuration(#[from] setup::process::Error),
    /// could not look for `__wrap_` functions in `{0}`: {1}
    #[error("could not look for `__wrap_` functions in `{0}`: {1}")]
    Wraps(PathBuf, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// could not use the folder `{0}`: {1}
    #[error("could not use the folder `{0}`: {1}")]
    Folder(PathBuf, #[source] io::Error),
}

/// Builds the firmware of `board`, as far as it is not up to date.
///
/// # Errors
/// When RT-Thread can't be downloaded, or when the compiler is missing or refuses a file. What it said is printed.
pub fn build(board: &Board) -> Result<Firmware, Error> {
    build_with(board, "rtthread.elf", &[])
}

/// Builds the firmware of `board` with more C files and objects of ours in it, as `name` beside the ordinary one.
///
/// # Errors
/// As [`build`].
pub fn build_with(board: &Board, name: &str, added: &[PathBuf]) -> Result<Firmware, Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;

    let mut manifest = Manifest::of(board, &rt_thread::root()?)?;
    let is_object = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "o");
    let (mut objects, sources): (Vec<_>, Vec<_>) = added.iter().cloned().partition(|file| is_object(&file));
    manifest.sources.extend(sources.iter().map(|file| Source::added(file)));
    let compile = compile(&manifest, &folder);
    step::run(&compile, &format!("the firmware of {}", board.name))?;
    let firmware = Firmware::at(folder.join(name), &manifest);
    objects.push(loader::build(board.target)?);
    let link = link(&manifest, compile, objects, &firmware)?;
    step::run(&[link], name)?;
    Ok(firmware)
}

/// The compilers that a firmware is made by, in words with which they tell their versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compilers {
    /// GCC.
    pub c: String,
    /// The Rust that compiles the loader.
    pub rust: String,
}

impl Compilers {
    /// # Errors
    /// When one of them is missing.
    pub fn of(board: &Board) -> Result<Self, Error> {
        let version = setup::process::text(setup::tool(board.core.compiler()).arg("-dumpfullversion"))?;
        Ok(Self { c: format!("GCC {}", version.trim()), rust: loader::compiler(board.target)? })
    }
}

impl fmt::Display for Compilers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} and {}", self.c, self.rust)
    }
}

/// Builds the firmware of `board` once for each of `glues`, with so much of kernel-glue.
///
/// # Errors
/// As [`build`].
pub fn build_variants(board: &Board, glues: &[Glue]) -> Result<Vec<Firmware>, Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    let mut used = UsedOptions::default();
    let mut steps = BTreeMap::new();
    let mut firmware = Vec::new();
    let mut variants = Vec::new();
    let whole = Manifest::of(board, &rt_thread::root()?)?;
    for glue in glues {
        let mut manifest = whole.clone();
        manifest.choose(glue, &mut used)?;
        for step in compile(&manifest, &folder) {
            steps.entry(step.output.clone()).or_insert(step);
        }
        firmware.push(Firmware::at(folder.join(glue.file_name()), &manifest));
        variants.push(manifest);
    }
    step::run(&steps.into_values().collect::<Vec<_>>(), &format!("variants of the firmware of {}", board.name))?;
    let loader = loader::build(board.target)?;
    let links = variants.iter().zip(&firmware);
    let links =
        links.map(|(manifest, firmware)| link(manifest, compile(manifest, &folder), vec![loader.clone()], firmware));
    step::run(&links.collect::<Result<Vec<_>, _>>()?, "each of them")?;
    Ok(firmware)
}

fn compile(manifest: &Manifest, folder: &Path) -> Vec<Step> {
    manifest.sources.iter().map(|source| toolchain::compile(manifest, source, folder)).collect()
}

/// Links what `compiled` has made, and `others`.
fn link(manifest: &Manifest, compiled: Vec<Step>, others: Vec<PathBuf>, firmware: &Firmware) -> Result<Step, Error> {
    let ours = manifest.sources.iter().zip(&compiled).filter(|(source, _)| source.owner == Owner::Project);
    let wraps = wraps(ours.map(|(_, step)| step))?;
    let mut objects: Vec<PathBuf> = compiled.into_iter().map(|step| step.output).collect();
    objects.extend(others);
    Ok(toolchain::link(manifest, &objects, &wraps, &firmware.elf))
}

/// The functions that what `compiled` has made has others of, to be linked in their place.
fn wraps<'a>(compiled: impl Iterator<Item = &'a Step>) -> Result<Vec<String>, Error> {
    let mut wraps = Vec::new();
    for object in compiled.map(|step| &step.output) {
        wraps.extend(toolchain::wraps(object).map_err(|error| Error::Wraps(object.clone(), error))?);
    }
    Ok(wraps)
}

/// The functions of the kernel's in whose place those of kernel-glue are linked, in the firmware of `board` that is built.
///
/// # Errors
/// When it is not built.
pub fn glue_wraps(board: &Board) -> Result<Vec<String>, Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    let steps = compile(&manifest, &folder);
    let of_glue = manifest.sources.iter().zip(&steps).filter(|(source, _)| source.name.starts_with("kernel-glue"));
    wraps(of_glue.map(|(_, step)| step))
}

/// What the configuration of `board` defines: the macros of its `rtconfig.h`, as `NAME=VALUE`.
///
/// # Errors
/// When the compiler can't read it.
pub fn configuration(board: &Board) -> Result<Vec<String>, Error> {
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    Ok(toolchain::macros(&manifest, "rtconfig.h")?)
}

/// RT-Thread's root folder.
///
/// # Errors
/// When RT-Thread can't be downloaded.
pub fn rt_thread_root() -> Result<PathBuf, Error> {
    Ok(rt_thread::root()?)
}

/// Keeps a second build of the same firmware waiting until the result is dropped.
fn lock(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::create(folder.join(".lock"))?;
    file.lock()?;
    Ok(file)
}
