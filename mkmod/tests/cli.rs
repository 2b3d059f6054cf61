//! `mkmod` as it is called: output, exit codes, and what it says to bad input.

mod support;

use std::path::Path;
use std::process::{Command, Output};
use std::{fs, str};
use support::kernel;
use support::module::Module;

/// A folder with a kernel and a module that loads on it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("kernel.syms"), kernel::TEXT).unwrap();
    fs::write(folder.path().join("hello.mo"), Module::hello().build()).unwrap();
    folder
}

fn mkmod(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mkmod"));
    command.current_dir(folder).args(arguments).env("COLUMNS", "80").output().unwrap()
}

fn check(folder: &Path, file: &str) -> Output {
    mkmod(folder, &["check", file, "--kernel", "kernel.syms"])
}

/// The exit code and both outputs.
fn shown(output: &Output) -> String {
    let text = |bytes| str::from_utf8(bytes).unwrap().to_owned();
    format!(
        "exit code {}\n-- stdout\n{}-- stderr\n{}",
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr)
    )
}

#[test]
fn a_module_that_loads() {
    insta::assert_snapshot!(shown(&check(folder().path(), "hello.mo")));
}

#[test]
fn a_module_that_does_not_load() {
    let folder = folder();
    let mut module = Module::hello();
    module.symbols[1].name = "led_toggle";
    fs::write(folder.path().join("blink.mo"), module.build()).unwrap();
    insta::assert_snapshot!(shown(&check(folder.path(), "blink.mo")));
}

#[test]
fn bad_input_is_an_error_of_a_line() {
    let folder = folder();
    let good = Module::hello().build();
    let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let mut x86 = good.clone();
    (x86[4], x86[18]) = (2, 62);
    file("notes.txt", b"Things to do:\n- build a module\n");
    file("empty.mo", b"");
    file("head.mo", &good[..40]);
    file("cut.mo", &good[..200]);
    file("program", &[&x86[..], &[0; 64]].concat());
    file("vmlinux", &good);
    let mut unstripped = Module::hello();
    unstripped.sections.push((".rtt_mod.note", 1, 0, vec![0; 32]));
    file("hello", &unstripped.build());
    fs::create_dir(folder.path().join("folder.mo")).unwrap();

    let files = ["notes.txt", "empty.mo", "head.mo", "cut.mo", "program", "hello", "absent.mo", "folder.mo"];
    let mut told: Vec<_> = files.iter().map(|name| check(folder.path(), name)).collect();
    told.extend(files.iter().map(|name| mkmod(folder.path(), &["info", name])));
    for kernel in ["absent.elf", "folder.mo", "notes.txt", "empty.mo", "vmlinux"] {
        told.push(mkmod(folder.path(), &["check", "hello.mo", "--kernel", kernel]));
    }
    for output in &told {
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
    }
    let errors: Vec<_> = told.iter().map(|output| str::from_utf8(&output.stderr).unwrap()).collect();
    insta::assert_snapshot!(errors.concat());
}

#[test]
fn wrong_arguments_are_another_exit_code() {
    for arguments in [&["check", "hello.mo"][..], &["chekc"], &["info"], &["check", "a", "--kernel", "b", "--ram", "x"]]
    {
        assert_eq!(mkmod(folder().path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn symbols_of_a_kernel_are_taken_as_a_kernel() {
    let folder = folder();
    let text = mkmod(folder.path(), &["symbols", "kernel.syms"]);
    assert_eq!(str::from_utf8(&text.stdout).unwrap().lines().filter(|line| line.contains("=>")).count(), 4);
    fs::write(folder.path().join("again.syms"), &text.stdout).unwrap();
    let output = mkmod(folder.path(), &["check", "hello.mo", "--kernel", "again.syms"]);
    assert_eq!(output.status.code(), Some(0));
}

/// The terminal would have shown `mkmod info` of this file in red.
#[test]
fn control_characters_in_files_are_escaped() {
    let folder = folder();
    let mut module = Module::hello();
    module.note.as_mut().unwrap().strings[2] = "Says \x1b[31mhello";
    module.symbols[1].name = "led\x1b[2Jtoggle";
    fs::write(folder.path().join("red.mo"), module.build()).unwrap();
    let kernel = kernel::TEXT.replace("# kernel: rtthread.elf", "# kernel: rt\x07thread.elf");
    fs::write(folder.path().join("kernel.syms"), kernel).unwrap();
    for (arguments, text) in [
        (&["info", "red.mo"][..], r"Says \u{1b}[31mhello"),
        (&["check", "red.mo", "--kernel", "kernel.syms"], r"`led\x1b[2Jtoggle` is not exported by rt\u{7}thread.elf"),
        (&["symbols", "kernel.syms"], r"# kernel: rt\u{7}thread.elf"),
        (&["info", "\x1b[31m.mo"], r"can't read \u{1b}[31m.mo"),
    ] {
        let output = mkmod(folder.path(), arguments);
        let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(shown.contains(text), "{shown}");
        assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    }
}

#[test]
fn symbols_can_be_written_to_a_file() {
    let folder = folder();
    let printed = mkmod(folder.path(), &["symbols", "kernel.syms"]);
    let written = mkmod(folder.path(), &["symbols", "kernel.syms", "--output", "again.syms"]);
    assert_eq!(written.status.code(), Some(0));
    assert!(written.stdout.is_empty());
    assert_eq!(fs::read(folder.path().join("again.syms")).unwrap(), printed.stdout);
}

#[test]
fn info_is_text_or_json() {
    let folder = folder();
    let text = mkmod(folder.path(), &["info", "hello.mo"]);
    assert!(text.stdout.starts_with(b"hello 0.1.0: Says hello\n"));
    let json = mkmod(folder.path(), &["info", "hello.mo", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(json["note"]["name"], "hello");
    assert_eq!(json["size"]["resident"], 64);
}

#[test]
fn what_is_no_shared_object_of_a_linker_is_not_packed() {
    let folder = folder();
    fs::write(folder.path().join("notes.txt"), "Things to do\n").unwrap();
    let told = ["hello.mo", "notes.txt"].map(|name| shown(&mkmod(folder.path(), &["pack", name])));
    insta::assert_snapshot!(told.join("\n"));
}

/// A command that starts at boot, a program, and what is no module: then nothing is written.
#[test]
fn modules_go_where_their_notes_say() {
    let folder = folder();
    let mut demo = Module::hello();
    demo.note.as_mut().unwrap().flags = 1 | 4;
    fs::write(folder.path().join("demo.mo"), demo.build()).unwrap();
    fs::write(folder.path().join("notes.mo"), "Things to do\n").unwrap();
    demo.note.as_mut().unwrap().untruth = 1;
    fs::write(folder.path().join("damaged.mo"), demo.build()).unwrap();
    let install = |files: &[&str]| shown(&mkmod(folder.path(), &[&["install", "--card", "card"], files].concat()));
    let told = [install(&["demo.mo", "hello.mo"]), install(&["hello.mo", "notes.mo"]), install(&["damaged.mo"])];
    insta::assert_snapshot!(told.join("\n"));
    for (file, copy) in [("demo.mo", "bin/demo.mo"), ("demo.mo", "autostart/demo.mo"), ("hello.mo", "hello.mo")] {
        let copy = folder.path().join("card").join(copy);
        assert_eq!(fs::read(folder.path().join(file)).unwrap(), fs::read(copy).unwrap());
    }
    assert_eq!(fs::read_dir(folder.path().join("card")).unwrap().count(), 3);
}

#[test]
fn size_needs_the_elf_file_beside_the_module() {
    let output = mkmod(folder().path(), &["size", "hello.mo"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(str::from_utf8(&output.stderr).unwrap().contains("can't read hello, the ELF file with the symbols"));
}

#[test]
fn help_is_enough_to_work_from() {
    let help = |arguments: &[&str]| String::from_utf8(mkmod(folder().path(), arguments).stdout).unwrap();
    let overview = help(&["--help"]);
    let commands = overview.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = commands.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help");
    let helps = names.map(|name| help(&[name, "--help"]));
    insta::assert_snapshot!([overview.clone()].into_iter().chain(helps).collect::<Vec<_>>().join("\n----\n\n"));
}

#[test]
fn shells_complete_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = mkmod(folder().path(), &["completions", shell]);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        let script = str::from_utf8(&output.stdout).unwrap();
        assert!(
            ["check", "symbols", "--kernel", "--ram"].iter().all(|word| script.contains(word.trim_start_matches('-')))
        );
    }
    assert_eq!(mkmod(folder().path(), &["completions", "cmd"]).status.code(), Some(2));
}

#[test]
fn an_application_begins_in_a_folder_of_its_own() {
    let folder = folder();
    let new = |name: &str| shown(&mkmod(folder.path(), &["new", name]));
    let long = "a".repeat(33);
    let names = ["blink", "blink", "../blink", "match", "Blink", "größe", &long];
    insta::assert_snapshot!(names.map(new).join("\n"));
}

#[test]
fn what_is_said_of_rtt_mod_is_checked() {
    let folder = folder();
    let new = |options: &[&str]| {
        let output = mkmod(folder.path(), &[&["new", "blink"], options].concat());
        assert!(!output.status.success());
        shown(&output).replace('\\', "/")
    };
    let wrong: [&[&str]; 6] = [
        &["--version", "new"],
        &["--path", "nowhere"],
        &["--git", "git@example.com:rtt-mod.git"],
        &["--tag", "v1"],
        &["--path", ".", "--version", "0.1"],
        &["--template", "world"],
    ];
    insta::assert_snapshot!(wrong.map(new).join("\n"));
}

/// Of a folder, the modules in it are compared, and in the folders in it.
#[test]
fn a_kernel_that_lacks_something_breaks_modules() {
    let folder = folder();
    let card = folder.path().join("card");
    fs::create_dir_all(card.join("bin")).unwrap();
    fs::copy(folder.path().join("hello.mo"), card.join("bin/hello.mo")).unwrap();
    let mut other = Module::hello();
    other.symbols[1].name = "rt_sem_take";
    fs::write(card.join("other.mo"), other.build()).unwrap();
    fs::write(card.join("notes.txt"), "").unwrap();
    let import = Module::hello().symbols[1].name;
    let line = kernel::TEXT.lines().find(|line| line.starts_with(import)).unwrap();
    fs::write(folder.path().join("new.syms"), kernel::TEXT.replace(&format!("{line}\n"), "")).unwrap();
    let compared = ["symbols", "--diff", "kernel.syms", "new.syms", "--modules", "card"];
    insta::assert_snapshot!(shown(&mkmod(folder.path(), &compared)));
}

#[test]
fn a_processor_without_a_name_can_be_told_to_the_compiler() {
    let folder = folder();
    let capture = "rt_kprintf => 0x00001234\n";
    fs::write(folder.path().join("capture.txt"), capture).unwrap();
    let output = mkmod(folder.path(), &["cc", "--kernel", "capture.txt", "-c", "hello.c"]);
    assert_eq!(output.status.code(), Some(1));
    let text = "capture.txt does not say its processor; name it by --target, as in thumbv7m-none-eabi";
    assert!(str::from_utf8(&output.stderr).unwrap().contains(text));
    assert_eq!(mkmod(folder.path(), &["cc", "hello.c"]).status.code(), Some(2), "neither kernel nor target");
}
