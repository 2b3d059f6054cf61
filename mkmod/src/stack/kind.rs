//! Functions of a module's that the kernel calls, by what they are for.
//!
//! `rtt-mod` puts them into sections of their own, which the linker script keeps apart between two symbols each. Nothing
//! else in a module calls them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::elf::ElfFile;

/// What a function that the kernel calls is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The entry of a thread.
    Thread,
    /// A timer's that calls in a thread.
    Timer,
    /// A timer's that calls in an interrupt.
    Interrupt,
    /// What devices and pins call, as a rule in an interrupt.
    Callback,
    /// A command of the shell's.
    Command,
    /// What a device that the module implements does.
    Driver,
    /// Frees what one of the others works on.
    Release,
    /// Writes one argument of a text.
    Format,
    /// Of the table of a waker.
    Waker,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Thread,
        Self::Timer,
        Self::Interrupt,
        Self::Callback,
        Self::Command,
        Self::Driver,
        Self::Release,
        Self::Format,
        Self::Waker,
    ];

    /// Its name, as it is in the names of sections.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thread => "thread",
            Self::Timer => "timer",
            Self::Interrupt => "interrupt",
            Self::Callback => "callback",
            Self::Command => "command",
            Self::Driver => "driver",
            Self::Release => "release",
            Self::Format => "format",
            Self::Waker => "waker",
        }
    }

    /// Whether it begins a call on some stack, rather than going on with one of the module's own.
    pub fn is_entry(self) -> bool {
        !matches!(self, Self::Format | Self::Waker)
    }

    /// Whether it is called on the stack of interrupts. A device's callback may be.
    pub fn is_in_interrupt(self) -> bool {
        matches!(self, Self::Interrupt | Self::Callback)
    }

    /// The section of its functions in object files.
    pub fn section(self) -> String {
        format!(".text.rtt_mod.{}", self.name())
    }

    /// The symbol in front of its functions.
    pub fn start_symbol(self) -> String {
        format!("__rtt_mod_{}_start", self.name())
    }

    /// The symbol behind its functions.
    pub fn end_symbol(self) -> String {
        format!("__rtt_mod_{}_end", self.name())
    }

    /// The functions of each kind, by the symbols of a program.
    pub fn functions(
        file: &ElfFile<'_>,
        functions: impl Iterator<Item = u64> + Clone,
    ) -> BTreeMap<Self, BTreeSet<u64>> {
        let range = |kind: Self| -> Option<Range<u64>> {
            let address = |name: &str| Some(file.symbol_by_name(name)?.address());
            Some(address(&kind.start_symbol())?..address(&kind.end_symbol())?)
        };
        let of_kind = |kind: Self| {
            let range = range(kind)?;
            Some((kind, functions.clone().filter(|function| range.contains(function)).collect()))
        };
        Self::ALL.into_iter().filter_map(of_kind).collect()
    }
}
