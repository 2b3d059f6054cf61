//! Finds a rustc that can compile for the target, and its cargo.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::BuildError;

/// A rustc and a cargo that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolchain {
    /// The path of cargo.
    pub cargo: PathBuf,
    /// The path of rustc.
    pub rustc: PathBuf,
    /// The origin of `core`.
    pub core: Core,
    /// How it was found.
    pub origin: Origin,
}

/// The origin of `core` and `alloc`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Core {
    /// They are installed for the target, compiled.
    Precompiled,
    /// They are compiled with the application.
    Sources,
}

/// How a toolchain was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is the one that `cargo build` uses.
    Active,
    /// It is another one on the `PATH`, since the active one can't compile for the target.
    Other {
        /// The sysroot of the active one, to which variables of an outer cargo may point.
        active: Option<PathBuf>,
    },
}

/// The answers of a rustc.
struct Sysroot {
    root: PathBuf,
    core: Option<Core>,
}

impl Toolchain {
    /// The active toolchain (`$CARGO`, `$RUSTC`, or those on the `PATH`) if it can compile for `target`, else the first
    /// pair on the `PATH` that can.
    ///
    /// # Errors
    /// When no toolchain can compile for the target.
    pub fn find(target: &str) -> Result<Self, BuildError> {
        let variable = |name, default: &str| std::env::var_os(name).unwrap_or_else(|| default.into()).into();
        let active = (variable("CARGO", "cargo"), variable("RUSTC", "rustc"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        Self::choose(target, active, std::env::split_paths(&path).collect())
    }

    fn choose(target: &str, active: (PathBuf, PathBuf), path: Vec<PathBuf>) -> Result<Self, BuildError> {
        let (cargo, rustc) = active;
        let sysroot = Sysroot::of(&rustc, target);
        if let Some(core) = sysroot.as_ref().and_then(|sysroot| sysroot.core) {
            return Ok(Self { cargo, rustc, core, origin: Origin::Active });
        }
        let active = sysroot.map(|sysroot| sysroot.root);
        path.iter()
            .filter_map(|folder| Some((program(folder, "cargo")?, program(folder, "rustc")?)))
            .find_map(|(cargo, rustc)| {
                let core = Sysroot::of(&rustc, target)?.core?;
                let origin = Origin::Other { active: active.clone() };
                Some(Self { cargo, rustc, core, origin })
            })
            .ok_or_else(|| BuildError::NoToolchain { target: target.to_owned() })
    }
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", version(&self.rustc).unwrap_or_else(|| "rustc".to_owned()))?;
        if let Origin::Other { .. } = self.origin {
            write!(f, " at {}", self.rustc.display())?;
        }
        match self.core {
            Core::Precompiled => Ok(()),
            Core::Sources => f.write_str(", compiling `core` from its sources"),
        }
    }
}

impl Sysroot {
    /// Runs `rustc`. `None`: there is no such program.
    fn of(rustc: &Path, target: &str) -> Option<Self> {
        let root = PathBuf::from(ask(rustc, &["--print", "sysroot"])?);
        let libraries = ask(rustc, &["--print", "target-libdir", "--target", target]).map(PathBuf::from);
        let sources = root.join("lib/rustlib/src/rust/library/core/Cargo.toml");
        let core = match libraries {
            Some(libraries) if has_core(&libraries) => Some(Core::Precompiled),
            Some(_) if sources.is_file() => Some(Core::Sources),
            // It has no libraries for the target, or does not know the target.
            _ => None,
        };
        Some(Self { root, core })
    }
}

fn has_core(libraries: &Path) -> bool {
    std::fs::read_dir(libraries).into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|name| name.starts_with("libcore-") && name.ends_with(".rlib"))
    })
}

/// The version without hash and date, such as `rustc 1.95.0`.
fn version(rustc: &Path) -> Option<String> {
    let words = ask(rustc, &["--version"])?;
    Some(words.split(' ').take(2).collect::<Vec<_>>().join(" "))
}

fn ask(rustc: &Path, question: &[&str]) -> Option<String> {
    let output = Command::new(rustc).args(question).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| answer.trim().to_owned())
}

fn program(folder: &Path, name: &str) -> Option<PathBuf> {
    let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    path.is_file().then_some(path)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    const TARGET: &str = "thumbv7m-none-eabi";

    /// A folder with a cargo, and a rustc whose sysroot is that folder.
    struct Fake(tempfile::TempDir);

    impl Fake {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let root = folder.path().display();
            let rustc = format!(
                "#!/bin/sh\ncase \"$*\" in\n'--print sysroot') echo {root};;\n\
                 *target-libdir*) echo {root}/libraries;;\n*) exit 1;;\nesac\n"
            );
            for (name, text) in [("rustc", rustc.as_str()), ("cargo", "#!/bin/sh\n")] {
                let path = folder.path().join(name);
                fs::write(&path, text).unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
            }
            Self(folder)
        }

        fn with(self, file: &str) -> Self {
            let path = self.0.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
            self
        }

        fn with_core(self) -> Self {
            self.with("libraries/libcore-0123.rlib")
        }

        fn with_sources(self) -> Self {
            self.with("lib/rustlib/src/rust/library/core/Cargo.toml")
        }

        fn pair(&self) -> (PathBuf, PathBuf) {
            (self.0.path().join("cargo"), self.0.path().join("rustc"))
        }
    }

    fn choose(active: &Fake, path: &[&Fake]) -> Result<Toolchain, BuildError> {
        let path = path.iter().map(|fake| fake.0.path().to_owned()).collect();
        Toolchain::choose(TARGET, active.pair(), path)
    }

    #[test]
    fn the_active_one_is_taken_if_it_has_core() {
        let active = Fake::new().with_core().with_sources();
        let other = Fake::new().with_core();
        let found = choose(&active, &[&active, &other]).unwrap();
        assert_eq!((found.core, found.origin), (Core::Precompiled, Origin::Active));
    }

    #[test]
    fn the_active_ones_sources_come_before_another_toolchain() {
        let active = Fake::new().with_sources();
        let other = Fake::new().with_core();
        let found = choose(&active, &[&active, &other]).unwrap();
        assert_eq!((found.core, found.origin), (Core::Sources, Origin::Active));
    }

    #[test]
    fn another_pair_on_the_path_will_do() {
        let active = Fake::new();
        let other = Fake::new().with_sources();
        let found = choose(&active, &[&active, &other]).unwrap();
        assert_eq!((found.cargo, found.rustc), other.pair());
        let active = Some(active.0.path().to_owned());
        assert_eq!(found.origin, Origin::Other { active });
    }

    #[test]
    fn without_any_the_error_says_what_to_install() {
        let active = Fake::new();
        let error = choose(&active, &[&active]).unwrap_err().to_string();
        assert!(error.contains("rustup target add thumbv7m-none-eabi"), "{error}");
    }
}
