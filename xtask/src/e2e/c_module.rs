//! Modules in C: as RT-Thread's own SDK builds them, for size, and as GCC is called by those who do not know it.

use std::path::Path;

use super::world::World;
use crate::{process, setup};

/// What every call has, beside the flags of the board's processor.
const USUAL: &[&str] = &["-Os", "-fPIC", "-shared", "-nostdlib"];

/// What makes the file and its image small.
const SMALL: &[&str] = &["-s", "-Wl,-z,max-page-size=4"];

/// What makes it a program.
const PROGRAM: &[&str] = &["-e", "main"];

/// Compiles and links the program `source` to `module`.
pub fn build(world: &World, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(world, &[USUAL, SMALL, PROGRAM], source, module)
}

/// The same, without what makes it small.
pub fn build_as_usual(world: &World, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(world, &[USUAL, PROGRAM], source, module)
}

/// The program, with one more of GCC's options.
pub fn build_with(world: &World, option: &str, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(world, &[USUAL, SMALL, PROGRAM, &[option]], source, module)
}

/// The program in Thumb state, whatever state the kernel is in.
pub fn build_thumb(world: &World, source: &Path, module: &Path) -> Result<(), process::Error> {
    build_with(world, "-mthumb", source, module)
}

/// Compiles and links the library `source` to `module`.
pub fn build_library(world: &World, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(world, &[USUAL, SMALL], source, module)
}

fn compile(world: &World, options: &[&[&str]], source: &Path, module: &Path) -> Result<(), process::Error> {
    let mut gcc = setup::tool("arm-none-eabi-gcc");
    process::run(gcc.args(&world.firmware.cpu).args(options.concat()).arg("-o").arg(module).arg(source))
}
