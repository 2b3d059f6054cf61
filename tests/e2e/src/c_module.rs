//! Modules in C: as RT-Thread's own SDK builds them, for size, and as GCC is called by those who do not know it.

use std::path::Path;

use setup::process;

use crate::Fixture;

/// What every call has, beside the flags of the board's processor.
const USUAL: &[&str] = &["-Os", "-fPIC", "-shared", "-nostdlib"];

/// What makes the file and its image small.
const SMALL: &[&str] = &["-s", "-Wl,-z,max-page-size=4"];

/// What makes it a program.
const PROGRAM: &[&str] = &["-e", "main"];

/// Compiles and links the program `source` to `module`.
pub fn build(fixture: &Fixture, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(fixture, &[USUAL, SMALL, PROGRAM], source, module)
}

/// The same, without what makes it small.
pub fn build_as_usual(fixture: &Fixture, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(fixture, &[USUAL, PROGRAM], source, module)
}

/// The program, with one more of GCC's options.
pub fn build_with(fixture: &Fixture, option: &str, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(fixture, &[USUAL, SMALL, PROGRAM, &[option]], source, module)
}

/// The program in Thumb state, whatever state the kernel is in.
pub fn build_thumb(fixture: &Fixture, source: &Path, module: &Path) -> Result<(), process::Error> {
    build_with(fixture, "-mthumb", source, module)
}

/// Compiles and links the library `source` to `module`.
pub fn build_library(fixture: &Fixture, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(fixture, &[USUAL, SMALL], source, module)
}

/// The library, with one more of GCC's options.
pub fn build_library_with(fixture: &Fixture, option: &str, source: &Path, module: &Path) -> Result<(), process::Error> {
    compile(fixture, &[USUAL, SMALL, &[option]], source, module)
}

fn compile(fixture: &Fixture, options: &[&[&str]], source: &Path, module: &Path) -> Result<(), process::Error> {
    // As its `rtconfig.h` defines it: some of the kernel's constants differ by version.
    let version = format!("-DRT_VER_NUM={}", fixture.firmware.version.number());
    if fixture.board.core.is_riscv64() {
        let own = options.concat().into_iter().filter(|option| option.starts_with("-D"));
        return compile_with_mkmod(fixture, own.chain([version.as_str()]), source, module);
    }
    let mut gcc = setup::tool("arm-none-eabi-gcc");
    gcc.arg(version).args(&fixture.firmware.cpu).args(options.concat());
    process::run(gcc.arg("-o").arg(module).arg(source).arg("-lgcc"))
}

/// GCC for RISC-V links no shared objects without an operating system: `mkmod cc` stands in, for programs.
fn compile_with_mkmod<'a>(
    fixture: &Fixture,
    definitions: impl Iterator<Item = &'a str>,
    source: &Path,
    module: &Path,
) -> Result<(), process::Error> {
    let mut mkmod = fixture.mkmod.command();
    mkmod.arg("cc").arg("--kernel").arg(&fixture.firmware.elf).arg("-Os").args(definitions);
    process::run(mkmod.arg(source).arg("-o").arg(module))
}
