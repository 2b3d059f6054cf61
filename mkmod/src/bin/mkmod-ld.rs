//! The linker of modules: `linker = "mkmod-ld"` in `.cargo/config.toml`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(mkmod::link::run(std::env::args_os().skip(1)))
}
