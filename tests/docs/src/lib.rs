//! The documentation of this repository, as its tests read it.
//!
//! - [`Page`] is a Markdown file: its headings, its links, its code blocks.
//! - [`Console`] is a code block with commands and what they print.
//! - [`matches()`] compares what a command printed with what the page says.
//!
//! The tests beside this crate check links, translations and code, and run the commands.

mod compare;
mod console;
mod page;
mod repository;

pub use compare::{Figures, matches};
pub use console::{Console, Prompt, Turn};
pub use page::{Block, Heading, Page};
pub use repository::{pages, root};
