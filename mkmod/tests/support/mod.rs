//! Modules, kernels and programs for the tests, made of bytes.

#![allow(dead_code, unused_imports, clippy::allow_attributes, reason = "each test uses a part of it")]

pub mod kernel;
#[path = "../../../kernel-glue/loader/tests/module/mod.rs"]
pub mod module;
pub mod program;
