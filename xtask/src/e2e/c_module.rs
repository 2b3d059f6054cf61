//! Modules in C: as RT-Thread's own SDK builds them, for size.

use std::path::Path;
use std::process::Command;

use crate::process;

const FLAGS: &[&str] = &[
    "-mcpu=cortex-m3",
    "-mthumb",
    "-Os",
    "-fPIC",
    "-shared",
    "-nostdlib",
    "-s",
    "-Wl,-z,max-page-size=4",
    "-e",
    "main",
];

/// Compiles and links `source` to `module`.
pub fn build(source: &Path, module: &Path) -> Result<(), process::Error> {
    process::run(Command::new("arm-none-eabi-gcc").args(FLAGS).arg("-o").arg(module).arg(source))
}
