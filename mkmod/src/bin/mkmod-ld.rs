//! The linker of modules: `linker = "mkmod-ld"` in `.cargo/config.toml`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    // The build script of rtt-mod asks whether the two fit.
    if arguments == ["--version"] {
        println!("mkmod-ld {}", env!("CARGO_PKG_VERSION"));
        return ExitCode::SUCCESS;
    }
    ExitCode::from(mkmod::link::run(arguments))
}
