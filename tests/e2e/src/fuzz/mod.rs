//! Fuzzing: `mkmod check` and the kernel agree on every file, and none stops the kernel while it is loaded.
//!
//! Good modules are changed at random, and their checksums are corrected. `mkmod check` is asked about them twice: for a
//! kernel with RT-Thread's own loader, and for one with kernel-glue. Those that pass must load on the real kernel by that
//! loader. kernel-glue must refuse those that are refused, unless the reason is one that no loader looks for, such as the
//! priority in the note. No code of a mutant runs.

mod error;
pub mod found;
mod layout;
mod loading;
mod mutant;
mod oracle;
mod report;
mod runner;

pub use error::Error;
pub use layout::{Field, Layout, Table};
pub use mutant::Mutant;
pub use report::{Finding, Report};
pub use runner::Runner;
