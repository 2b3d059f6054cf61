//! What `std` has in each program: `use rtt_mod::prelude::*`.
//!
//! It has the types of `alloc` that are in `std`'s prelude, and the macros of `std` that `core` does not have. The
//! [`write!`](crate::write!) and [`writeln!`](crate::writeln!) of this crate, which make smaller programs than those of `core`,
//! need a `use` of their own: by `*`, neither would take precedence over the other.
//!
//! ```no_run
//! #![no_std]
//! #![cfg_attr(target_os = "none", no_main)]
//! # extern crate std;
//!
//! use rtt_mod::prelude::*;
//!
//! #[rtt_mod::main]
//! fn main() {
//!     let words: Vec<String> = vec!["one".to_string(), format!("{}", 2)];
//!     println!("{}", words.join(" and "));
//! }
//! ```
#![forbid(unsafe_code)]

#[doc(no_inline)]
pub use alloc::{
    borrow::ToOwned,
    boxed::Box,
    string::{String, ToString},
    vec,
    vec::Vec,
};

#[doc(no_inline)]
pub use crate::{dbg, eprint, eprintln, format, print, println, thread_local};
