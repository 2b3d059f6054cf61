//! Whether the kernel can give the memory, the stack and the priority that the module asks for.

use super::{Case, Cause, Finding};
use crate::symbols::Loader;

/// The stack sizes that a module can have, in bytes.
const STACK_BYTES: std::ops::RangeInclusive<u32> = 512..=32768;

/// The most heap that our loader takes besides the image, in bytes: on 5.1.0, where FAT allocates 1,544 for an open file.
const LOADER_BYTES: u64 = 1_544;

/// Compares what the module asks for with what the kernel has.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    [ram(case), stack(case), priority(case)].into_iter().flatten().collect()
}

/// The most heap that the kernel needs at a time until `main` runs.
pub fn peak(case: &Case<'_>) -> Peak {
    let is_in_memheap = case.module.complete_note().is_some_and(|note| note.memheap.is_some());
    let image = if is_in_memheap { 0 } else { case.module.image_bytes() };
    match case.loader {
        Loader::Dlmodule => Peak { image, beside: case.module.file_bytes, what: "file" },
        Loader::Glue => {
            let stack = case.module.complete_note().and_then(format::note::Note::stack).map_or(0, u64::from);
            // The loader has freed its memory when the thread gets its stack.
            let (beside, what) = if stack > LOADER_BYTES { (stack, "stack") } else { (LOADER_BYTES, "loader") };
            Peak { image, beside, what }
        }
    }
}

/// Bytes of heap that are needed at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peak {
    /// The image.
    pub image: u64,
    /// What there is beside the image.
    pub beside: u64,
    /// The name of that.
    pub what: &'static str,
}

impl Peak {
    /// All of it.
    pub fn bytes(self) -> u64 {
        self.image + self.beside
    }
}

fn ram(case: &Case<'_>) -> Option<Finding> {
    let (ram, peak) = (case.options.ram_bytes?, peak(case));
    let help = "make the program or its heap smaller; `mkmod size` shows what takes the memory";
    (peak.bytes() > ram).then(|| Finding::new(Cause::Memory { peak, ram }).help(help))
}

fn stack(case: &Case<'_>) -> Option<Finding> {
    let note = case.module.complete_note()?;
    let bytes = note.stack()?;
    let help = "`#[rtt_mod::main(stack = \"4K\")]` sets the size";
    let is_given = STACK_BYTES.contains(&bytes) || note.abi_major == 0;
    (!is_given).then(|| Finding::new(Cause::Stack { bytes }).help(help))
}

/// The lowest priority is that of the idle thread, which would not run any more beside the module.
fn priority(case: &Case<'_>) -> Option<Finding> {
    let priority = case.module.complete_note()?.priority?;
    let lowest = case.kernel.priority_max?.saturating_sub(2);
    let help = format!("`#[rtt_mod::main(priority = {})]` is in the middle of the range", lowest / 2);
    let cause = Cause::Priority { priority, kernel: case.kernel.name.clone(), lowest };
    (u32::from(priority) > lowest).then(|| Finding::new(cause).help(help))
}
