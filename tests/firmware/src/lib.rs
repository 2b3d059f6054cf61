//! Builds the firmware of `tests/firmware` with GCC: RT-Thread and kernel-glue. Also builds what runs on it: modules and cards.
//!
//! RT-Thread is 4.0.3, or the one that the variable `RTT_PATH` names: SCons builds that one.
//!
//! `sources.toml` and the board's `board.toml` list the files. Only what is out of date is compiled, so that a build with
//! nothing to do takes no longer than asking cargo for the path of RT-Thread.

mod board;
mod bsp;
mod card;
mod cmake;
mod compiled;
mod configuration;
mod loader;
mod manifest;
mod modules;
mod rt_thread;
mod scons;
mod step;
mod toolchain;
mod tree;
mod variant;

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use board::{BOARDS, Board, CardSlot, Core, MICROBIT, Suite, WITHOUT_MODULES};
pub use bsp::{Bsp, Error as BspError};
pub use card::{Card, Error as CardError};
pub use compiled::{compile_glue, complaints};
pub use configuration::{Configuration, Error as ConfigurationError};
use manifest::{Manifest, Owner, Source};
pub use modules::{Error as ModulesError, Mkmod, at_the_users_shell};
use setup::workspace;
use step::Step;
pub use tree::{Tree, Version};
pub use variant::Glue;
use variant::UsedOptions;

/// A firmware that was built.
#[derive(Debug)]
pub struct Firmware {
    /// The ELF file, with debug information: `target/firmware/BOARD/rtthread.elf`.
    pub elf: PathBuf,
    /// The linker's map.
    pub map: PathBuf,
    /// The compiler flags for the processor.
    pub cpu: Vec<String>,
    /// The version of its RT-Thread.
    pub version: Version,
}

impl Firmware {
    fn at(elf: PathBuf, manifest: &Manifest, version: Version) -> Self {
        Self { map: elf.with_extension("map"), elf, cpu: manifest.cpu.clone(), version }
    }
}

/// Why a firmware could not be built.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// RT-Thread's sources could not be found
    #[error(transparent)]
    RtThread(#[from] rt_thread::Error),
    /// the list of sources is wrong
    #[error(transparent)]
    Manifest(#[from] manifest::Error),
    /// the sources that RTT_PATH names can't be used
    #[error(transparent)]
    Tree(#[from] tree::Error),
    /// there is no such configuration
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// SCons could not build the firmware
    #[error(transparent)]
    Scons(#[from] scons::Error),
    /// a file could not be compiled or linked
    #[error(transparent)]
    Step(#[from] step::Error),
    /// the loader could not be compiled
    #[error(transparent)]
    Loader(#[from] loader::Error),
    /// the compiler could not read the configuration
    #[error(transparent)]
    Preprocessor(#[from] setup::process::Error),
    /// could not look for `__wrap_` functions in `{0}`: {1}
    #[error("could not look for `__wrap_` functions in `{0}`: {1}")]
    Wraps(PathBuf, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// kernel-glue has no file `{0}`
    #[error("kernel-glue has no file `{0}`")]
    NoSuchFile(String),
    /// could not use the folder `{0}`: {1}
    #[error("could not use the folder `{0}`: {1}")]
    Folder(PathBuf, #[source] io::Error),
}

/// Builds the firmware of `board`.
///
/// # Errors
/// When RT-Thread can't be downloaded, when the compiler is missing, or when it refuses a file. Its messages are printed.
pub fn build(board: &Board) -> Result<Firmware, Error> {
    build_with(board, "rtthread.elf", &[])
}

/// Builds the firmware of `board` with more C files and objects in it. The ELF file is called `name`, beside the ordinary one.
///
/// # Errors
/// As [`build`].
pub fn build_with(board: &Board, name: &str, added: &[PathBuf]) -> Result<Firmware, Error> {
    match Tree::named()? {
        Some(tree) => scons_build(board, &tree.with_port(board)?, name, added),
        None if !board.is_of_crate() => {
            Err(tree::Error::NoPort(Version::OF_CRATE, rt_thread::root()?, board.name).into())
        }
        None => own_build(board, name, added),
    }
}

/// Builds the kernel of `board` without kernel-glue, with its own loader, and with these C files more. The ELF file is called
/// `name`.
///
/// # Errors
/// As [`build`].
pub fn build_alone_with(board: &Board, name: &str, added: &[PathBuf]) -> Result<Firmware, Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    let mut manifest = Manifest::of(board, &rt_thread::root()?)?;
    manifest.choose(&Glue::None, &mut UsedOptions::default())?;
    manifest.sources.extend(added.iter().map(|file| Source::added(file)));
    let compile = compile(&manifest, &folder);
    step::run(&compile, &format!("the firmware of {} without kernel-glue", board.name))?;
    let firmware = Firmware::at(folder.join(name), &manifest, Version::OF_CRATE);
    let link = link(&manifest, compile, Vec::new(), &firmware)?;
    step::run(&[link], name)?;
    Ok(firmware)
}

/// Has SCons build `tree`, in a folder of its version.
fn scons_build(board: &Board, tree: &Tree, name: &str, added: &[PathBuf]) -> Result<Firmware, Error> {
    let configuration = Configuration::named(tree.version)?;
    let folder =
        folder_of(&workspace::target_dir().join("firmware").join(tree.version.to_string()), configuration, board);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    let elf = scons::build(board, tree, configuration, &folder.join("bsp"), name, added)?;
    let manifest = Manifest::of(board, &tree.root)?;
    Ok(Firmware::at(elf, &manifest, tree.version))
}

/// The folder of `board` among those in `root`. Firmware of a configuration is in a folder of its name.
fn folder_of(root: &Path, configuration: Option<Configuration>, board: &Board) -> PathBuf {
    root.join(configuration.map_or("", |configuration| configuration.name)).join(board.name)
}

fn own_build(board: &Board, name: &str, added: &[PathBuf]) -> Result<Firmware, Error> {
    let configuration = Configuration::named(Version::OF_CRATE)?;
    let folder = folder_of(&workspace::target_dir().join("firmware"), configuration, board);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;

    let mut manifest = Manifest::of(board, &rt_thread::root()?)?;
    let is_object = |file: &&PathBuf| file.extension().is_some_and(|extension| extension == "o");
    let (mut objects, sources): (Vec<_>, Vec<_>) = added.iter().cloned().partition(|file| is_object(&file));
    manifest.sources.extend(sources.iter().map(|file| Source::added(file)));
    if let Some(configuration) = configuration {
        manifest.configure(configuration, &rt_thread::root()?);
    }
    let compile = compile(&manifest, &folder);
    step::run(&compile, &format!("the firmware of {}", board.name))?;
    let firmware = Firmware::at(folder.join(name), &manifest, Version::OF_CRATE);
    objects.push(loader::build(board.target)?);
    let link = link(&manifest, compile, objects, &firmware)?;
    step::run(&[link], name)?;
    Ok(firmware)
}

/// Compiles our C files in the firmware of `board` with GCC's static analysis, as far as they have changed since the last
/// time. A warning is an error.
///
/// # Errors
/// When RT-Thread can't be downloaded, when the compiler is missing, or when it warns. What it said is printed.
pub fn analyze(board: &Board) -> Result<(), Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let _lock = lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    let ours = manifest.sources.iter().filter(|source| source.is_our_c());
    let steps: Vec<Step> = ours.map(|source| toolchain::analyze(&manifest, source, &folder)).collect();
    Ok(step::run(&steps, &format!("the static analysis for {}", board.name))?)
}

/// The versions of the compilers that build a firmware.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compilers {
    /// GCC.
    pub c: String,
    /// The Rust that compiles the loader.
    pub rust: String,
}

impl Compilers {
    /// The compilers for `board`.
    ///
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

/// Builds a firmware of `board` for each of `glues`, with that much of kernel-glue in it.
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
        firmware.push(Firmware::at(folder.join(glue.file_name()), &manifest, Version::OF_CRATE));
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

/// Links the objects that `compiled` makes, and `others`.
fn link(manifest: &Manifest, compiled: Vec<Step>, others: Vec<PathBuf>, firmware: &Firmware) -> Result<Step, Error> {
    let ours = manifest.sources.iter().zip(&compiled).filter(|(source, _)| source.owner == Owner::Project);
    let wraps = wraps(ours.map(|(_, step)| step))?;
    let mut objects: Vec<PathBuf> = compiled.into_iter().map(|step| step.output).collect();
    objects.extend(others);
    Ok(toolchain::link(manifest, &objects, &wraps, &firmware.elf))
}

/// The functions that the objects of `compiled` replace by one called `__wrap_NAME`.
fn wraps<'a>(compiled: impl Iterator<Item = &'a Step>) -> Result<Vec<String>, Error> {
    let mut wraps = Vec::new();
    for object in compiled.map(|step| &step.output) {
        wraps.extend(toolchain::wraps(object).map_err(|error| Error::Wraps(object.clone(), error))?);
    }
    Ok(wraps)
}

/// Writes a CMake project of the firmware of `board` into `folder`. It makes `rtthread.elf`.
///
/// # Errors
/// When RT-Thread can't be downloaded, or `folder` can't be written.
pub fn write_cmake_project(board: &Board, folder: &Path) -> Result<(), Error> {
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    cmake::write(&manifest, folder).map_err(|error| Error::Folder(folder.to_owned(), error))
}

/// The kernel's functions that kernel-glue replaces in the firmware of `board`.
///
/// # Errors
/// When the firmware is not built yet.
pub fn glue_wraps(board: &Board) -> Result<Vec<String>, Error> {
    let folder = workspace::target_dir().join("firmware").join(board.name);
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    let steps = compile(&manifest, &folder);
    let of_glue = manifest.sources.iter().zip(&steps).filter(|(source, _)| source.name.starts_with("kernel-glue"));
    wraps(of_glue.map(|(_, step)| step))
}

/// The configuration of `board`: the macros of its `rtconfig.h`, as `NAME=VALUE`.
///
/// # Errors
/// When the compiler can't preprocess it.
pub fn configuration(board: &Board) -> Result<Vec<String>, Error> {
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    Ok(toolchain::macros(&manifest, "rtconfig.h")?)
}

/// RT-Thread's root folder.
///
/// # Errors
/// When RT-Thread can't be downloaded, or when `RTT_PATH` names no RT-Thread.
pub fn rt_thread_root() -> Result<PathBuf, Error> {
    Ok(match Tree::named()? {
        Some(tree) => tree.root,
        None => rt_thread::root()?,
    })
}

/// The version of the RT-Thread that firmware is built with.
///
/// # Errors
/// When `RTT_PATH` names no RT-Thread.
pub fn version() -> Result<Version, Error> {
    Ok(Tree::named()?.map_or(Version::OF_CRATE, |tree| tree.version))
}

/// Locks a firmware's folder: another build waits until the file is dropped.
fn lock(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::create(folder.join(".lock"))?;
    file.lock()?;
    Ok(file)
}
