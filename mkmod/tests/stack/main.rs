//! What programs need of their stacks: found as LLVM tells it, and held to by the build.

mod programs;

use std::collections::{BTreeMap, BTreeSet};

use mkmod::module::Module;
use mkmod::stack::{self, Input};

use programs::{Built, examples, program};

/// LLVM says with `-C remark=prologepilog` how large the frame of each function is.
fn remarks(messages: &str) -> BTreeMap<&str, BTreeSet<u64>> {
    let mut frames: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
    for line in messages.lines() {
        let remark = line.split_once("prologepilog (analysis): ").map(|(_, remark)| remark);
        let Some((bytes, function)) = remark.and_then(|remark| remark.split_once(" stack bytes in function '")) else {
            continue;
        };
        let name = function.trim_end_matches('\'');
        frames.entry(name).or_default().insert(bytes.parse().unwrap());
    }
    frames
}

/// Compares the frames of all functions of the examples that LLVM has compiled with the program: those of
/// `compiler_builtins` come as machine code.
fn frames_are_llvms(built: &Built) {
    let remarks = remarks(&built.messages);
    let mut compared = 0;
    for path in &built.modules {
        let (module, elf) = (std::fs::read(path).unwrap(), std::fs::read(path.with_extension("")).unwrap());
        let module = Module::parse("example.mo", &module).unwrap();
        let imports = module.imports.iter().map(|import| import.name.as_str()).collect();
        let input = Input { name: "example.mo", program: &elf, imports: &imports, stack_bytes: None };
        for (function, bytes) in stack::frames(input).unwrap() {
            let Some(llvm) = remarks.get(function.as_str()) else { continue };
            assert!(llvm.contains(&bytes), "{}: {function} has {bytes} bytes, LLVM says {llvm:?}", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 100, "{compared} functions");
}

#[test]
fn frames_are_those_of_llvm_on_thumb() {
    frames_are_llvms(examples("thumbv7m-none-eabi"));
}

#[test]
fn frames_are_those_of_llvm_on_riscv32() {
    frames_are_llvms(examples("riscv32imac-unknown-none-elf"));
}

#[test]
fn frames_are_those_of_llvm_on_riscv64() {
    frames_are_llvms(examples("riscv64imac-unknown-none-elf"));
}

/// The examples whose `main` has no proven need: `plugin` calls a function of another module.
const UNPROVEN: [&str; 1] = ["plugin"];

#[test]
fn the_needs_of_examples_are_proven() {
    let (mut open, mut reports) = (BTreeMap::new(), String::new());
    for path in &examples("thumbv7m-none-eabi").modules {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let report = stack::open(path, None).unwrap();
        let is_open = |entry: &&stack::Entry| {
            [&entry.without_panics, &entry.with_panics].iter().any(|way| way.need.proven().is_none())
        };
        let entries: Vec<String> = report.entries.iter().filter(is_open).map(|entry| entry.name.clone()).collect();
        if !entries.is_empty() {
            reports += &format!("{name}: {report}\n");
            open.insert(name.to_owned(), entries);
        }
    }
    let expected = UNPROVEN.map(|name| (name.to_owned(), vec!["main".to_owned()]));
    assert_eq!(open, BTreeMap::from(expected), "{reports}");
}

#[test]
fn a_frame_larger_than_the_stack_is_refused_with_the_way_to_it() {
    let text = program("bigframe").unwrap_err();
    assert!(text.contains("bigframe.mo: its main thread needs 6"), "{text}");
    assert!(text.contains("and has 1024; allow it `stack = 6"), "{text}");
    assert!(text.contains("  main\n"), "{text}");
    assert!(text.contains("  rttm_print (kernel)\n"), "{text}");
    let text = program("pnoret").unwrap_err();
    assert!(text.contains("pnoret.mo: its main thread needs 3"), "{text}");
}

/// Its three calls go through a register, so there is no branch to it.
#[test]
fn a_function_of_the_kernel_that_is_called_by_its_address_counts() {
    let report = stack::open(&program("lines").unwrap(), None).unwrap();
    let main = report.on_its_stack().next().unwrap();
    assert!(main.with_panics.need.proven().is_some(), "{report}");
    assert!(report.to_string().contains("  rttm_print (kernel)\n"), "{report}");
}

#[test]
fn what_formats_floats_counts() {
    let text = program("float512").unwrap_err();
    assert!(text.contains("and has 512;"), "{text}");
    assert!(text.contains("float"), "{text}");
}

#[test]
fn what_is_called_in_interrupts_keeps_to_its_budget() {
    let text = program("interrupt").unwrap_err();
    assert!(text.contains("interrupt.mo: interrupt::main::{{closure}} (src/bin/interrupt.rs:"), "{text}");
    assert!(text.contains("of the stack of interrupts; `max-interrupt-stack` allows 1024;"), "{text}");
    assert!(text.contains("float"), "{text}");
    let report = stack::open(&program("wakes").unwrap(), None).unwrap();
    assert!(report.to_string().contains("interrupt wakes"), "{report}");
}

#[test]
fn a_recursion_in_an_interrupt_is_refused_unless_its_package_allows_it() {
    let refusal = |name: &str, cycle: &str| {
        let text = program(name).unwrap_err();
        let place = format!("error: {name}.mo: {name}::");
        assert!(text.contains(&place), "{text}");
        assert!(
            text.contains(&format!("may use up the stack of interrupts, which stops the kernel: {cycle}")),
            "{text}"
        );
        assert!(text.contains("set `max-interrupt-stack = \"unlimited\"` in `[package.metadata.mkmod]`"), "{text}");
    };
    refusal("recurs", "recurs::deep calls itself");
    refusal("rings", "<rings::Right as rings::Step>::next calls itself");
    refusal("boxed", "core::ptr::drop_in_place<");
    program("endless").unwrap();
}

#[test]
fn what_is_usual_in_an_interrupt_needs_no_setting() {
    program("ordinary").unwrap();
    let text = program("floats").unwrap_err();
    assert!(text.contains("bytes of the stack of interrupts, and 2048 are usual"), "{text}");
}

#[test]
fn a_stack_left_to_the_linker_is_what_is_needed() {
    let module = program("left").unwrap();
    let report = stack::open(&module, None).unwrap();
    let needed = report.on_its_stack().next().unwrap().with_panics.need.proven().unwrap();
    let stack_bytes = u64::from(report.stack_bytes.unwrap());
    assert!(
        needed > 6000 && (needed..needed + 64).contains(&stack_bytes),
        "{needed} bytes needed, {stack_bytes} asked"
    );
    let bytes = std::fs::read(&module).unwrap();
    let parsed = Module::parse("left.mo", &bytes).unwrap();
    let note = parsed.complete_note().unwrap();
    assert_eq!(u64::from(note.stack_bytes), stack_bytes);
    // Its large frame is that of `main`, far from the end of the stack.
    assert!(note.stack_is_proven && note.largest_frame < 1000, "{note:?}");
    // What the module gives the kernel.
    let in_app = u32::try_from(stack_bytes).unwrap().to_le_bytes();
    assert_eq!(bytes.windows(4).filter(|word| *word == in_app).count(), 1);
}

#[test]
fn without_a_proof_the_stack_is_the_usual_one() {
    let report = stack::open(&program("deep").unwrap(), None).unwrap();
    assert_eq!(report.stack_bytes, Some(4096));
    assert!(report.to_string().contains("deep::deep calls itself"), "{report}");
    let bytes = std::fs::read(program("deep").unwrap()).unwrap();
    let parsed = Module::parse("deep.mo", &bytes).unwrap();
    assert!(!parsed.complete_note().unwrap().stack_is_proven);
}
