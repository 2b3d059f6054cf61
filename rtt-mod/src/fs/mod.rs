//! Files and directories, as `std::fs` has them.
//!
//! Paths are texts, relative to the working directory ([`env::current_dir`](crate::env::current_dir)) unless they begin
//! with `/`; their absolute form has at most 252 bytes. What a name may be, the file system says. FAT, which is on most
//! cards, does not distinguish `a.txt` from `A.TXT`, and has no `"`, `*`, `:`, `<`, `>`, `?` and `|` in names.
//!
//! - A file that is open can be opened once more to read it, but not to write it, nor be renamed or removed: that is
//!   [`Error::Busy`](crate::Error::Busy).
//! - The kernel has few open files for all programs: 16 in many a configuration.
//! - A call takes about a kilobyte of stack inside the kernel: a thread that uses files has `stack = "2K"` or more.
//! - What is open when the module ends, whatever its end, is closed, and so is written.
//!
//! ```no_run
//! use rtt_mod::{fs, println};
//!
//! fs::write("/greeting.txt", "Hello.\n")?;
//! println!("{}", fs::read_to_string("/greeting.txt")?);
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

mod directory;
mod entry;
mod file;
mod metadata;
mod open_options;
mod whole;

pub use directory::{DirEntry, ReadDir, create_dir, create_dir_all, read_dir, remove_dir, remove_dir_all};
pub use entry::{exists, metadata, remove_file, rename, try_exists};
pub use file::File;
pub use metadata::{FileType, Metadata, Permissions};
pub use open_options::OpenOptions;
pub use whole::{copy, read, read_to_string, write};
