//! Sizes of a module in Rust and of the same program in C.

use std::fs;
use std::path::Path;

use e2e::{Fixture, c_module};
use object::Endianness;
use object::elf::{FileHeader32, PT_LOAD};
use object::read::elf::{FileHeader, ProgramHeader};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("hello_is_no_larger_than_in_c", hello)];

/// The sizes of `hello.c` with GCC 12.2, in bytes. They are fixed, so that another GCC does not change the limits.
const FILE_LIMIT: usize = 1300;
const RESIDENT_LIMIT: usize = 504;

/// The size of a module in bytes.
#[derive(Debug)]
struct Size {
    file: usize,
    resident: usize,
}

fn hello(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let c_module = folder.path().join("hello.mo");
    c_module::build(fixture, &fixture.source("tests/c/hello.c"), &c_module)?;
    let rust = size_of(fixture.module("hello")?)?;
    let c = size_of(&c_module)?;
    println!("hello: Rust {} bytes in the file, {} resident; C {}, {}", rust.file, rust.resident, c.file, c.resident);
    if rust.file > FILE_LIMIT || rust.resident > RESIDENT_LIMIT {
        return Err(format!("{rust:?} is above {FILE_LIMIT} bytes in the file or {RESIDENT_LIMIT} resident").into());
    }
    Ok(())
}

/// The size of the file, and that of the image: the span of its segments.
fn size_of(module: &Path) -> Result<Size, String> {
    let describe = |error: &dyn std::fmt::Display| format!("{}: {error}", module.display());
    let bytes = fs::read(module).map_err(|error| describe(&error))?;
    let header = FileHeader32::<Endianness>::parse(&*bytes).map_err(|error| describe(&error))?;
    let endian = header.endian().map_err(|error| describe(&error))?;
    let segments = header.program_headers(endian, &*bytes).map_err(|error| describe(&error))?;
    let loaded = segments.iter().filter(|segment| segment.p_type(endian) == PT_LOAD);
    let spans = loaded.map(|segment| (segment.p_vaddr(endian), segment.p_vaddr(endian) + segment.p_memsz(endian)));
    let (start, end) = spans.fold((u32::MAX, 0), |(start, end), span| (start.min(span.0), end.max(span.1)));
    Ok(Size { file: bytes.len(), resident: end.saturating_sub(start) as usize })
}
