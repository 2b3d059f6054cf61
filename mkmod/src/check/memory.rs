//! Whether the kernel can give the memory, its alignment, the stack and the priority that the module asks for.

use super::{Case, Cause, Finding};
use crate::symbols::Profile;

/// What the ABI and dlmodule give.
const STACK_BYTES: std::ops::RangeInclusive<u32> = 512..=32768;

/// `RT_ALIGN_SIZE` of many configurations, where the kernel does not say. No configuration has more than 8.
const ALIGN_SIZE_USUAL: u32 = 4;
const ALIGN_SIZE_MOST: u32 = 8;

/// Compares what is asked for with what there is.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    [peak(case), alignment(case), stack(case), priority(case)].into_iter().flatten().collect()
}

/// Stock dlmodule holds the file and the image at once.
fn peak(case: &Case<'_>) -> Option<Finding> {
    let ram = case.options.ram_bytes?;
    let (file, image) = (case.module.file_bytes, case.module.image_bytes());
    let peak = file + image;
    let help = "make the program or its heap smaller (`mkmod info` tells what takes the room)";
    (peak > ram).then(|| Finding::new(Cause::Memory { peak, file, image, ram }).help(help))
}

/// dlmodule puts the image where `rt_malloc` does, which may be at less than its alignment.
///
/// Cortex-M needs multiples of 4 at most, for `LDRD`, `LDM` and `VLDM`; on Cortex-A, `LDREXD` and `VLD1` need what they say.
fn alignment(case: &Case<'_>) -> Option<Finding> {
    let (needed, told) = (case.module.alignment(), case.kernel.align_size);
    let given = told.unwrap_or(ALIGN_SIZE_USUAL.max(case.module.machine.word()));
    // What is no alignment at all, the loader tells.
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
    let finding = Finding::new(cause).help("lower the `align(…)` of the variables in it; 64-bit numbers have 8");
    let can_be_more = needed <= ALIGN_SIZE_MOST && told.is_some();
    Some(if can_be_more { finding.help("or set RT_ALIGN_SIZE to 8 in the firmware's rtconfig.h") } else { finding })
}

fn stack(case: &Case<'_>) -> Option<Finding> {
    let note = case.module.complete_note().filter(|note| !note.library)?;
    let help = "`#[rtt_mod::main(stack = \"4K\")]` sets it";
    let is_given = STACK_BYTES.contains(&note.stack_bytes) || note.abi_major == 0;
    (!is_given).then(|| Finding::new(Cause::Stack { bytes: note.stack_bytes }).help(help))
}

/// The last priority is the idle thread's, which a module would keep from running.
fn priority(case: &Case<'_>) -> Option<Finding> {
    let priority = case.module.complete_note()?.priority?;
    let highest = case.kernel.priority_max?.saturating_sub(2);
    let help = format!("`#[rtt_mod::main(priority = {})]` is half of it", highest / 2);
    let cause = Cause::Priority { priority, kernel: case.kernel.name.clone(), highest };
    (u32::from(priority) > highest).then(|| Finding::new(cause).help(help))
}
