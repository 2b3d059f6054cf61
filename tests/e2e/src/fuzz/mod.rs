//! Mutants: whether what `mkmod check` passes never stops the kernel while it is loaded.
//!
//! Good modules are changed at random, `mkmod check` judges them, and those that pass are loaded on the real kernel: by
//! RT-Thread's own loader, and behind kernel-glue. There the refused ones are loaded as well, since the glue promises that
//! no file stops the kernel.

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
