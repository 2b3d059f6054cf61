//! Runs the tests of an application on the board.
//!
//! With `--test`, rustc links each crate with a crate called `test`. Targets without an operating system have none, so
//! an application names this one:
//!
//! ```toml
//! [target.'cfg(target_os = "none")'.dev-dependencies]
//! test = { package = "rtt-mod-test", version = "0.1" }
//! ```
//!
//! The module that is built has the tests of all modules with `#[rtt_mod::tests]`, and this program:
//!
//! | Command line | What it does |
//! |---|---|
//! | `NAME` | runs the tests in their order, up to the first that fails |
//! | `NAME --list` | prints what tests there are, for `mkmod run` |
//! | `NAME TEST` | runs one test; the exit code is 0 if it passes |
//!
//! A panic ends a module, so `mkmod run` starts the module anew for each test.
#![no_std]
#![deny(unsafe_code)]

#[cfg(target_os = "none")]
mod program;

/// A test with `#[test]` alone. rustc makes one of each such function, and calls them in a `main` that modules do not have.
#[doc(hidden)]
#[derive(Debug)]
pub struct TestDescAndFn;

/// What rustc's `main` calls, where panics unwind.
#[doc(hidden)]
pub fn test_main_static(_: &[&TestDescAndFn]) {}

/// What rustc's `main` calls, where they do not.
#[doc(hidden)]
pub fn test_main_static_abort(_: &[&TestDescAndFn]) {}
