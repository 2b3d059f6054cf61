//! The kernel that a package is made for: `[package.metadata.mkmod] kernel = "…"`.

use super::error::LinkError;
use crate::check::{self, Options, Subject};
use crate::manifest::Package;
use crate::symbols::Kernel;

/// Checks a module against the kernel of its package, if that names one.
pub fn check(subject: Subject<'_>, package: &Package) -> Result<(), LinkError> {
    let Some(kernel) = &package.settings.kernel else {
        return Ok(());
    };
    let kernel = Kernel::open(&package.folder.join(kernel))
        .map_err(|source| LinkError::Kernel { manifest: package.manifest(), source: Box::new(source) })?;
    let options = Options { source_root: std::env::current_dir().ok(), ..Options::default() };
    let report = check::check(subject, &kernel, &options)?;
    if report.refused() { Err(LinkError::Check(report.to_string())) } else { Ok(()) }
}
