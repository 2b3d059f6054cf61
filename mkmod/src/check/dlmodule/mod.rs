//! The rules of RT-Thread's own dlmodule, for modules that it loads.
//!
//! Our loader has none of them: it aligns the image, reads the file in pieces, gives the stack that a module asks for and
//! passes over symbols that it does not need.

mod load;

use super::{Case, Cause, Finding};
use crate::machine::Machine;
use crate::symbols::Profile;

use load::{difference, load};

pub use load::Fault;

/// `RT_ALIGN_SIZE` of many configurations, for kernels that do not say it. No configuration has more than 8.
const ALIGN_SIZE_USUAL: u32 = 4;
const ALIGN_SIZE_MOST: u32 = 8;

/// The symbol by which a module asks for a stack size, between the ends of the names around it.
const STACK_SYMBOL: &[u8] = b"\0dlmodule_thread_stacksize\0";

/// Checks the rules that [`load`] does not show.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let findings = [stack_symbol(case), alignment(case)].into_iter().flatten();
    findings.chain(function_imports(case)).collect()
}

fn stack_symbol(case: &Case<'_>) -> Option<Finding> {
    let has_symbol = case.subject.bytes.windows(STACK_SYMBOL.len()).any(|window| window == STACK_SYMBOL);
    let help = "add kernel-glue to the firmware: its loader reads the variable";
    has_symbol.then(|| Finding::new(Cause::StackSymbol).help(help))
}

/// dlmodule adds every function symbol to the exports of the module, imports too.
fn function_imports<'c>(case: &'c Case<'_>) -> impl Iterator<Item = Finding> + 'c {
    case.module.imports.iter().filter(|import| import.is_function).map(|import| {
        let cause = Cause::ImportLooksExported { name: import.name.clone() };
        Finding::new(cause).help("make the module with `mkmod pack`, which removes the type of imports")
    })
}

/// dlmodule takes the memory for the image from `rt_malloc`, whose alignment may be less than that of the image.
///
/// Cortex-M needs multiples of 4 at most, for `LDRD`, `LDM` and `VLDM`. On Cortex-A, `LDREXD` and `VLD1` need the alignment
/// of their type.
fn alignment(case: &Case<'_>) -> Option<Finding> {
    let (needed, told) = (case.module.alignment(), case.kernel.align_size);
    let given = told.unwrap_or(ALIGN_SIZE_USUAL.max(case.module.machine.word()));
    // The dry run reports an alignment that is no power of two.
    if needed <= given || !needed.is_power_of_two() {
        return None;
    }
    let kernel = case.kernel.name.clone();
    let is_microcontroller = case.module.profile() == Some(Profile::Microcontroller);
    let cause = if needed <= ALIGN_SIZE_MOST && (is_microcontroller || told.is_none()) {
        Cause::AlignmentByChance { needed, kernel, given: told }
    } else {
        Cause::Alignment { needed, kernel, given: told.unwrap_or(ALIGN_SIZE_MOST) }
    };
    let finding = Finding::new(cause).help("lower the alignment of its variables; 64-bit numbers have 8");
    let can_be_more = needed <= ALIGN_SIZE_MOST && told.is_some();
    Some(if can_be_more { finding.help("or set RT_ALIGN_SIZE to 8 in the firmware's rtconfig.h") } else { finding })
}

/// Compares the image that dlmodule makes with `image`, which our loader has made for `base`.
pub fn dry_run(case: &Case<'_>, base: u64, image: &[u8]) -> Option<Finding> {
    let machine: Machine = case.module.machine;
    let resolve = |name: &str| case.kernel.exports.get(name).copied().unwrap_or(1);
    let stock = load(machine, case.subject.bytes, base, &resolve);
    let fault = difference(machine, stock, image)?;
    Some(Finding::new(Cause::Dlmodule(fault)).help("make the module with `mkmod pack`"))
}
