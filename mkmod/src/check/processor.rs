//! Whether the kernel's processor runs the module's code, and both pass floating-point numbers in the same way.

use super::{Case, Cause, Finding};
use crate::elf::flags::{EF_ARM_ABI_FLOAT_HARD, EF_ARM_ABI_FLOAT_SOFT, EF_ARM_EABI_MASK, EF_ARM_EABI_VER5};
use crate::machine::Machine;
use crate::symbols::{FloatAbi, Processor, Profile};

/// Compares module and kernel.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = flags(case);
    let kernel = || case.kernel.name.clone();
    match (case.module.processor, case.kernel.processor) {
        (Some(module), Some(runs)) => findings.extend(compare(case, module, runs)),
        (_, None) => findings.push(
            Finding::new(Cause::UnknownKernel { kernel: kernel() })
                .help("give the kernel's ELF file, or a text that `mkmod symbols` has made of it"),
        ),
        (None, Some(_)) => findings.push(Finding::new(Cause::UnknownModule)),
    }
    findings
}

fn flags(case: &Case<'_>) -> Vec<Finding> {
    match case.module.machine {
        Machine::Arm => arm_flags(case),
        Machine::Riscv32 | Machine::Riscv64 => riscv_flags(case),
    }
}

/// They tell how numbers are passed, as does the name of the target.
fn riscv_flags(case: &Case<'_>) -> Vec<Finding> {
    let target = case.module.complete_note().map(|note| note.target.clone()).unwrap_or_default();
    let said = Processor::of_target(&target);
    if said.is_none() || said == case.module.processor {
        return vec![];
    }
    vec![Finding::new(Cause::FlagsContradict { flags: case.module.flags, target }).help("build it again")]
}

fn arm_flags(case: &Case<'_>) -> Vec<Finding> {
    let flags = case.module.flags;
    if flags & EF_ARM_EABI_MASK != EF_ARM_EABI_VER5 {
        return vec![Finding::new(Cause::Flags { flags }).help("compile with a toolchain for arm-none-eabi")];
    }
    // A file that says both is for hard float: the kernel looks at that alone.
    let told = if flags & EF_ARM_ABI_FLOAT_HARD != 0 {
        Some(FloatAbi::Hard)
    } else {
        (flags & EF_ARM_ABI_FLOAT_SOFT != 0).then_some(FloatAbi::Soft)
    };
    match (told, case.module.processor, case.module.complete_note()) {
        (Some(told), Some(processor), Some(note)) if told != processor.float_abi => {
            vec![Finding::new(Cause::FlagsContradict { flags, target: note.target.clone() }).help("build it again")]
        }
        (Some(told), None, _) => {
            case.kernel.processor.map(|runs| float_abi(case, told, runs)).into_iter().flatten().collect()
        }
        _ => vec![],
    }
}

fn compare(case: &Case<'_>, module: Processor, runs: Processor) -> Vec<Finding> {
    let kernel = || case.kernel.name.clone();
    let mut findings = vec![];
    let is_same_kind = module.profile == runs.profile;
    if !is_same_kind || !module.architecture.is_part_of(runs.architecture) {
        let cause = Cause::Architecture { module: module.to_string(), kernel: kernel(), runs: runs.to_string() };
        findings.push(Finding::new(cause).help(format!("build it with `--target {}`", runs.target())));
    }
    if let Some(finding) = float_abi(case, module.float_abi, runs) {
        findings.push(finding);
    } else if module.float_unit && !runs.float_unit {
        findings.push(Finding::new(Cause::FloatUnit { kernel: kernel() }).help("build it without the FPU"));
    }
    if runs.profile == Profile::Microcontroller && is_same_kind {
        findings.extend(arm_code(case));
    }
    findings
}

fn float_abi(case: &Case<'_>, module: FloatAbi, runs: Processor) -> Option<Finding> {
    let (kernel, target) = (case.kernel.name.clone(), runs.target());
    match (module, runs.float_abi) {
        (FloatAbi::Hard, FloatAbi::Soft) => {
            Some(Finding::new(Cause::HardFloat { kernel }).help(format!("build it with `--target {target}`")))
        }
        (FloatAbi::Soft, FloatAbi::Hard) => Some(
            Finding::new(Cause::SoftFloat { kernel })
                .help(format!("calls with floating-point arguments go wrong; build it with `--target {target}`")),
        ),
        _ => None,
    }
}

fn arm_code(case: &Case<'_>) -> impl Iterator<Item = Finding> {
    let functions = case.program.as_ref().map(super::program::Program::arm_functions).unwrap_or_default();
    let functions = functions.into_iter().map(|function| {
        Finding::new(Cause::ArmCode { function }).help("compile C and assembly with -mthumb, for the kernel's core")
    });
    functions.chain(arm_linkage_table(case))
}

/// lld before version 19 writes its procedure linkage table in ARM code, whatever the core.
fn arm_linkage_table(case: &Case<'_>) -> Option<Finding> {
    /// `str lr, [sp, #-4]!`, with which such a table begins.
    const HEAD: [u8; 4] = 0xe52d_e004_u32.to_le_bytes();
    let (name, section) = case.module.sections.iter().find(|(name, _)| name == ".plt")?;
    let code = case.subject.bytes.get(usize::try_from(section.offset).ok()?..)?;
    let finding = Finding::new(Cause::ArmCode { function: name.clone() });
    code.starts_with(&HEAD).then(|| finding.help("link with mkmod-ld, which needs no such table, or with GNU ld"))
}
