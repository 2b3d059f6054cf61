//! Collections: those of `alloc`, and with the feature `hashbrown` the maps that hash.
//!
//! `HashMap` and `HashSet` are those of the crate `hashbrown`, which `std` uses too. Its default hasher has no random numbers,
//! so keys that an attacker chooses can make it slow.
//!
//! ```
//! use rtt_mod::collections::BTreeMap;
//!
//! let mut counts = BTreeMap::new();
//! for word in "a rose is a rose".split(' ') {
//!     *counts.entry(word).or_insert(0) += 1;
//! }
//! assert_eq!(counts["rose"], 2);
//! ```
#![forbid(unsafe_code)]

#[doc(no_inline)]
pub use alloc::collections::*;
#[cfg(feature = "hashbrown")]
#[doc(no_inline)]
pub use hashbrown::{HashMap, HashSet, hash_map, hash_set};
