//! Whether the kernel has the version of the module ABI that the module was built with.

use super::{Case, Cause, Finding};

/// Looks for the marker that the module imports.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let markers = case.module.imports.iter().filter(|import| is_marker(&import.name));
    let missing = markers.filter(|marker| !case.kernel.exports.contains_key(&marker.name));
    missing.filter_map(|marker| Some(finding(case, version(&marker.name)?))).collect()
}

/// Whether an import is the marker of a version of the module ABI.
pub fn is_marker(name: &str) -> bool {
    name.starts_with("rtt_mod_abi_")
}

/// The version of the module ABI in the name of a marker.
pub fn version(marker: &str) -> Option<u16> {
    marker.strip_prefix("rtt_mod_abi_")?.parse().ok()
}

fn finding(case: &Case<'_>, wanted: u16) -> Finding {
    let kernel = case.kernel.name.clone();
    let help = match case.kernel.abi_major() {
        None => "add the package kernel-glue to the firmware (PKG_USING_RTT_MOD)".into(),
        Some(had) if had < wanted => format!("it has version {had}: update kernel-glue in the firmware"),
        Some(had) => format!("it has version {had}: build the program with a newer rtt-mod"),
    };
    Finding::new(Cause::Abi { wanted, kernel }).help(help)
}
