//! What `mkmod size` tells, and what a package's budgets refuse.

#[path = "../support/mod.rs"]
mod support;

mod budget;
mod program;

use std::fs;
use std::path::Path;

use mkmod::size::{self, Files, Report, SizeError};
use program::Program;
use support::module::Module;

fn measured(program: &Program) -> Result<Report, SizeError> {
    let (module, program) = (program.module(), program.elf());
    size::measure(Files { module_name: "hello.mo", module: &module, program_name: "hello", program: &program }, None)
}

#[test]
fn a_program() {
    let report = measured(&Program::hello()).unwrap();
    insta::assert_snapshot!(report);
    insta::assert_snapshot!("a_program_as_json", serde_json::to_string_pretty(&report).unwrap());
}

#[test]
fn what_is_costly_is_told_with_who_uses_it() {
    insta::assert_snapshot!(measured(&Program::that_has_grown()).unwrap());
}

#[test]
fn the_smaller_functions_are_summed_up() {
    insta::assert_snapshot!(measured(&Program::hello()).unwrap().text(3));
}

#[test]
fn without_relocations_nothing_tells_who_uses_it() {
    let program = Program { emits_relocations: false, ..Program::hello() };
    insta::assert_snapshot!(measured(&program).unwrap());
}

#[test]
fn every_table_adds_up_to_what_is_resident() {
    for program in [Program::hello(), Program::that_has_grown()] {
        let report = measured(&program).unwrap();
        let kinds = report.split;
        assert_eq!(report.crates.iter().map(|row| row.bytes).sum::<u64>(), report.resident);
        assert_eq!(report.functions.iter().map(|row| row.bytes).sum::<u64>(), report.resident);
        assert_eq!(kinds.text + kinds.rodata + kinds.data + kinds.bss, report.resident);
    }
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    let mut program = Program::that_has_grown();
    program.functions[3].2 = "a_function_with_a_name_that_says_so_much_about_it_that_it_could_be_its_documentation_too";
    program.references[0].1 = program.functions[3].2;
    let text = measured(&program).unwrap().to_string();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn files_that_tell_nothing_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let hello = Program::hello();
    file("alone.mo", &hello.module());
    file("text.mo", &hello.module());
    file("text", b"Things to do\n");
    file("other.mo", &hello.module());
    file("other", &Program { build_id: [9; 8], ..hello.clone() }.elf());
    file("stripped.mo", &hello.module());
    file(
        "stripped",
        &Program { functions: vec![], constants: vec![], variables: vec![], emits_relocations: false, ..hello.clone() }
            .elf(),
    );
    let mut gcc = Module::hello();
    gcc.note = None;
    file("gcc.mo", &gcc.build());
    file("gcc", &hello.elf());
    file("lost", &hello.elf());

    let refusals = ["alone.mo", "text.mo", "other", "stripped", "gcc", "lost", "absent.mo"].map(|name| {
        let error = size::open(&folder.path().join(name), None).unwrap_err().to_string();
        error.replace(&format!("{}/", folder.path().display()), "")
    });
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn either_file_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("hello.mo"), Program::hello().module()).unwrap();
    fs::write(path("hello"), Program::hello().elf()).unwrap();
    let open = |path: &Path| size::open(path, None).unwrap();
    assert_eq!(open(&path("hello.mo")), open(&path("hello")));
}
