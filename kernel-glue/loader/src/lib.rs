//! Reads, verifies and relocates a `.mo` file.
#![no_std]
#![forbid(unsafe_code)]
