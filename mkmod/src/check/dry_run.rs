//! A dry run of the load at several addresses: by our loader, and for kernels without it by dlmodule as well.

use super::{Case, Finding, dlmodule};
use crate::machine::Machine;
use crate::symbols::{Loader, Profile};
use format::elf::{R_ARM_COPY, R_ARM_IRELATIVE, R_RISCV_COPY, R_RISCV_IRELATIVE};
use format::{Code, CortexA, CortexM, Diagnostic, Isa, Name, Riscv32, Riscv64, Source, Subject};
use loader::Module;

/// Addresses of the image: in the RAM of a Cortex-M, in external RAM, in the RAM of a vexpress-a9 and of QEMU's RISC-V, and
/// just below the end of 32-bit addresses.
const BASES: [u64; 5] = [0x2000_0108, 0x2100_0000, 0x6001_2340, 0x8020_0008, 0xfff0_0000];
/// The largest image in bytes: no kernel has more memory. The `rt_malloc` of dlmodule rounds sizes near 4 GiB up to 0.
const IMAGE_MAX: u32 = 16 << 20;

/// Loads the module. The imports that are missing are reported by [`super::imports`].
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let kernel = case.kernel.processor.map(|processor| processor.profile);
    match (case.module.machine, kernel.or(case.module.profile())) {
        (Machine::Riscv32, _) => load::<Riscv32>(case),
        (Machine::Riscv64, _) => load::<Riscv64>(case),
        (Machine::Arm, Some(Profile::Microcontroller)) => load::<CortexM>(case),
        (Machine::Arm, _) => load::<CortexA>(case),
    }
}

/// Verifies the tables, and the code for that kind of core.
pub fn structure(bytes: &[u8], profile: Option<Profile>) -> Vec<Finding> {
    match (Machine::of_header(bytes), profile) {
        (Machine::Riscv32, _) => verify::<Riscv32>(bytes),
        (Machine::Riscv64, _) => verify::<Riscv64>(bytes),
        (Machine::Arm, Some(Profile::Microcontroller)) => verify::<CortexM>(bytes),
        (Machine::Arm, _) => verify::<CortexA>(bytes),
    }
}

/// Finds the tables, without which nothing else can be said of the module.
pub fn tables(bytes: &[u8]) -> Vec<Finding> {
    match Machine::of_header(bytes) {
        Machine::Arm => find_tables::<CortexM>(bytes),
        Machine::Riscv32 => find_tables::<Riscv32>(bytes),
        Machine::Riscv64 => find_tables::<Riscv64>(bytes),
    }
}

fn find_tables<I: Isa>(bytes: &[u8]) -> Vec<Finding> {
    let mut findings = vec![];
    let _ = open::<I>(bytes, &mut findings);
    findings
}

/// The module with its tables, unless something is wrong with them.
fn open<'b, I: Isa>(bytes: &'b [u8], findings: &mut Vec<Finding>) -> Option<Module<&'b [u8], I>> {
    let mut module = Module::<_, I>::read(bytes).ok()?;
    let mut problems = vec![];
    let is_found = module.find_tables(&mut |problem| problems.push(problem.clone())).is_ok();
    findings.extend(problems.iter().map(|problem| finding(&module, problem)));
    is_found.then_some(module)
}

fn verify<I: Isa>(bytes: &[u8]) -> Vec<Finding> {
    let mut findings = vec![];
    if let Some(module) = open::<I>(bytes, &mut findings) {
        let _ = module.verify(&mut |problem| findings.push(finding(&module, problem)));
    }
    findings
}

fn load<I: Isa>(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    let Some(module) = open::<I>(case.subject.bytes, &mut findings) else { return findings };
    let Ok(verified) = module.verify(&mut |problem| findings.push(finding(&module, problem))) else { return findings };
    if verified.image_size() > IMAGE_MAX {
        let (size, most) = (verified.image_size().into(), IMAGE_MAX.into());
        return vec![Finding::of_structure(Diagnostic::new("the image".into(), Code::TooLarge { size, most }))];
    }
    let kernel = |name: &Name| {
        let name = std::str::from_utf8(name.as_bytes()).ok()?;
        Some(case.kernel.exports.get(name).copied().unwrap_or(1))
    };
    for base in BASES {
        let base = base.next_multiple_of(verified.alignment().into());
        let mut image = vec![0; usize::try_from(verified.image_size()).unwrap_or_default()];
        let placed = verified.place(&mut image, base, &kernel, &mut |problem| findings.push(finding(&module, problem)));
        if placed.is_err() {
            break;
        }
        if case.loader == Loader::Dlmodule
            && let Some(finding) = dlmodule::dry_run(case, base, &image)
        {
            findings.push(finding);
            break;
        }
    }
    findings
}

/// Adds names and help. The loader reports numbers of sections and relocation types, since names would take ROM.
fn finding<S: Source, I: Isa>(module: &Module<S, I>, diagnostic: &Diagnostic) -> Finding {
    let machine = Machine::of_isa::<I>();
    let told = match &diagnostic.subject {
        Subject::Relocation { place, kind, symbol } => {
            let name = machine.relocation_name(*kind);
            let symbol = symbol.get().map(|symbol| format!(" for `{symbol}`")).unwrap_or_default();
            let code = if diagnostic.code == Code::Unsupported { unsupported(machine, *kind) } else { diagnostic.code };
            Diagnostic::new(format!("the relocation {name} at {place:#x}{symbol}"), code)
        }
        Subject::Section(index) => {
            let section = module.sections().get(*index).ok().flatten();
            let name = section.and_then(|section| module.section_name(&section).ok().flatten());
            diagnostic.about(name.map_or(diagnostic.subject.to_string(), |name| format!("section `{name}`")))
        }
        subject => diagnostic.about(subject.to_string()),
    };
    Finding::of_structure(told)
}

/// What a relocation of that type would be needed for.
fn unsupported(machine: Machine, kind: u32) -> Code {
    match (machine, kind) {
        (Machine::Arm, R_ARM_COPY) => Code::UnsupportedCopy,
        (Machine::Arm, R_ARM_IRELATIVE) => Code::UnsupportedIndirect,
        (Machine::Arm, 13 | 17..=19 | 90..=93 | 104..=111 | 129 | 130) => Code::UnsupportedThreadLocal,
        (Machine::Arm, _) => Code::Unsupported,
        (Machine::Riscv32 | Machine::Riscv64, R_RISCV_COPY) => Code::UnsupportedCopy,
        (Machine::Riscv32 | Machine::Riscv64, R_RISCV_IRELATIVE) => Code::UnsupportedIndirect,
        (Machine::Riscv32 | Machine::Riscv64, 6..=12) => Code::UnsupportedThreadLocal,
        (Machine::Riscv32 | Machine::Riscv64, _) => Code::Unsupported,
    }
}
