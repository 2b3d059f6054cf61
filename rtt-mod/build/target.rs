//! What the headers are read for: the processor in clang's words, and the firmware's compiler for it.

use std::env;

/// A processor.
pub struct Target {
    /// What makes clang compile for it as GCC does.
    pub clang: Vec<String>,
    /// The compiler that knows where the C library's headers are.
    pub gcc: &'static str,
}

/// What the headers are read for where rustc builds for the host, as it does for documentation.
const ANY_BOARD: &str = "thumbv7m-none-eabi";

impl Target {
    /// The one that cargo builds for.
    pub fn of_cargo() -> Self {
        let is_board = env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none");
        let target = env::var("TARGET").ok().filter(|_| is_board);
        Self::named(target.as_deref().unwrap_or(ANY_BOARD))
    }

    fn named(target: &str) -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        let riscv = |clang| Self { clang: words(clang), gcc: "riscv64-unknown-elf-gcc" };
        match target.split('-').next() {
            Some("riscv32imac") => riscv(&["--target=riscv32-unknown-elf", "-march=rv32imac", "-mabi=ilp32"]),
            Some("riscv32imafc") => riscv(&["--target=riscv32-unknown-elf", "-march=rv32imafc", "-mabi=ilp32f"]),
            Some("riscv64imac") => riscv(&["--target=riscv64-unknown-elf", "-march=rv64imac", "-mabi=lp64"]),
            Some("riscv64gc") => riscv(&["--target=riscv64-unknown-elf", "-march=rv64gc", "-mabi=lp64d"]),
            _ => {
                Self { clang: vec![format!("--target={target}"), "-fshort-enums".to_owned()], gcc: "arm-none-eabi-gcc" }
            }
        }
    }
}
