//! Whether the kernel has the module ABI that the module was built with.

use super::{Case, Cause, Finding, imports};

/// Looks for the marker that the module imports.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let markers = case.module.imports.iter().filter(|import| imports::is_marker(&import.name));
    let missing = markers.filter(|marker| !case.kernel.exports.contains_key(&marker.name));
    missing.filter_map(|marker| Some(finding(case, version(&marker.name)?))).collect()
}

/// The version of the module ABI that a marker is of.
pub fn version(marker: &str) -> Option<u16> {
    marker.strip_prefix("rtt_mod_abi_")?.parse().ok()
}

fn finding(case: &Case<'_>, wanted: u16) -> Finding {
    let kernel = case.kernel.name.clone();
    let help = match case.kernel.abi_major() {
        None => "put kernel-glue into the firmware (PKG_USING_RTT_MOD)".into(),
        Some(had) if had < wanted => format!("it has version {had}: bring the firmware's kernel-glue up to date"),
        Some(had) => format!("it has version {had}: build the program with a newer rtt-mod"),
    };
    Finding::new(Cause::Abi { wanted, kernel }).help(help)
}
