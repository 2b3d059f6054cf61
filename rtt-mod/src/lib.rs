//! Write RT-Thread applications in Rust.
#![no_std]
