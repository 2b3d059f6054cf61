//! What the module holds that no loader looks at.

use super::{Case, Cause, Finding};
use loader::Segment;

/// Looks for what has no effect, or an unexpected one.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    let names = &case.subject.bytes;
    let has_stack_symbol = names.windows(STACK_SYMBOL.len()).any(|window| window == STACK_SYMBOL);
    if has_stack_symbol && case.module.complete_note().is_none() {
        let help = "use rtt-mod or the ABI's `rtt_mod_abi_1`, which give the stack that is asked for";
        findings.push(Finding::new(Cause::StackSymbol).help(help));
    }
    findings.extend(gaps(&case.module.segments));
    for import in case.module.imports.iter().filter(|import| import.is_function) {
        let cause = Cause::ImportLooksExported { name: import.name.clone() };
        findings.push(Finding::new(cause).help("link with mkmod-ld, which leaves imports untyped"));
    }
    findings
}

/// dlmodule loads the gaps too.
fn gaps(segments: &[Segment]) -> impl Iterator<Item = Finding> {
    let loaded: Vec<_> = segments.iter().filter(|segment| segment.is_loaded()).collect();
    let sizes: Vec<_> =
        loaded.windows(2).map(|pair| u64::from(pair[1].address).saturating_sub(pair[0].memory().end())).collect();
    sizes
        .into_iter()
        .filter(|&size| size > GAP_MAX)
        .map(|bytes| Finding::new(Cause::Gap { bytes }).help("link with mkmod-ld, or with -Wl,-z,max-page-size=4"))
}

/// What dlmodule says nothing of.
const GAP_MAX: u64 = 16;

const STACK_SYMBOL: &[u8] = b"\0dlmodule_thread_stacksize\0";
