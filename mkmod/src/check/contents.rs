//! What the module holds that no loader looks at.

use super::{Case, Cause, Finding};

/// Looks for what has no effect, or an unexpected one.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    let names = &case.subject.bytes;
    let has_stack_symbol = names.windows(STACK_SYMBOL.len()).any(|window| window == STACK_SYMBOL);
    if has_stack_symbol && case.module.complete_note().is_none() {
        let help = "use rtt-mod or the ABI's `rtt_mod_abi_1`, which give the stack that is asked for";
        findings.push(Finding::new(Cause::StackSymbol).help(help));
    }
    let alignment = case.module.alignment();
    if alignment > 8 {
        let help = "lower the `align(…)` of the variables in it";
        findings.push(Finding::new(Cause::Alignment { alignment }).help(help));
    }
    for import in case.module.imports.iter().filter(|import| import.is_function) {
        let cause = Cause::ImportLooksExported { name: import.name.clone() };
        findings.push(Finding::new(cause).help("link with mkmod-ld, which leaves imports untyped"));
    }
    findings
}

const STACK_SYMBOL: &[u8] = b"\0dlmodule_thread_stacksize\0";
