//! The attributes and macros of `rtt-mod`.
