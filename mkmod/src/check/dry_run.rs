//! A dry run of the load at several addresses: by our loader, and for kernels without it by dlmodule as well.

use super::{Case, Cause, Finding, dlmodule};
use crate::machine::Machine;
use crate::symbols::{Loader, Profile};
use loader::{CortexA, CortexM, Isa, Module, Problem, RelocationFault, Riscv64, SegmentFault, SymbolFault, TableFault};
use object::elf::RelocationType;

/// Addresses of the image: in the RAM of a Cortex-M, in external RAM, in the RAM of a vexpress-a9 and of QEMU's RISC-V, and
/// just below the end of 32-bit addresses.
const BASES: [u64; 5] = [0x2000_0108, 0x2100_0000, 0x6001_2340, 0x8020_0008, 0xfff0_0000];
/// The largest image in bytes: no kernel has more memory. The `rt_malloc` of dlmodule rounds sizes near 4 GiB up to 0.
const IMAGE_MAX: u32 = 16 << 20;

/// Loads the module. The imports that are missing are reported by [`super::imports`].
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let kernel = case.kernel.processor.map(|processor| processor.profile);
    match (case.module.machine, kernel.or(case.module.profile())) {
        (Machine::Riscv64, _) => load::<Riscv64>(case),
        (Machine::Arm, Some(Profile::Microcontroller)) => load::<CortexM>(case),
        (Machine::Arm, _) => load::<CortexA>(case),
    }
}

/// Verifies the tables, and the code for that kind of core.
pub fn structure(bytes: &[u8], profile: Option<Profile>) -> Vec<Finding> {
    match (Machine::of_header(bytes), profile) {
        (Machine::Riscv64, _) => verify::<Riscv64>(bytes),
        (Machine::Arm, Some(Profile::Microcontroller)) => verify::<CortexM>(bytes),
        (Machine::Arm, _) => verify::<CortexA>(bytes),
    }
}

fn verify<I: Isa>(bytes: &[u8]) -> Vec<Finding> {
    let mut findings = vec![];
    if let Ok(module) = Module::<_, I>::read(bytes) {
        let _ = module.verify(&mut |problem| findings.push(finding(&module, problem)));
    }
    findings
}

fn load<I: Isa>(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    let Ok(module) = Module::<_, I>::read(case.subject.bytes) else { return findings };
    let Ok(verified) = module.verify(&mut |problem| findings.push(finding(&module, problem))) else { return findings };
    if verified.image_size() > IMAGE_MAX {
        let (bytes, most) = (verified.image_size(), IMAGE_MAX);
        let help = "make its variables or its heap smaller";
        return vec![Finding::new(Cause::ImageSize { bytes, most }).help(help)];
    }
    let kernel = |name: &loader::Name| {
        let name = std::str::from_utf8(name.as_bytes()).ok()?;
        Some(case.kernel.exports.get(name).copied().unwrap_or(1))
    };
    for base in BASES {
        let base = base.next_multiple_of(verified.alignment().into());
        let mut image = vec![0; usize::try_from(verified.image_size()).unwrap_or_default()];
        let _ = verified.place(&mut image, base, &kernel, &mut |problem| findings.push(finding(&module, problem)));
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
fn finding<S: loader::Source, I: Isa>(module: &Module<S, I>, problem: &Problem) -> Finding {
    let machine = if I::MACHINE == Machine::Riscv64.number() { Machine::Riscv64 } else { Machine::Arm };
    let (cause, help) = match *problem {
        Problem::Relocation { place, kind, symbol, fault } => {
            let symbol = symbol.map(|symbol| symbol.to_string());
            let kind_name = machine.relocation_name(RelocationType(kind));
            (Cause::Relocation { kind: kind_name, place, symbol, fault }, relocation_mend(machine, kind, fault))
        }
        Problem::Section { index, fault } => {
            let section = module.sections().get(index).ok().flatten();
            let name = section.and_then(|section| module.section_name(&section).ok().flatten());
            let name = name.map_or(format!("section {index}"), |name| format!("section `{name}`"));
            (Cause::Section { name, fault }, section_mend(fault))
        }
        _ => (Cause::Structure(*problem), structure_mend(problem)),
    };
    Finding::new(cause).help(help)
}

const DAMAGED: &str = "the file is damaged: build it again, or copy it again";

fn relocation_mend(machine: Machine, kind: u32, fault: RelocationFault) -> &'static str {
    if fault != RelocationFault::Unsupported {
        return DAMAGED;
    }
    const COPY: &str = "it copies data of the kernel into the module; use it through a pointer, compiled with -fPIC";
    const INDIRECT: &str = "the function is chosen at load time (IFUNC); make it an ordinary function";
    const THREAD_LOCAL: &str = "thread-local variables can't be had; use a static";
    match (machine, kind) {
        (Machine::Arm, 20) | (Machine::Riscv64, 4) => COPY,
        (Machine::Arm, 160) | (Machine::Riscv64, 58) => INDIRECT,
        (Machine::Arm, 13 | 17..=19 | 90..=93 | 104..=111 | 129 | 130) | (Machine::Riscv64, 6..=12) => THREAD_LOCAL,
        _ => "the code is not position-independent: link with mkmod-ld, compile C with -fPIC",
    }
}

fn section_mend(fault: TableFault) -> &'static str {
    match fault {
        TableFault::Constructors => "call these functions from `main`",
        TableFault::WithoutAddends => "link with relocations of the form RELA (-z rela)",
        TableFault::WithAddends => "link with relocations of the form REL (-z rel)",
        TableFault::PastTheEnd { .. } => "the file was cut: copy it again",
        _ => DAMAGED,
    }
}

fn structure_mend(problem: &Problem) -> &'static str {
    match problem {
        Problem::Segment { fault: SegmentFault::ThreadLocal, .. }
        | Problem::Symbol { fault: SymbolFault::ThreadLocal, .. } => "use a static in place of thread-local variables",
        Problem::Symbol { fault: SymbolFault::Indirect, .. } => "make it an ordinary function",
        Problem::Segment { fault: SegmentFault::PastTheEnd { .. }, .. } | Problem::Read(_) => {
            "the file was cut: copy it again"
        }
        Problem::Symbol { fault: SymbolFault::NoCode(_), .. } => "compile for the kernel's core",
        Problem::Entry(_) => "name the entry with `-e main`, and compile for the kernel's core",
        _ => DAMAGED,
    }
}
