//! Modules in ROM: the only file system is RT-Thread's romfs, in the firmware itself.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Fixture, Session};
use firmware::Card;
use qemu::Machine;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("modules_run_from_rom", run)];

/// Where RT-Thread has the file system: since 5.0, and before.
const ROMFS: &[&str] = &["components/dfs/dfs_v1/filesystems/romfs", "components/dfs/filesystems/romfs"];

/// Mounts the files as the root folder, before the card, which is then not mounted.
const MOUNT: &str = "
const struct romfs_dirent root_in_rom = {ROMFS_DIRENT_DIR, \"/\", (const rt_uint8_t *)files, sizeof files / sizeof files[0]};

static int mount_rom(void)
{
    dfs_romfs_init();
    return dfs_mount(RT_NULL, \"/\", \"rom\", 0, &root_in_rom);
}
INIT_COMPONENT_EXPORT(mount_rom);
";

fn run(fixture: &Fixture) -> TestResult {
    let mut session = boot(fixture)?;
    session.run("ls")?.prints("hello.mo")?.prints_no("files.mo")?;
    session.run("mod run hello first")?.prints("argument 1: first")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.start("hello a b", "argument 2: b\n")?;
    session.run("mod info hello")?.prints("hello")?;
    session.run("mod run panic")?.prints("panicked at panic/src/main.rs")?.prints("exit code 101")?;
    session.run("mod run absent")?.prints("absent")?;
    session.uses(before)?;
    Ok(())
}

fn boot(fixture: &Fixture) -> Result<Session, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (source, image) = (folder.path().join("rom.c"), folder.path().join("card.img"));
    fs::write(&source, rom_with(&[fixture.module("hello")?, fixture.module("panic")?])?)?;
    let elf = firmware::build_with(fixture.board, "rtthread-rom.elf", &[source])?.elf;
    Card::default().write_image(&image)?;
    Ok(Session::boot(&Machine::new(fixture.board, &elf, &image))?)
}

/// The file system with these files, as a C file.
fn rom_with(files: &[&PathBuf]) -> Result<String, Box<dyn Error>> {
    let root = firmware::rt_thread_root()?;
    let romfs = ROMFS.iter().map(|folder| root.join(folder)).find(|folder| folder.is_dir());
    let romfs = romfs.ok_or("this RT-Thread has no romfs")?;
    let mut text = format!("#include <dfs_fs.h>\n#include \"{}\"\n", romfs.join("dfs_romfs.c").display());
    let mut entries = String::new();
    for (index, file) in files.iter().enumerate() {
        writeln!(text, "static const rt_uint8_t file{index}[] = {{{}}};", bytes_of(file)?)?;
        let name = file.file_name().unwrap_or_default().display();
        writeln!(entries, "    {{ROMFS_DIRENT_FILE, \"{name}\", file{index}, sizeof file{index}}},")?;
    }
    Ok(text + "static const struct romfs_dirent files[] = {\n" + &entries + "};\n" + MOUNT)
}

fn bytes_of(file: &Path) -> Result<String, std::io::Error> {
    Ok(fs::read(file)?.iter().map(|byte| format!("{byte},")).collect())
}
