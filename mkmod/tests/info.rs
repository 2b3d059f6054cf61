//! What `mkmod info` tells.

mod support;

use mkmod::info::describe;
use support::module::{Module, Symbol};

#[test]
fn a_program() {
    let info = describe("hello.mo", &Module::hello().build()).unwrap();
    insta::assert_snapshot!(info);
    insta::assert_snapshot!("a_program_as_json", serde_json::to_string_pretty(&info).unwrap());
}

#[test]
fn a_program_that_wants_much() {
    let mut module = Module::hello();
    module.segments[0].memory_size = 8192 + 64;
    module.segments[0].alignment = 8;
    let note = module.note.as_mut().unwrap();
    (note.heap_bytes, note.stack_bytes, note.priority, note.flags) = (8192, 4096, 20, 1);
    note.strings[2] = "Blinks each of the LEDs of the board in a pattern that is told by the first argument";
    for name in ["rttm_thread_sleep", "rttm_print", "rttm_exit", "rttm_panic", "rttm_sink_write", "rt_pin_mode"] {
        module.symbols.push(Symbol::import(name));
    }
    insta::assert_snapshot!(describe("blink.mo", &module.build()).unwrap());
}

#[test]
fn a_library() {
    let mut module = Module::hello();
    module.entry = 0;
    module.note.as_mut().unwrap().flags = 2;
    insta::assert_snapshot!(describe("greet.mo", &module.build()).unwrap());
}

#[test]
fn a_resident_module() {
    let mut module = Module::hello();
    module.note.as_mut().unwrap().flags = 1 | 2 | 4 | 8;
    let text = describe("greet.mo", &module.build()).unwrap().to_string();
    let starts = text.lines().find(|line| line.trim_start().starts_with("starts"));
    let told = "  starts     at boot, as a command in /bin; resident: it stays until it is unloaded";
    assert_eq!(starts, Some(told));
}

#[test]
fn a_module_of_gcc() {
    let mut module = Module::hello();
    module.note = None;
    insta::assert_snapshot!(describe("hello.mo", &module.build()).unwrap());
}

#[test]
fn a_module_that_was_damaged() {
    let mut module = Module::hello();
    module.note.as_mut().unwrap().untruth = 0xff;
    let text = describe("hello.mo", &module.build()).unwrap().to_string();
    assert!(text.contains("(WRONG: the file is damaged)"), "{text}");
}

#[test]
fn no_line_is_longer_than_the_terminal() {
    let mut module = Module::hello();
    module.note.as_mut().unwrap().strings[2] =
        "word and word and word and word and word and word and word and word and so on";
    for _ in 0..40 {
        module.symbols.push(Symbol::import("rt_some_function_of_the_kernel"));
    }
    let text = describe("hello.mo", &module.build()).unwrap().to_string();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let file = include_bytes!("../../tests/cases/files/escape_in_description.mo");
    let text = describe("panic.mo", file).unwrap().to_string();
    assert!(text.starts_with("panic 0.1.0: \\u{1b}[2J\\u{1b}]0;x\\u{7}abche shell goes on"), "{text}");
    assert!(text.chars().all(|char| char == '\n' || !char.is_control()), "{text}");
}
