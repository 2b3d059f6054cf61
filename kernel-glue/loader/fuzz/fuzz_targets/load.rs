//! `cargo +nightly fuzz run load`, in the folder above: whatever the file is, the loader answers.
#![no_main]

#[path = "../../tests/everything/mod.rs"]
mod everything;

libfuzzer_sys::fuzz_target!(|file: &[u8]| everything::load(file));
