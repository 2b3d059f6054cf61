//! Fuzzing: no module that passes `mkmod check` stops the kernel while it is loaded.
//!
//! Good modules are changed at random, and `mkmod check` is asked about them twice: for a kernel with RT-Thread's own loader,
//! and for one with kernel-glue. Those that pass are loaded on the real kernel by that loader. kernel-glue loads the refused
//! ones as well, since it promises that no file stops the kernel.

mod error;
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
