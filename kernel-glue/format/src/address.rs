//! Addresses in memory.

/// An address in the memory of the machine that loads.
///
/// On a 32-bit machine, the words of a 64-bit module lose their upper half. This happens in a dry run only.
#[cfg(target_pointer_width = "32")]
pub type Address = u32;

/// An address in the memory of the machine that loads.
#[cfg(not(target_pointer_width = "32"))]
pub type Address = u64;
