//! The note of a packed module: what can be told of a program that does not say anything itself.

use super::exports::{PRIORITY, STACK};
use crate::link::module::{Module, Relocation};
use crate::module::Note;
use format::note::ABI_MARKER;

/// What dlmodule gives, unless a program asks for what it should not be able to ask for.
const STOCK_STACK_BYTES: u32 = 2048;
/// dlmodule takes `dlmodule_thread_stacksize` only outside of these: its test is the wrong way round.
const STACKS_IGNORED: std::ops::RangeInclusive<u32> = 2048..=32 << 10;

/// The note of `module`.
pub fn note(module: &Module, name: &str, target: &str) -> Note {
    let uses_abi = module.imports.iter().any(|import| import.name.starts_with(ABI_MARKER));
    let stack = variable(module, STACK).filter(|stack| !STACKS_IGNORED.contains(stack));
    // dlmodule reads sixteen bits of it.
    let priority = variable(module, PRIORITY).and_then(|priority| u8::try_from(priority & 0xffff).ok());
    Note {
        abi_major: u16::from(uses_abi),
        stack_bytes: stack.unwrap_or(STOCK_STACK_BYTES),
        priority,
        library: module.entry == 0,
        name: name.to_owned(),
        target: target.to_owned(),
        ..Note::default()
    }
}

/// The value of a variable that is exported, unless the loader changes it.
fn variable(module: &Module, name: &str) -> Option<u32> {
    let address = module.exports.iter().find(|export| export.name == name)?.address;
    let is_relocated = |relocation: &Relocation| relocation.place == address;
    let value = || module.image.word(u32::try_from(address).unwrap_or_default());
    (!module.relocations.iter().any(is_relocated)).then(value)
}
