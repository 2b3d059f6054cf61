//! The kernel that a package is made for: `[package.metadata.mkmod] kernel = "…"`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::LinkError;
use crate::check::{self, Options, Subject};
use crate::symbols::Kernel;

#[derive(Debug, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    package: Package,
}

#[derive(Debug, Default, Deserialize)]
struct Package {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    mkmod: Settings,
}

/// `[package.metadata.mkmod]`.
#[derive(Debug, Default, Deserialize)]
struct Settings {
    /// A kernel's ELF or its list of symbols; from the manifest's folder.
    kernel: Option<PathBuf>,
}

/// Checks a module against the kernel of the package that cargo is building, if it names one.
pub fn check(subject: Subject<'_>) -> Result<(), LinkError> {
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        return Ok(());
    };
    match settings(&package)?.kernel {
        Some(kernel) => check_against(subject, &package, &package.join(kernel)),
        None => Ok(()),
    }
}

fn check_against(subject: Subject<'_>, package: &Path, kernel: &Path) -> Result<(), LinkError> {
    let kernel = Kernel::open(kernel)
        .map_err(|source| LinkError::Kernel { manifest: package.join("Cargo.toml"), source: Box::new(source) })?;
    let options = Options { source_root: std::env::current_dir().ok(), ..Options::default() };
    let report = check::check(subject, &kernel, &options)?;
    if report.refused() { Err(LinkError::Check(report.to_string())) } else { Ok(()) }
}

fn settings(package: &Path) -> Result<Settings, LinkError> {
    let manifest = package.join("Cargo.toml");
    let text =
        std::fs::read_to_string(&manifest).map_err(|source| LinkError::Read { path: manifest.clone(), source })?;
    let parsed: Manifest =
        toml::from_str(&text).map_err(|error| LinkError::Manifest { manifest, reason: error.message().to_owned() })?;
    Ok(parsed.package.metadata.mkmod)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings_of(manifest: &str) -> Result<Settings, LinkError> {
        let package = tempfile::tempdir().unwrap();
        std::fs::write(package.path().join("Cargo.toml"), manifest).unwrap();
        settings(package.path())
    }

    #[test]
    fn the_kernel_is_named_in_the_metadata() {
        let settings = settings_of("[package.metadata.mkmod]\nkernel = \"../k.elf\"\n").unwrap();
        assert_eq!(settings.kernel.as_deref(), Some(Path::new("../k.elf")));
    }

    #[test]
    fn most_packages_name_none() {
        assert_eq!(settings_of("[package]\nname = \"a\"\n").unwrap().kernel, None);
    }

    #[test]
    fn a_kernel_that_is_no_path_is_an_error() {
        let error = settings_of("[package.metadata.mkmod]\nkernel = 3\n").unwrap_err();
        assert!(matches!(error, LinkError::Manifest { .. }), "{error}");
    }
}
