//! Addresses in memory.

/// An address in the memory of the machine that loads.
///
/// On one of 32 bits, the words of a 64-bit module lose their upper half. Only a rehearsal meets that.
#[cfg(target_pointer_width = "32")]
pub type Address = u32;

/// An address in the memory of the machine that loads.
#[cfg(not(target_pointer_width = "32"))]
pub type Address = u64;
