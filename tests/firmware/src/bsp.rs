//! A BSP in RT-Thread's form: build scripts, the files of a board in `tests/firmware`, and kernel-glue in `packages`. It is
//! put together in the target folder, as a user would do it, and built by SCons.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Serialize;
use setup::workspace;

use crate::board::Board;
use crate::configuration::Configuration;
use crate::manifest::{self, Manifest};
use crate::modules::Mkmod;
use crate::tree::Version;

/// The folders of `tests/firmware` with what boards are made of.
const PARTS: &[&str] = &["applications", "boards", "commands", "drivers"];

/// What RT-Thread's own C library lacks, which is in 4.0.3 only.
const OF_LIBRARY: &str = "libc";

/// What the package menu defines. The rest of the configuration is the same as for the firmware of 4.0.3.
const PACKAGE: &str = "#define PKG_USING_RTT_MOD\n";

/// Why a BSP could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// a file could not be copied
    #[error("could not put the BSP together in `{0}`: {1}")]
    Copy(PathBuf, #[source] io::Error),
    /// the list of the board's files is wrong
    #[error(transparent)]
    Manifest(#[from] manifest::Error),
}

/// A BSP in a folder.
pub struct Bsp {
    folder: PathBuf,
}

/// `board.json`: what the build scripts know of a board. Paths are relative to the BSP's folder `board`.
#[derive(Serialize)]
struct Lists<'a> {
    /// The name of the ELF file without its extension.
    name: &'a str,
    /// What the names of GCC's programs begin with.
    prefix: &'a str,
    /// The folder of RT-Thread's port below `libcpu`.
    port: &'static str,
    /// The files of `libcpu` that the board takes in place of the whole port.
    port_sources: Vec<PathBuf>,
    port_include: Vec<PathBuf>,
    cpu: Vec<String>,
    linker_scripts: Vec<PathBuf>,
    sources: Vec<PathBuf>,
    include: Vec<PathBuf>,
    /// Files that are in this firmware only.
    added: Vec<PathBuf>,
}

impl Bsp {
    /// Puts the BSP of `board` together in `folder`, for a kernel of this version in this configuration. What SCons has
    /// built before stays there.
    ///
    /// # Errors
    /// When a file can't be copied.
    pub fn put_together(
        folder: &Path,
        board: &Board,
        version: Version,
        configuration: Option<Configuration>,
    ) -> Result<Self, Error> {
        let bsp = Self { folder: folder.to_owned() };
        bsp.copy_files(version, configuration).map_err(|error| Error::Copy(folder.to_owned(), error))?;
        bsp.choose(board, "rtthread", &[])?;
        Ok(bsp)
    }

    /// Makes the ELF file `name`.elf of the BSP's next build, with `added` in it.
    ///
    /// # Errors
    /// When a file can't be copied.
    pub fn choose(&self, board: &Board, name: &str, added: &[PathBuf]) -> Result<(), Error> {
        let lists = lists(board, name, added)?;
        self.write_lists(&lists, added).map_err(|error| Error::Copy(self.folder.clone(), error))
    }

    /// The path of a file in the BSP's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A command that runs `scons` in the folder, with mkmod on the PATH.
    pub fn scons(&self, mkmod: &Mkmod, rt_thread: &Path) -> Command {
        let mut scons = mkmod.at_the_users_shell(Path::new(setup::tool("scons").get_program()));
        scons.current_dir(&self.folder).env("RTT_ROOT", rt_thread).env("PYTHONDONTWRITEBYTECODE", "1");
        // RT-Thread's tools keep the sources of a group in a set. This gives the set the same order each time.
        scons.env("PYTHONHASHSEED", "0");
        scons
    }

    fn copy_files(&self, version: Version, chosen: Option<Configuration>) -> io::Result<()> {
        let firmware = workspace::root().join("tests/firmware");
        copy_into(&firmware.join("bsp"), &self.folder)?;
        for part in PARTS {
            mirror(&firmware.join(part), &self.path("board").join(part))?;
        }
        mirror(&workspace::root().join("kernel-glue"), &self.path("packages/rtt-mod"))?;
        empty(&self.path("applications"))?;
        // Without it, cargo takes the crates for members of this repository's workspace.
        write(&self.path("Cargo.toml"), b"[workspace]\n")?;
        let configuration = fs::read_to_string(firmware.join("rtconfig.h"))?;
        let version = format!("#define RT_VER_NUM {:#x}\n", version.number()) + generation(version);
        let chosen = chosen.map(|chosen| format!("#define {}\n", chosen.define)).unwrap_or_default();
        write(&self.path("rtconfig.h"), (version + &chosen + &configuration + PACKAGE).as_bytes())
    }

    fn write_lists(&self, lists: &Lists<'_>, added: &[PathBuf]) -> io::Result<()> {
        let board = self.path("board");
        empty(&board.join("added"))?;
        for (file, name) in added.iter().zip(&lists.added) {
            let copy = board.join(name);
            fs::create_dir_all(copy.parent().unwrap_or(&board))?;
            fs::copy(file, copy)?;
        }
        // SCons reads rtconfig.h too, and finds what it includes beside it.
        let configuration = lists.include.iter().map(|folder| board.join(folder).join("board_config.h"));
        let configuration = configuration.into_iter().find(|file| file.is_file()).ok_or(io::ErrorKind::NotFound)?;
        write(&self.path("board_config.h"), flattened(&configuration)?.as_bytes())?;
        write(&self.path("board.json"), &serde_json::to_vec_pretty(lists)?)
    }
}

/// The lists of `board` with the files `added`.
fn lists<'a>(board: &Board, name: &'a str, added: &[PathBuf]) -> Result<Lists<'a>, Error> {
    let firmware = workspace::root().join("tests/firmware");
    let manifest = Manifest::of(board, Path::new(""))?;
    let own = |paths: &[PathBuf]| -> Vec<PathBuf> {
        let own = paths.iter().filter_map(|path| path.strip_prefix(&firmware).ok());
        own.filter(|path| !path.starts_with(OF_LIBRARY)).map(Path::to_owned).collect()
    };
    let sources: Vec<_> = manifest.sources.iter().map(|source| source.path.clone()).collect();
    let of_port = |paths: &[PathBuf]| -> Vec<PathBuf> {
        let is_taken = board.core.has_port_of_a_chip();
        paths
            .iter()
            .filter_map(|path| path.strip_prefix("libcpu").ok().filter(|_| is_taken).map(Path::to_owned))
            .collect()
    };
    Ok(Lists {
        name,
        prefix: board.core.compiler().trim_end_matches("gcc"),
        port: board.core.port(),
        port_sources: of_port(&sources),
        port_include: of_port(&manifest.rt_thread_include),
        linker_scripts: own(&manifest.linker_scripts),
        sources: own(&sources),
        include: own(&manifest.include),
        added: added.iter().filter_map(|file| place_of_added(file)).collect(),
        cpu: manifest.cpu,
    })
}

/// Where the BSP has a file that is added: C files apart from objects, since that of `hello.c` would be in the place of a
/// `hello.o` beside it.
fn place_of_added(file: &Path) -> Option<PathBuf> {
    Some(Path::new("added").join(file.extension()?).join(file.file_name()?))
}

/// The macro that tells `rtconfig.h` whether the options have the names of RT-Thread 5.
fn generation(version: Version) -> &'static str {
    if version >= Version::WITH_NEW_NAMES { "#define BOARD_WITH_RT_THREAD_5\n" } else { "" }
}

/// The header with the headers that it includes by a relative path in their places.
fn flattened(header: &Path) -> io::Result<String> {
    let mut text = String::new();
    for line in fs::read_to_string(header)?.lines() {
        match line.strip_prefix("#include \"").and_then(|rest| rest.strip_suffix('"')) {
            Some(other) => text.push_str(&flattened(&header.with_file_name(other))?),
            None => text.extend([line, "\n"]),
        }
    }
    Ok(text)
}

/// Makes `to` a copy of the folder `from`, without what cargo and Python generate.
fn mirror(from: &Path, to: &Path) -> io::Result<()> {
    copy_into(from, to)?;
    prune(from, to)
}

/// Copies what is in the folder `from` into `to`, and keeps what else is there.
fn copy_into(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if is_generated(&name) {
            continue;
        }
        if path.is_dir() {
            copy_into(&path, &to.join(name))?;
        } else {
            write(&to.join(name), &fs::read(&path)?)?;
        }
    }
    Ok(())
}

/// Removes from `to` what is not in `from`.
fn prune(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        let (source, copy) = (from.join(entry.file_name()), entry.path());
        match (source.exists(), copy.is_dir()) {
            (true, true) => prune(&source, &copy)?,
            (true, false) => {}
            (false, true) => fs::remove_dir_all(copy)?,
            (false, false) => fs::remove_file(copy)?,
        }
    }
    Ok(())
}

/// Makes `folder` an empty folder.
fn empty(folder: &Path) -> io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)
}

fn is_generated(name: &OsStr) -> bool {
    name == "target" || name == "__pycache__"
}

/// Writes a file, but leaves one with these bytes as it is, so that cargo finds it unchanged.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) { Ok(()) } else { fs::write(path, bytes) }
}
