//! `mkmod cc` and `mkmod c++`: programs in C and C++ for the kernel of each board.

use std::error::Error;
use std::path::{Path, PathBuf};

use e2e::{Fixture, Session, card_with};
use setup::process;

use super::{TestResult, Tests, cases};

pub const TESTS: Tests = &[
    ("a_program_in_c_uses_the_abi_and_the_c_library", words),
    ("a_program_in_cxx_has_virtuals_templates_and_static_objects", shapes),
    ("constructors_run_in_their_order", |fixture| {
        let texts = "module_init: 0\nmain: 42\na destructor: 43\nthe last destructor: 44\nmodule_cleanup: 45\n";
        case(fixture, "ctor", &[texts, "exit code 42\n"])
    }),
    ("a_weak_function_that_the_kernel_lacks_is_null", |fixture| case(fixture, "weak", &["no hook\n", "exit code 0\n"])),
    ("a_variable_may_have_any_alignment", |fixture| case(fixture, "aligned", &["aligned: 1 1 1\n", "exit code 0\n"])),
    ("what_stands_in_for_the_c_library_does_its_work", |fixture| {
        case(fixture, "libc", &["all is as in the C library\n", "exit code 0\n"])
    }),
    ("a_killed_module_that_copies_what_looks_like_code_does_no_harm", copies_code),
    ("an_assertion_that_fails_ends_the_module", |fixture| {
        case(fixture, "asserts", &["asserts.c:7: main: assertion `argc > 1` failed\n", "exit code 101\n"])
    }),
];

/// Only on the default board: it takes `make`.
pub const MAKE_TESTS: Tests = &[("a_makefile_builds_for_a_kernel", make)];

fn words(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("words.mo");
    compile(fixture, "cc", "examples/c/words.c", &module)?;
    let mut session = boot(fixture, &module)?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run words a b a")?.prints("   1 b\n   2 a\nexit code 0\n")?;
        session.uses(before)?;
    }
    Ok(())
}

fn shapes(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("shapes.mo");
    compile(fixture, "c++", "examples/cpp/shapes.cpp", &module)?;
    let mut session = boot(fixture, &module)?;
    let before = session.settled_memory()?;
    let lines = "the collection is made\nthe first line of the log\nsquare: 9\nrectangle: 6\nsum: 15\n\
                 the log had 2 lines\nthe collection is gone, with 2 objects\nexit code 0\n";
    for _ in 0..2 {
        session.run("mod run shapes 3")?.prints(lines)?;
        session.uses(before)?;
    }
    Ok(())
}

/// `tests/cases/c/NAME.c` prints all of `texts`, twice, with the heap as before after each.
fn case(fixture: &Fixture, name: &str, texts: &[&str]) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join(name).with_extension("mo");
    compile(fixture, "cc", &format!("tests/cases/c/{name}.c"), &module)?;
    let mut session = boot(fixture, &module)?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run(&format!("mod run {name}"))?.prints_all(texts)?;
        session.uses(before)?;
    }
    Ok(())
}

fn copies_code(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("moves.mo");
    compile(fixture, "cc", "tests/cases/c/moves.c", &module)?;
    cases::killed_in_copy(fixture, &module)
}

fn make(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    for (source, module, run, text) in
        [("c/words.c", "words.mo", "words x", "   1 x\n"), ("cpp/shapes.cpp", "shapes.mo", "shapes", "sum: 6\n")]
    {
        let source = fixture.source("examples").join(source);
        std::fs::copy(&source, folder.path().join(source.file_name().unwrap_or_default()))?;
        std::fs::copy(source.with_file_name("Makefile"), folder.path().join("Makefile"))?;
        let mut make = std::process::Command::new("make");
        make.arg("-C").arg(folder.path());
        make.arg(format!("MKMOD={}", fixture.mkmod.command().get_program().to_string_lossy()));
        process::run(make.arg(format!("KERNEL={}", fixture.firmware.elf.display())))?;
        let mut session = boot(fixture, &folder.path().join(module))?;
        session.run(&format!("mod run {run}"))?.prints(text)?;
    }
    Ok(())
}

/// Compiles and links `source` to `module` without a warning.
fn compile(fixture: &Fixture, compiler: &str, source: &str, module: &Path) -> Result<(), process::Error> {
    let mut mkmod = fixture.mkmod.command();
    mkmod.arg(compiler).arg("--kernel").arg(&fixture.firmware.elf).args(["-Os", "-Wall", "-Wextra", "-Werror"]);
    // Messages have the names of files without folders.
    mkmod.arg(format!("-fmacro-prefix-map={}/=", fixture.source(source).parent().unwrap_or(Path::new("")).display()));
    process::run(mkmod.arg(fixture.source(source)).arg("-o").arg(module))
}

/// Boots with the module on the card, and runs another one first.
fn boot(fixture: &Fixture, module: &Path) -> Result<Session, Box<dyn Error>> {
    let modules: [PathBuf; 2] = [fixture.module("status")?.clone(), module.into()];
    let mut session = fixture.boot_with(&card_with(&modules)?)?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    Ok(session)
}
