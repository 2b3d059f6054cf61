//! The dynamic section: where a loader finds the tables of a shared object that another linker has written.

/// An entry of the dynamic section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DynamicEntry {
    /// What it tells: one of the `DT_…` constants.
    pub tag: u32,
    /// An address before relocation, or a size in bytes.
    pub value: u32,
}
