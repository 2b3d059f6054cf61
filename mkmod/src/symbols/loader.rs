//! The loader of a kernel: RT-Thread's own dlmodule, or the one of kernel-glue.

use std::collections::BTreeMap;
use std::fmt;

/// The loader of a kernel. It decides what a module may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loader {
    /// The loader of kernel-glue: the crate [`loader`].
    Glue,
    /// `dlmodule.c` of RT-Thread.
    Dlmodule,
}

/// The function of kernel-glue that loads a module. A kernel that defines it has our loader.
pub const ENTRY: &str = "rttm_loader_load";

impl Loader {
    /// The loader of a kernel of which only the exports are known.
    ///
    /// kernel-glue always exports the marker of the module ABI and brings its loader, so the marker stands for both.
    pub(super) fn of_exports(exports: &BTreeMap<String, u64>) -> Self {
        if super::abi_major(exports).is_some() { Self::Glue } else { Self::Dlmodule }
    }

    /// Reads what `Display` writes.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        [Self::Glue, Self::Dlmodule].into_iter().find(|loader| loader.to_string() == text)
    }
}

/// As in the head of a text.
impl fmt::Display for Loader {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Glue => "kernel-glue",
            Self::Dlmodule => "dlmodule",
        })
    }
}
