//! Whether the kernel calls the constructors of a module.

use super::{Case, Cause, Finding};

/// What a firmware exports that calls them.
const MARKER: &str = "rttm_construct";

/// Reports constructors that nobody would call.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    if !case.module.has_constructors || case.kernel.exports.contains_key(MARKER) {
        return vec![];
    }
    let help = match case.kernel.abi_major() {
        Some(_) => {
            "enable RTT_MOD_USING_CONSTRUCTORS in the firmware; if kernel-glue does not have it, update kernel-glue"
        }
        None => "add the package kernel-glue to the firmware (PKG_USING_RTT_MOD), or call these functions from `main`",
    };
    vec![Finding::new(Cause::Constructors { kernel: case.kernel.name.clone() }).help(help)]
}
