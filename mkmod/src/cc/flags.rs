//! The flags of GCC for a processor, and those that every module needs.

use super::CompileError;
use crate::symbols::{Architecture, FloatAbi, Processor, Profile};

/// What every module needs: its code runs wherever it is loaded, and what nobody uses is left out. The user's own flags come
/// behind these.
pub const COMMON: [&str; 6] = [
    "-fPIC",
    "-fvisibility=hidden",
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-unwind-tables",
    "-fno-asynchronous-unwind-tables",
];

/// What C++ needs where nobody unwinds, and where destructors of `static` objects are in a list.
pub const CXX: [&str; 4] = ["-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-fno-use-cxa-atexit"];

/// Those for a processor.
///
/// # Errors
/// When none are known.
pub fn processor(processor: Processor) -> Result<Vec<String>, CompileError> {
    let is_hard = processor.float_abi == FloatAbi::Hard;
    let float = if is_hard { "hard" } else { "soft" };
    let unit = if is_hard { "+fp" } else { "" };
    let arm = |architecture: &str, state: &str| {
        [format!("-march={architecture}{unit}"), state.to_owned(), format!("-mfloat-abi={float}")].to_vec()
    };
    Ok(match (processor.architecture, processor.profile) {
        (Architecture::Rv32, _) if is_hard => words("-march=rv32imafc -mabi=ilp32f -mcmodel=medany"),
        (Architecture::Rv32, _) => words("-march=rv32imac -mabi=ilp32 -mcmodel=medany"),
        (Architecture::Rv64, _) if is_hard => words("-march=rv64gc -mabi=lp64d -mcmodel=medany"),
        (Architecture::Rv64, _) => words("-march=rv64imac -mabi=lp64 -mcmodel=medany"),
        (Architecture::Arm(11 | 12), _) => arm("armv6s-m", "-mthumb"),
        (Architecture::Arm(10), Profile::Microcontroller) => arm("armv7-m", "-mthumb"),
        (Architecture::Arm(13), _) => arm("armv7e-m", "-mthumb"),
        (Architecture::Arm(16), _) => arm("armv8-m.base", "-mthumb"),
        (Architecture::Arm(17), _) => arm("armv8-m.main", "-mthumb"),
        (Architecture::Arm(21), _) => arm("armv8.1-m.main", "-mthumb"),
        (Architecture::Arm(10 | 14), _) => arm("armv7-a", "-marm"),
        (Architecture::Arm(4 | 5), _) => arm("armv5te", "-marm"),
        _ => return Err(CompileError::Processor(processor)),
    })
}

fn words(flags: &str) -> Vec<String> {
    flags.split(' ').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(target: &str) -> String {
        processor(Processor::of_target(target).unwrap()).unwrap().join(" ")
    }

    #[test]
    fn each_target_has_flags() {
        assert_eq!(of("thumbv6m-none-eabi"), "-march=armv6s-m -mthumb -mfloat-abi=soft");
        assert_eq!(of("thumbv7m-none-eabi"), "-march=armv7-m -mthumb -mfloat-abi=soft");
        assert_eq!(of("thumbv7em-none-eabihf"), "-march=armv7e-m+fp -mthumb -mfloat-abi=hard");
        assert_eq!(of("thumbv8m.main-none-eabi"), "-march=armv8-m.main -mthumb -mfloat-abi=soft");
        assert_eq!(of("armv7a-none-eabi"), "-march=armv7-a -marm -mfloat-abi=soft");
        assert_eq!(of("riscv32imac-unknown-none-elf"), "-march=rv32imac -mabi=ilp32 -mcmodel=medany");
        assert_eq!(of("riscv32imafc-unknown-none-elf"), "-march=rv32imafc -mabi=ilp32f -mcmodel=medany");
        assert_eq!(of("riscv64imac-unknown-none-elf"), "-march=rv64imac -mabi=lp64 -mcmodel=medany");
        assert_eq!(of("riscv64gc-unknown-none-elf"), "-march=rv64gc -mabi=lp64d -mcmodel=medany");
    }
}
