//! The kernel's cache operations are called for each loaded image before its code runs. QEMU emulates no caches, so the test
//! looks at which functions are called, in which order and how often.

use std::error::Error;
use std::fs;
use std::path::Path;

use e2e::Fixture;
use object::{Object, ObjectSymbol};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("each_load_cleans_data_and_invalidates_code", each_load)];

const CLEAN: &str = "rt_hw_cpu_dcache_ops";
const INVALIDATE: &str = "rt_hw_cpu_icache_ops";

/// kernel-glue's wrapper of it.
const INVALIDATE_WITH_GLUE: &str = "__wrap_rt_hw_cpu_icache_ops";

fn each_load(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let log = folder.path().join("log");
    let functions = addresses(&fixture.firmware.elf, &[CLEAN, INVALIDATE_WITH_GLUE, INVALIDATE])?;
    let ranges = functions.iter().map(|(_, address)| format!("{address:#x}+4")).collect::<Vec<_>>().join(",");
    let log_name = log.display().to_string();
    let mut session = fixture.boot_with_arguments(&["-d", "exec,nochain", "-dfilter", &ranges, "-D", &log_name])?;
    session.run("mod run hello")?.prints("exit code 0")?;
    session.run("mod run plugin library.mo crc32 1")?.prints("exit code 0")?;
    drop(session);
    let mut calls = calls(&fs::read_to_string(&log)?, &functions);
    // QEMU logs a block twice if an interrupt comes before its first instruction.
    calls.dedup();
    // hello, plugin, library
    match calls == [CLEAN, INVALIDATE_WITH_GLUE, INVALIDATE].repeat(3) {
        true => Ok(()),
        false => Err(format!("the kernel called {calls:?}").into()),
    }
}

type Function = (&'static str, u64);

fn addresses(elf: &Path, names: &[&'static str]) -> Result<Vec<Function>, Box<dyn Error>> {
    let bytes = fs::read(elf)?;
    let file = object::File::parse(&*bytes)?;
    let address = |name: &&'static str| {
        let symbol = file.symbol_by_name(name).ok_or_else(|| format!("the kernel has no `{name}`"))?;
        Ok((*name, symbol.address() & !1))
    };
    names.iter().map(address).collect()
}

/// The functions in the order of their calls. QEMU's log has lines `Trace 0: HOST [BASE/ADDRESS/…`.
fn calls(log: &str, functions: &[Function]) -> Vec<&'static str> {
    let address = |line: &str| {
        let (_, rest) = line.split_once('/')?;
        u64::from_str_radix(rest.split_once('/')?.0, 16).ok()
    };
    let function = |at: u64| functions.iter().find(|(_, address)| *address == at).map(|(name, _)| *name);
    log.lines().filter_map(address).filter_map(function).collect()
}
