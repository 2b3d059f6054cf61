//! What the budgets of a package refuse.

use std::fs;
use std::path::{Path, PathBuf};

use mkmod::budget;
use mkmod::manifest::Settings;
use mkmod::size::Files;

use crate::program::Program;

/// What is said to `program`, in a package that has `line` in its settings.
fn refusal(line: &str, program: &Program, previous: &[PathBuf]) -> Option<String> {
    let manifest = format!("[package.metadata.mkmod]\n{line}\n");
    let settings = Settings::parse(Path::new("Cargo.toml"), &manifest).unwrap();
    let (module, program) = (program.module(), program.elf());
    let files = Files { module_name: "hello.mo", module: &module, program_name: "hello", program: &program };
    budget::check(files, &settings, previous).err().map(|error| error.to_string())
}

/// A folder with what the last build has made.
fn last_build() -> (tempfile::TempDir, [PathBuf; 2]) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("hello.mo"), Program::hello().module()).unwrap();
    fs::write(path("hello"), Program::hello().elf()).unwrap();
    let paths = [path("gone.mo"), path("hello.mo")];
    (folder, paths)
}

#[test]
fn within_its_budgets_a_module_is_built() {
    assert_eq!(refusal("", &Program::hello(), &[]), None);
    let budgets = "max-resident = 236\nmax-file = \"4K\"\nmax-stack = \"2K\"";
    assert_eq!(refusal(budgets, &Program::hello(), &[]), None);
}

#[test]
fn past_a_budget_it_is_told_what_has_grown() {
    let (_folder, previous) = last_build();
    let budgets = "max-resident = 200\nmax-file = 400\nmax-stack = \"1K\"";
    insta::assert_snapshot!(refusal(budgets, &Program::that_has_grown(), &previous).unwrap());
}

#[test]
fn without_a_build_before_it_is_told_what_is_largest() {
    insta::assert_snapshot!(refusal("max-resident = 200", &Program::that_has_grown(), &[]).unwrap());
}

#[test]
fn where_nothing_has_grown_it_is_told_what_is_largest() {
    let (_folder, previous) = last_build();
    let told = refusal("max-resident = 200", &Program::hello(), &previous).unwrap();
    assert!(told.contains("the largest functions:"), "{told}");
}

#[test]
fn a_stack_has_nothing_to_do_with_functions() {
    insta::assert_snapshot!(refusal("max-stack = 1024", &Program::hello(), &[]).unwrap());
}
