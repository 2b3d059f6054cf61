//! Code on the pages that is not Rust: C compiles, TOML parses, and commands that are not run exist.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use docs_test::{Page, pages, root};

/// The languages of code blocks. Each is looked at by one of these tests, but for pictures and plain text.
const LANGUAGES: &[&str] = &["c", "cmake", "console", "mermaid", "python", "rust", "sh", "text", "toml"];

/// Programs that a page may name and that nobody runs here: the firmware's tests build with SCons, those of the group
/// `c_programs` with make, and a debugger waits for its user.
const NOT_RUN: &[&str] = &["cd", "cmake", "echo", "gdb-multiarch", "make", "scons"];

#[test]
fn each_code_block_is_in_a_language_that_is_looked_at() {
    for page in pages().unwrap() {
        for block in &page.blocks {
            assert!(LANGUAGES.contains(&block.language.as_str()), "{}: `{}`", page.path.display(), block.language);
        }
    }
}

#[test]
fn c_code_compiles() {
    for page in &pages().unwrap() {
        page.blocks_in("c").for_each(|block| compile(page, &block.code));
    }
}

/// A page shows what a user copies; the same lines are in a file that a test builds with.
#[test]
fn build_scripts_are_those_of_a_test() {
    for (language, file) in
        [("cmake", "kernel-glue/CMakeLists.txt"), ("python", "tests/firmware/bsp/packages/SConscript")]
    {
        let script = fs::read_to_string(root().join(file)).unwrap();
        for page in &pages().unwrap() {
            for line in page.blocks_in(language).flat_map(|block| block.code.lines()) {
                assert!(script.contains(line), "{}: `{line}` is not in {file}", page.path.display());
            }
        }
    }
}

#[test]
fn toml_parses_and_mkmod_knows_its_settings() {
    for page in &pages().unwrap() {
        for block in page.blocks_in("toml") {
            let name = page.path.display();
            let manifest: toml::Table = block.code.parse().unwrap_or_else(|error| panic!("{name}: {error}"));
            // A page may show cargo's own configuration, too.
            let Some(package) = manifest.get("package") else { continue };
            let settings = package["metadata"]["mkmod"].clone();
            let _: mkmod::manifest::Settings = settings.try_into().unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}

#[test]
fn commands_that_are_not_run_exist() {
    let mut helps = Helps::default();
    for page in &pages().unwrap() {
        for line in page.blocks_in("sh").flat_map(|block| block.code.lines()) {
            let fault = fault(line, &mut helps);
            assert!(fault.is_none(), "{}: `{line}`: {}", page.path.display(), fault.unwrap_or_default());
        }
    }
}

fn compile(page: &Page, code: &str) {
    let mut compiler = Command::new("cc");
    compiler.args(["-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-function", "-Werror", "-xc", "-I"]);
    compiler.arg(root().join("kernel-glue/include")).arg("-I").arg(root().join("mkmod/c/include"));
    compiler.arg("-").stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut compiler = compiler.spawn().expect("Rust has brought a C compiler");
    compiler.stdin.take().unwrap().write_all(code.as_bytes()).unwrap();
    let output = compiler.wait_with_output().unwrap();
    assert!(output.status.success(), "{}: {}", page.path.display(), String::from_utf8_lossy(&output.stderr));
}

/// What is wrong with a line of a shell script, if anything is.
fn fault(line: &str, helps: &mut Helps) -> Option<String> {
    let line = line.split(" #").next().unwrap_or_default();
    let words: Vec<_> = line.split_whitespace().skip_while(|word| is_assignment(word)).collect();
    match words[..] {
        [] => None,
        ["export", assignment] if is_assignment(assignment) => None,
        // What they do in an application is a test of mkmod's.
        ["cargo", "build" | "pc" | "run" | "t", ..] => None,
        ["cargo", "xtask", subcommand, ..] => unknown_option(helps.of("xtask", subcommand), &words),
        ["cargo", "test" | "install" | "rustc" | "fmt" | "clippy", ..] => missing_package(&words),
        ["mkmod", subcommand, ..] => unknown_option(helps.of("mkmod", subcommand), &words),
        ["python3", script, ..] => (!root().join(script).is_file()).then(|| format!("there is no `{script}`")),
        [program, ..] => (!NOT_RUN.contains(&program)).then(|| format!("nobody looks at `{program}`")),
    }
}

fn is_assignment(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_'))
}

/// The help texts of subcommands, by program and subcommand; an error's text for one that the program does not know.
#[derive(Default)]
struct Helps(BTreeMap<(String, String), Result<String, String>>);

impl Helps {
    fn of(&mut self, program: &str, subcommand: &str) -> &Result<String, String> {
        self.0.entry((program.to_owned(), subcommand.to_owned())).or_insert_with(|| {
            let output =
                cargo().args(["run", "--quiet", "--bin", program, "--", subcommand, "--help"]).output().unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
        })
    }
}

/// An option that the program's help does not have, or a subcommand that it does not know.
fn unknown_option(help: &Result<String, String>, words: &[&str]) -> Option<String> {
    let text = match help {
        Ok(text) => text,
        Err(error) => return Some(error.clone()),
    };
    let option = words.iter().find(|word| word.starts_with("--") && !text.contains(**word))?;
    Some(format!("there is no `{option}`"))
}

/// A package or a path that is not there.
fn missing_package(words: &[&str]) -> Option<String> {
    let option = |name: &str| words.iter().position(|word| *word == name).and_then(|at| words.get(at + 1));
    if let Some(path) = option("--path") {
        let path = path.strip_prefix("rtt-mod/").unwrap_or(path);
        return (!root().join(path).join("Cargo.toml").exists()).then(|| format!("there is no `{path}`"));
    }
    let package = option("-p")?;
    let known = cargo().args(["pkgid", "--package", package]).output().unwrap().status.success();
    (!known).then(|| format!("there is no package `{package}`"))
}

fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(Path::new(&root()));
    cargo
}
