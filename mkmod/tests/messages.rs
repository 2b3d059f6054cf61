//! What a user reads who has made a mistake: cargo, rustc, rtt-mod and mkmod-ld in their own words.

mod app;
mod created;

use app::text;
use created::Application;

/// A program with these lines behind the usual ones.
fn program(lines: &str) -> String {
    format!("#![no_std]\n#![cfg_attr(target_os = \"none\", no_main)]\n{lines}\n")
}

/// The errors of a build, without the places in the source and the arguments of the linker.
fn errors(application: &Application, arguments: &[&str]) -> String {
    let output = application.cargo(arguments);
    assert!(!output.status.success(), "{}", text(&output));
    let is_told = |line: &&str| {
        let line = line.trim_start_matches([' ', '=']);
        ["error", "note: error", "help", "note: the `thumb"].iter().any(|begin| line.starts_with(begin))
            && !line.starts_with("error: could not compile")
            && !line.starts_with("error: linking with")
    };
    let message = text(&output);
    let lines = message.lines().filter(is_told).map(str::trim);
    lines.collect::<Vec<_>>().join("\n").replace(&application.folder.path().display().to_string(), "")
}

/// The errors of a program that is built for the board.
fn errors_of(main: &str) -> String {
    let application = Application::new("hello");
    application.write("src/main.rs", main);
    errors(&application, &["build"])
}

#[test]
fn mistakes_in_a_program() {
    let no_main =
        program("#[rtt_mod::main]\nfn main() {}").replace("#![cfg_attr(target_os = \"none\", no_main)]\n", "");
    let cases = [
        ("std is used", program("use std::fs;\n#[rtt_mod::main]\nfn main() { let _ = fs::read(\"a\"); }")),
        ("no_main is missing", no_main),
        (
            "two mains",
            program("#[rtt_mod::main]\nfn main() {}\nmod other {\n    #[rtt_mod::main]\n    fn main() {}\n}"),
        ),
        (
            "two mains in modules",
            program(
                "mod one {\n    #[rtt_mod::main]\n    fn main() {}\n}\nmod other {\n    #[rtt_mod::main]\n    fn main() {}\n}",
            ),
        ),
        ("a main and an init", program("#[rtt_mod::main]\nfn main() {}\n#[rtt_mod::init]\nfn init() {}")),
        ("a library with a main", program("rtt_mod::library!();\n#[rtt_mod::main]\nfn main() {}")),
        ("no attribute", program("fn main() { rtt_mod::println!(\"hello\"); }")),
        ("a misspelt attribute", program("#[rtt_mod::mian]\nfn main() {}")),
        ("an unknown option", program("#[rtt_mod::main(stak = \"2K\")]\nfn main() {}")),
        ("a wrong value", program("#[rtt_mod::main(stack = \"2 kilobytes\")]\nfn main() {}")),
        ("a heap that is too large", program("#[rtt_mod::main(heap = \"17M\")]\nfn main() {}")),
        (
            "a stack that is too small",
            program(
                "#[rtt_mod::main(stack = 512)]\nfn main() {\n    let text = [rtt_mod::env::args().len() as u8; 2000];\n    \
                 rtt_mod::println!(\"{}\", core::hint::black_box(&text).len());\n}",
            ),
        ),
    ];
    let messages = cases.map(|(name, main)| format!("-- {name}\n{}", errors_of(&main)));
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn a_dependency_that_needs_std() {
    let application = Application::new("hello");
    application.write("greedy/Cargo.toml", "[package]\nname = \"greedy\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    application.write("greedy/src/lib.rs", "pub fn now() -> std::time::Instant { std::time::Instant::now() }\n");
    let manifest = std::fs::read_to_string(application.folder.path().join("blink/Cargo.toml")).unwrap();
    let dependency = "[dependencies]\ngreedy = { path = \"greedy\" }\n";
    application.write("Cargo.toml", &manifest.replacen("[dependencies]\n", dependency, 1));
    insta::assert_snapshot!(errors(&application, &["build"]));
}

#[test]
fn a_wrong_target() {
    let application = Application::new("hello");
    let messages = ["thumbv7m-none-gnu", "x86_64-unknown-none"]
        .map(|target| format!("-- {target}\n{}", errors(&application, &["build", "--target", target])));
    insta::assert_snapshot!(messages.join("\n"));
}

/// The board is empty, so a program gets the same error as on a board without the device.
#[test]
fn a_device_on_the_pc() {
    let application = Application::new("hello");
    let main =
        "#[rtt_mod::main]\nfn main() -> rtt_mod::Result<()> {\n    rtt_mod::i2c::Bus::open(\"i2c1\").map(drop)\n}";
    application.write("src/main.rs", &program(main));
    let output = application.cargo(&["pc", "--quiet"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Error: NotFound\n");
}

/// Without a `main` on the PC, the tests would be left out without a word, and the program run in their place.
#[test]
fn tests_of_a_program_without_a_main() {
    let application = Application::new("hello");
    application
        .write("src/main.rs", "#![no_std]\n#![no_main]\n#[rtt_mod::main]\nfn main() {}\n#[test]\nfn fails() {}\n");
    let output = application.cargo(&["t"]);
    assert!(!output.status.success());
    assert!(text(&output).contains("the tests can't run, since the crate has no `main` on a PC"), "{}", text(&output));
}
