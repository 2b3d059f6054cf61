//! The packages for the registry, packed and unpacked: what a user gets, and nothing else of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use setup::{process, workspace};

/// The packages that are published, each behind those that it depends on.
pub const PACKAGES: [&str; 7] =
    ["rtt-mod-format", "rtt-mod-loader", "rtt-mkmod", "rtt-mod-macros", "rtt-mod-host", "rtt-mod", "rtt-mod-test"];

/// An error of this crate: a text.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Unpacked packages, in a folder of their own.
#[derive(Debug)]
pub struct Packages {
    folder: PathBuf,
}

impl Packages {
    /// Packs all packages with cargo, and unpacks them in `folder`.
    ///
    /// They are not built one by one, as cargo would do, since the tests build all of them.
    ///
    /// # Errors
    ///
    /// If cargo can't pack one of them: a dependency has no version, or a file is missing.
    pub fn unpack(folder: &Path) -> Result<Self> {
        let target_dir = workspace::target_dir().join("packages");
        let mut package = process::cargo();
        package.current_dir(workspace::root()).args(["package", "--quiet", "--no-verify", "--allow-dirty"]);
        package.args(PACKAGES.iter().flat_map(|name| ["--package", name])).arg("--target-dir").arg(&target_dir);
        process::run(&mut package)?;
        fs::create_dir_all(folder)?;
        let packages = Self { folder: folder.canonicalize()? };
        for name in PACKAGES {
            let packed = target_dir.join("package").join(format!("{name}-{}.crate", env!("CARGO_PKG_VERSION")));
            process::run(Command::new("tar").arg("-xzf").arg(packed).arg("-C").arg(&packages.folder))?;
        }
        Ok(packages)
    }

    /// The folder of a package.
    pub fn package(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}-{}", env!("CARGO_PKG_VERSION")))
    }

    /// A configuration of cargo that takes the packages from here, as if the registry had them.
    pub fn registry(&self) -> String {
        let lines = PACKAGES.map(|name| {
            let path = self.package(name).display().to_string().replace('\\', "/");
            format!("{name} = {{ path = \"{path}\" }}\n")
        });
        format!("[patch.crates-io]\n{}", lines.concat())
    }
}
