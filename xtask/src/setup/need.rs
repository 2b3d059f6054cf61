//! What a chore can need: how to tell that it is there, and where it comes from.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::rust;

/// Something that must be on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `arm-none-eabi-gcc` with newlib, for the firmware.
    ArmGcc,
    /// `qemu-system-arm`, to run it.
    Qemu,
    /// libclang, for the tests of the bindings.
    LibClang,
    /// A way to compile for this bare-metal target: its `core`, or the library's sources.
    RustTarget(&'static str),
}

impl Need {
    /// Whether it is there.
    pub(super) fn is_met(self) -> bool {
        match self {
            Self::ArmGcc => arm_gcc_has_newlib(),
            Self::Qemu => answers("qemu-system-arm"),
            Self::LibClang => libclang_is_found(),
            Self::RustTarget(target) => rust::compiles_for(target),
        }
    }

    /// Debian's packages of it.
    pub(super) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::ArmGcc => &["gcc-arm-none-eabi", "libnewlib-arm-none-eabi"],
            Self::Qemu => &["qemu-system-arm"],
            Self::LibClang => &["libclang-dev"],
            Self::RustTarget(_) => rust::PACKAGES,
        }
    }

    /// Installs it for this user alone, if there is such a way, and returns whether that has met the need.
    pub(super) fn install_without_apt(self) -> bool {
        match self {
            Self::RustTarget(target) => rust::add_target(target) && self.is_met(),
            Self::ArmGcc | Self::Qemu | Self::LibClang => false,
        }
    }

    /// What the user can do on whatever system this is.
    pub(super) fn mend(self) -> String {
        let packages = self.packages().join(" ");
        match self {
            Self::ArmGcc => format!(
                "install Arm's GCC for bare metal with newlib and put it on the PATH (Debian, Ubuntu: {packages}; Fedora: \
                 arm-none-eabi-gcc-cs arm-none-eabi-newlib; elsewhere: Arm GNU Toolchain)"
            ),
            Self::Qemu => format!(
                "install QEMU for Arm and put it on the PATH (Debian, Ubuntu: {packages}; Fedora: qemu-system-arm; macOS: \
                 brew install qemu)"
            ),
            Self::LibClang => {
                format!(
                    "install it (Debian, Ubuntu: {packages}; Fedora: clang-devel) or set LIBCLANG_PATH to its folder"
                )
            }
            Self::RustTarget(target) => {
                format!("try: rustup target add {target} (without rustup, Debian has the packages {packages})")
            }
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ArmGcc => f.write_str("`arm-none-eabi-gcc` with newlib"),
            Self::Qemu => f.write_str("`qemu-system-arm`"),
            Self::LibClang => f.write_str("libclang"),
            Self::RustTarget(target) => write!(f, "Rust for `{target}`"),
        }
    }
}

/// Whether the tool is on the PATH and starts.
pub(super) fn answers(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// GCC prints a library's full path where it has the library, and just its name where not.
fn arm_gcc_has_newlib() -> bool {
    let output = Command::new("arm-none-eabi-gcc").arg("-print-file-name=libc.a").output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_file())
}

/// Looks where the crate `clang-sys` does, as far as Linux distributions have the library there.
fn libclang_is_found() -> bool {
    if let Some(folder) = std::env::var_os("LIBCLANG_PATH") {
        return Path::new(&folder).exists();
    }
    let beside_llvm = folders_in(Path::new("/usr/lib")).into_iter().flat_map(|folder| [folder.join("lib"), folder]);
    beside_llvm.chain(["/usr/lib64", "/usr/local/lib"].map(PathBuf::from)).any(|folder| has_libclang(&folder))
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map_or_else(|_| Vec::new(), |entries| entries.flatten().map(|entry| entry.path()).collect())
}

fn has_libclang(folder: &Path) -> bool {
    folders_in(folder).iter().filter_map(|path| path.file_name()?.to_str()).any(is_libclang)
}

/// `libclang.so`, `libclang.so.14`, `libclang-14.so`, `libclang-14.so.1`, but not `libclang-cpp.so.14`.
fn is_libclang(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("libclang") else {
        return false;
    };
    let rest =
        rest.strip_prefix('-').map_or(rest, |version| version.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    rest.starts_with(".so")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libclang_is_told_from_its_cpp_interface() {
        for name in ["libclang.so", "libclang.so.14", "libclang-14.so", "libclang-14.so.1", "libclang-14.so.14.0.6"] {
            assert!(is_libclang(name), "{name}");
        }
        for name in ["libclang-cpp.so.14", "libclang.a", "libclangAST.a", "libclc.so"] {
            assert!(!is_libclang(name), "{name}");
        }
    }

    #[test]
    fn what_is_not_there_does_not_answer() {
        assert!(!answers("no-tool-has-this-name"));
    }
}
