//! A BSP for the board an385 in RT-Thread's form: build scripts, the board's files of `tests/firmware`, and kernel-glue in
//! `packages`. It is put together in the target folder, as a user would do it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use setup::workspace;

use crate::modules::Mkmod;

/// The board's drivers. Everything else of the board is in its folder and in its family's.
const DRIVERS: &[&str] =
    &["cmsdk_uart", "fpgaio_pin", "pl022_spi", "ram_disk", "sbcon_i2c", "sim_adc", "sim_pwm", "uart"];

/// What the package menu defines. The rest of the configuration is the same as for the other firmware.
const PACKAGE: &str = "#define PKG_USING_RTT_MOD\n";

/// A BSP in a folder.
pub struct Bsp {
    folder: PathBuf,
}

impl Bsp {
    /// Puts it together. What SCons has built before stays there.
    ///
    /// # Errors
    /// When a file can't be copied.
    pub fn put_together() -> io::Result<Self> {
        let folder = workspace::target_dir().join("scons/bsp");
        let source = |path: &str| workspace::root().join(path);
        copy_folder(&source("tests/firmware/bsp"), &folder)?;
        // A file that was removed from the package must not be compiled.
        remove(&folder.join("packages/rtt-mod"))?;
        copy_folder(&source("kernel-glue"), &folder.join("packages/rtt-mod"))?;
        // Without it, cargo takes the crates for members of this repository's workspace.
        fs::write(workspace::target_dir().join("scons/Cargo.toml"), "[workspace]\n")?;

        let firmware = source("tests/firmware");
        for name in ["applications", "boards/mps2", "boards/an385"] {
            copy_folder(&firmware.join(name), &folder.join("board"))?;
        }
        for name in DRIVERS.iter().flat_map(|name| [format!("{name}.c"), format!("{name}.h")]) {
            let driver = firmware.join("drivers").join(&name);
            if driver.is_file() {
                fs::copy(driver, folder.join("board").join(name))?;
            }
        }
        fs::rename(folder.join("board/board_config.h"), folder.join("board_config.h"))?;
        let configuration = fs::read_to_string(firmware.join("rtconfig.h"))?;
        fs::write(folder.join("rtconfig.h"), configuration + PACKAGE)?;
        remove(&folder.join("applications"))?;
        fs::create_dir_all(folder.join("applications"))?;
        Ok(Self { folder })
    }

    /// The path of a file in the BSP's folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    /// A command that runs `scons` in the folder, with mkmod on the PATH.
    pub fn scons(&self, mkmod: &Mkmod, rt_thread: &Path) -> Command {
        let mut scons = mkmod.at_the_users_shell(Path::new(setup::tool("scons").get_program()));
        scons.current_dir(&self.folder).env("RTT_ROOT", rt_thread);
        scons
    }
}

/// Copies the files and folders in `from` into `to`, without what cargo and Python generate.
fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        if name == "target" || name == "__pycache__" {
            continue;
        }
        if path.is_dir() {
            copy_folder(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
