//! Files and directories, in the shape of `std::fs`.
//!
//! A path is a text or a [`Path`](crate::path::Path). Unless it begins with `/` it is relative to the working directory,
//! see [`env::current_dir`](crate::env::current_dir). Its absolute form has at most 252 bytes. The file system defines
//! which names are valid. FAT, which most cards have, does not distinguish `a.txt` from `A.TXT`, and does not allow
//! `"`, `*`, `:`, `<`, `>`, `?` and `|` in names.
//!
//! - An open file can be opened again for reading, but not for writing, and it cannot be renamed or removed. The error
//!   is [`Error::Busy`](crate::Error::Busy).
//! - All programs share the kernel's table of open files, which has 16 entries in many configurations.
//! - A call needs about 1 KiB of stack in the kernel. Give a thread that uses files `stack = "2K"` or more.
//! - When the module ends, for whatever reason, its open files are closed, so that all data is written.
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
mod file;
mod metadata;
mod open_options;
mod path;
mod whole;

pub use directory::{DirEntry, ReadDir, create_dir, create_dir_all, read_dir, remove_dir, remove_dir_all};
pub use file::File;
pub use metadata::{FileType, Metadata, Permissions};
pub use open_options::OpenOptions;
pub use path::{canonicalize, exists, metadata, remove_file, rename, try_exists};
pub use whole::{copy, read, read_to_string, write};
