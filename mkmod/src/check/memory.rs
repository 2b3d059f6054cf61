//! Whether the kernel can give the memory, the stack and the priority that the module asks for.

use super::{Case, Cause, Finding};

/// What the ABI and dlmodule give.
const STACK_BYTES: std::ops::RangeInclusive<u32> = 512..=32768;

/// Compares what is asked for with what there is.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    [peak(case), stack(case), priority(case)].into_iter().flatten().collect()
}

/// Stock dlmodule holds the file and the image at once.
fn peak(case: &Case<'_>) -> Option<Finding> {
    let ram = case.options.ram_bytes?;
    let (file, image) = (case.module.file_bytes, case.module.image_bytes());
    let peak = file + image;
    let help = "make the program or its heap smaller (`mkmod info` tells what takes the room)";
    (peak > ram).then(|| Finding::new(Cause::Memory { peak, file, image, ram }).help(help))
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
