//! Modules in C: as RT-Thread's own SDK builds them, for size, and as GCC is called by those who do not know it.

use std::path::Path;

use crate::{process, setup};

/// What every call has.
const USUAL: &[&str] = &["-mcpu=cortex-m3", "-mthumb", "-Os", "-fPIC", "-shared", "-nostdlib"];

/// What makes the file and its image small.
const SMALL: &[&str] = &["-s", "-Wl,-z,max-page-size=4"];

/// What makes it a program.
const PROGRAM: &[&str] = &["-e", "main"];

/// Compiles and links the program `source` to `module`.
pub fn build(source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(&[USUAL, SMALL, PROGRAM], source, module)
}

/// The same, without what makes it small.
pub fn build_as_usual(source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(&[USUAL, PROGRAM], source, module)
}

/// Compiles and links the library `source` to `module`.
pub fn build_library(source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(&[USUAL, SMALL], source, module)
}

fn compile(options: &[&[&str]], source: &Path, module: &Path) -> Result<(), process::Error> {
    process::run(setup::tool("arm-none-eabi-gcc").args(options.concat()).arg("-o").arg(module).arg(source))
}
