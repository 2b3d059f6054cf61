//! Targets without a board: their modules build, and pass the check against a kernel for such a processor.

use std::fs;
use std::sync::{Mutex, PoisonError};

use e2e::Fixture;
use setup::Need;
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("thumbv6m_builds_and_passes", |fixture| builds(fixture, "thumbv6m-none-eabi", "v6-M microcontroller soft-float")),
    ("thumbv8m_base_builds_and_passes", |fixture| {
        builds(fixture, "thumbv8m.base-none-eabi", "v8-M.base microcontroller soft-float")
    }),
    ("thumbv8m_main_hard_float_builds_and_passes", |fixture| {
        builds(fixture, "thumbv8m.main-none-eabihf", "v8-M.main microcontroller hard-float fpu")
    }),
    ("armv7a_hard_float_builds_and_passes", |fixture| {
        builds(fixture, "armv7a-none-eabihf", "v7 application hard-float fpu")
    }),
    ("riscv32imac_builds_and_passes", |fixture| {
        builds(fixture, "riscv32imac-unknown-none-elf", "rv32 risc-v soft-float")
    }),
    ("riscv32imafc_builds_and_passes", |fixture| {
        builds(fixture, "riscv32imafc-unknown-none-elf", "rv32 risc-v hard-float fpu")
    }),
    ("riscv64imac_builds_and_passes", |fixture| {
        builds(fixture, "riscv64imac-unknown-none-elf", "rv64 risc-v soft-float")
    }),
    ("riscv64gc_builds_and_passes", |fixture| {
        builds(fixture, "riscv64gc-unknown-none-elf", "rv64 risc-v hard-float fpu")
    }),
];

/// Examples that run on every processor. A Cortex-M0, for one, has no atomic additions.
const EXAMPLES: &[&str] = &["hello", "heap", "panic", "status", "library", "plugin", "semaphore"];

/// Neither rustup nor apt can run twice at a time, and cargo waits for itself.
static ALONE: Mutex<()> = Mutex::new(());

/// The kernel's symbols are the board's, with another processor.
fn builds(fixture: &Fixture, target: &'static str, processor: &str) -> TestResult {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    setup::ensure(&[Need::RustTarget(target)])?;
    let folder = tempfile::tempdir()?;
    let kernel = folder.path().join("kernel.syms");
    let symbols = fs::read_to_string(&fixture.kernel_symbols)?;
    fs::write(&kernel, with_processor(&symbols, processor))?;
    for module in fixture.mkmod.build_some(&fixture.source("examples"), target, EXAMPLES)? {
        let mut check = fixture.mkmod.command();
        let output = process::output(check.arg("check").arg(&module).arg("--kernel").arg(&kernel))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
    }
    Ok(())
}

/// The text of `mkmod symbols` for a kernel on another processor. For 64 bits, the prototypes go, since arguments have other
/// sizes, and memory is aligned to 8 bytes.
fn with_processor(symbols: &str, processor: &str) -> String {
    let is_64_bit = processor.starts_with("rv64");
    let lines = symbols.lines().filter_map(|line| match line.split_once(": ").unwrap_or((line, "")).0 {
        "# processor" => Some(format!("# processor: {processor}")),
        "# RT_ALIGN_SIZE" if is_64_bit => Some("# RT_ALIGN_SIZE: 8".to_owned()),
        "# prototype" if is_64_bit => None,
        _ => Some(line.to_owned()),
    });
    lines.map(|line| line + "\n").collect()
}
