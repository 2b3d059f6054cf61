//! The tools that a test or chore can need: how to find each of them, and which packages have it.

use std::path::Path;
use std::process::Command;
use std::{env, fmt, iter};

use super::{libclang, pip, rust, tool, windows};

/// The package that reads Kconfig.
const KCONFIGLIB: &str = "kconfiglib";

/// Something that must be on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// `arm-none-eabi-gcc` with newlib, for the firmware.
    ArmGcc,
    /// `qemu-system-arm`, to run it.
    ArmQemu,
    /// `riscv64-unknown-elf-gcc`, for the firmware of RISC-V, which has a C library of its own.
    RiscVGcc,
    /// `qemu-system-riscv32` and `qemu-system-riscv64`, to run it.
    RiscVQemu,
    /// libclang, for the tests of the bindings.
    LibClang,
    /// SCons, for the test of the package.
    Scons,
    /// The Python module kconfiglib, for the test of the package's Kconfig.
    Kconfiglib,
    /// CMake, for the test of the package in a build without SCons.
    CMake,
    /// `clang-format`, for the check of the C code's format.
    ClangFormat,
    /// `gdb-multiarch`, for the test of `mkmod gdb`.
    Gdb,
    /// Wine, to run mkmod for Windows.
    Wine,
    /// `x86_64-w64-mingw32-gcc`, to link it.
    Mingw,
    /// A way to compile for this bare-metal target: its `core`, or the library's sources.
    RustTarget(&'static str),
}

/// What has to be added to Debian's packages so that they work in another folder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unpacked {
    /// Packages whose files the program looks for relative to itself: the system's copies of them are not found.
    pub beside: &'static [&'static str],
    /// Symbolic links that the packages make when they are installed: their path, and what they point to.
    pub links: &'static [(&'static str, &'static str)],
}

impl Need {
    /// Whether it is there.
    pub(super) fn is_met(self) -> bool {
        match self {
            Self::ArmGcc => arm_gcc_has_newlib(),
            Self::ArmQemu => answers("qemu-system-arm"),
            Self::RiscVGcc => answers("riscv64-unknown-elf-gcc"),
            Self::RiscVQemu => answers("qemu-system-riscv64"),
            Self::LibClang => libclang::is_found(),
            Self::Scons => answers("scons"),
            Self::Kconfiglib => python_has(KCONFIGLIB),
            Self::CMake => answers("cmake"),
            Self::ClangFormat => answers("clang-format"),
            Self::Gdb => answers("gdb-multiarch"),
            Self::Wine => windows::wine().is_some(),
            Self::Mingw => answers("x86_64-w64-mingw32-gcc"),
            Self::RustTarget(target) => rust::compiles_for(target),
        }
    }

    /// Debian's packages of it.
    pub(super) fn packages(self) -> &'static [&'static str] {
        match self {
            Self::ArmGcc => &["gcc-arm-none-eabi", "libnewlib-arm-none-eabi"],
            Self::ArmQemu => &["qemu-system-arm"],
            Self::RiscVGcc => &["gcc-riscv64-unknown-elf"],
            Self::RiscVQemu => &["qemu-system-misc"],
            Self::LibClang => &["libclang-dev"],
            Self::Scons => &["scons"],
            Self::Kconfiglib => &["python3-kconfiglib"],
            Self::CMake => &["cmake"],
            Self::ClangFormat => &["clang-format"],
            Self::Gdb => &["gdb-multiarch"],
            Self::Wine => &["wine64"],
            Self::Mingw => &["gcc-mingw-w64-x86-64"],
            Self::RustTarget(_) => rust::PACKAGES,
        }
    }

    /// How its packages can be used without being installed. `None` if they can't.
    pub(super) fn unpacked(self) -> Option<Unpacked> {
        match self {
            Self::ArmGcc => Some(Unpacked {
                beside: &["binutils-arm-none-eabi", "libnewlib-dev"],
                links: &[
                    ("usr/lib/arm-none-eabi/lib", "newlib"),
                    ("usr/lib/arm-none-eabi/include", "../../include/newlib"),
                ],
            }),
            Self::RiscVGcc => Some(Unpacked { beside: &["binutils-riscv64-unknown-elf"], links: &[] }),
            Self::ArmQemu | Self::RiscVQemu => {
                Some(Unpacked { beside: &["qemu-system-common", "qemu-system-data"], links: &[] })
            }
            Self::LibClang | Self::ClangFormat => Some(Unpacked { beside: &[], links: &[] }),
            // Python does not look for packages there, and neither does the one in GDB.
            Self::Scons | Self::Kconfiglib | Self::CMake | Self::Gdb => None,
            // Wine has the paths of its libraries compiled in, and mingw is for the test that needs Wine.
            Self::Wine | Self::Mingw => None,
            // mkmod calls the cargo and the rustc on the PATH, and these would hide the user's.
            Self::RustTarget(_) => None,
        }
    }

    /// The name of its package on PyPI, if it has one.
    pub(super) fn pip_package(self) -> Option<&'static str> {
        match self {
            Self::Scons => Some("scons"),
            Self::CMake => Some("cmake"),
            _ => None,
        }
    }

    /// Installs it for this user without apt, if that is possible. Returns whether it is there then.
    pub(super) fn install_without_apt(self) -> bool {
        match self {
            Self::RustTarget(target) => rust::add_target(target) && self.is_met(),
            Self::ArmGcc
            | Self::ArmQemu
            | Self::RiscVGcc
            | Self::RiscVQemu
            | Self::LibClang
            | Self::Scons
            | Self::CMake
            | Self::ClangFormat
            | Self::Gdb
            | Self::Wine
            | Self::Mingw => false,
            // Debian's is only for Debian's Python, which may not be the one on the PATH.
            Self::Kconfiglib => pip::install_module(KCONFIGLIB).is_ok() && self.is_met(),
        }
    }

    /// What the user can do, for several systems.
    pub(super) fn mend(self) -> String {
        let packages = self.packages().join(" ");
        match self {
            Self::ArmGcc => format!(
                "install Arm's GCC for bare metal with newlib and put it on the PATH (Debian, Ubuntu: {packages}; Fedora: \
                 arm-none-eabi-gcc-cs arm-none-eabi-newlib; elsewhere: Arm GNU Toolchain)"
            ),
            Self::RiscVGcc => format!(
                "install a GCC for bare metal and put it on the PATH as riscv64-unknown-elf-gcc (Debian, Ubuntu: \
                 {packages}; elsewhere: riscv-gnu-toolchain)"
            ),
            Self::RiscVQemu => format!(
                "install QEMU for RISC-V and put it on the PATH (Debian, Ubuntu: {packages}; Fedora: qemu-system-riscv; \
                 macOS: brew install qemu)"
            ),
            Self::ArmQemu => format!(
                "install QEMU for Arm and put it on the PATH (Debian, Ubuntu: {packages}; Fedora: qemu-system-arm; macOS: \
                 brew install qemu)"
            ),
            Self::LibClang => {
                format!(
                    "install it (Debian, Ubuntu: {packages}; Fedora: clang-devel) or set LIBCLANG_PATH to its folder"
                )
            }
            Self::ClangFormat => format!(
                "install clang-format 14 or later (Debian, Ubuntu: {packages}; elsewhere: pip install clang-format)"
            ),
            Self::Gdb => format!("install a GDB for several processors (Debian, Ubuntu: {packages}; Fedora: gdb)"),
            Self::Wine => format!("install Wine for 64 bits (Debian, Ubuntu: {packages}; Fedora: wine-core)"),
            Self::Mingw => {
                format!(
                    "install mingw-w64 (Debian, Ubuntu: {packages}; Fedora: mingw64-gcc; macOS: brew install mingw-w64)"
                )
            }
            Self::Scons => format!("install SCons (Debian, Ubuntu, Fedora: {packages}; elsewhere: pip install scons)"),
            Self::Kconfiglib => {
                format!("install kconfiglib for Python (Debian, Ubuntu: {packages}; elsewhere: pip install kconfiglib)")
            }
            Self::CMake => format!("install CMake (Debian, Ubuntu, Fedora: {packages}; elsewhere: pip install cmake)"),
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
            Self::ArmQemu => f.write_str("`qemu-system-arm`"),
            Self::RiscVGcc => f.write_str("`riscv64-unknown-elf-gcc`"),
            Self::RiscVQemu => f.write_str("`qemu-system-riscv64`"),
            Self::LibClang => f.write_str("libclang"),
            Self::Scons => f.write_str("`scons`"),
            Self::Kconfiglib => f.write_str("kconfiglib for Python"),
            Self::CMake => f.write_str("`cmake`"),
            Self::ClangFormat => f.write_str("`clang-format`"),
            Self::Gdb => f.write_str("`gdb-multiarch`"),
            Self::Wine => f.write_str("Wine"),
            Self::Mingw => f.write_str("`x86_64-w64-mingw32-gcc`"),
            Self::RustTarget(target) => write!(f, "Rust for `{target}`"),
        }
    }
}

fn python_has(module: &str) -> bool {
    python().args(["-c", &format!("import {module}")]).output().is_ok_and(|output| output.status.success())
}

/// Python, which finds what was installed for it.
pub fn python() -> Command {
    let mut python = tool("python3");
    let inherited = env::var_os("PYTHONPATH");
    let folders = iter::once(pip::module(KCONFIGLIB)).chain(inherited.iter().flat_map(env::split_paths));
    if let Ok(folders) = env::join_paths(folders) {
        python.env("PYTHONPATH", folders);
    }
    python
}

/// Whether the program is there and starts.
pub(super) fn answers(program: &str) -> bool {
    tool(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// GCC prints the full path of a library that it has, and the bare name of one that it lacks.
fn arm_gcc_has_newlib() -> bool {
    let output = tool("arm-none-eabi-gcc").arg("-print-file-name=libc.a").output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_does_not_answer() {
        assert!(!answers("no-tool-has-this-name"));
    }
}
