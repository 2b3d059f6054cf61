//! Small programs through `mkmod-ld`: what a module has in it, and the words for what can't be one.

mod unit;

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use mkmod::info::{Info, describe};
use object::elf;
use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};

use unit::{RETURN, Unit, link, link_in};

/// `bl`, with an addend of -4 as assemblers write it; then `bx lr`.
const CALL: &[u8] = &[0xff, 0xf7, 0xfe, 0xff, 0x70, 0x47];
/// `bx lr`, and a word behind it.
const RETURN_AND_WORD: &[u8] = &[0x70, 0x47, 0, 0, 0, 0, 0, 0];
const WORD: &[u8] = &[0; 4];

/// The module that a program becomes.
fn module(unit: Unit) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let object = unit.write(folder.path(), "app.o");
    let output = link(&folder.path().join("app"), &[object]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "", "rustc would show it as a warning");
    fs::read(folder.path().join("app.mo")).unwrap()
}

/// What is said of a program that can't be a module.
fn refusal(unit: Unit) -> String {
    let folder = tempfile::tempdir().unwrap();
    let object = unit.write(folder.path(), "app.o");
    let output = link(&folder.path().join("app"), &[object]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("app.mo").exists());
    String::from_utf8(output.stderr).unwrap().replace(folder.path().to_str().unwrap(), "")
}

/// Relocations in words: type, place, name of the symbol.
fn relocations(module: &[u8]) -> String {
    unit::relocations(module, |kind, place, name, _| {
        format!("{} {place:#x} {name}", elf::NAMES_R_ARM.name(kind).unwrap())
    })
}

#[test]
fn calls_go_through_one_thunk_for_each_function() {
    let module = module(Unit::new().function("main", CALL, &[(0, elf::R_ARM_THM_PC22, "rt_kprintf")]).function(
        "module_init",
        CALL,
        &[(0, elf::R_ARM_THM_PC22, "rt_kprintf")],
    ));
    assert_snapshot!(relocations(&module), @"R_ARM_ABS32 0x4 rt_kprintf");
    let file = object::File::parse(&*module).unwrap();
    let image = file.segments().next().unwrap().data().unwrap();
    assert_eq!(image[..8], [0xdf, 0xf8, 0x00, 0xf0, 0, 0, 0, 0]);
}

#[test]
fn data_of_the_kernel_goes_through_the_offset_table() {
    let module = module(
        Unit::new()
            .function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_GOT_PREL, "rt_tick")])
            .variable(".data.hook", "hook", 4, WORD, &[(0, elf::R_ARM_ABS32, "rt_tick")])
            .function("module_init", RETURN_AND_WORD, &[(4, elf::R_ARM_REL32, "hook")]),
    );
    assert_snapshot!(relocations(&module), @r"
    R_ARM_GLOB_DAT 0x10 rt_tick
    R_ARM_ABS32 0x14 rt_tick
    ");
}

#[test]
fn addresses_within_the_module_are_relative() {
    let module = module(Unit::new().function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_REL32, "table")]).variable(
        ".data.table",
        "table",
        4,
        WORD,
        &[(0, elf::R_ARM_ABS32, "main")],
    ));
    assert_snapshot!(relocations(&module), @"R_ARM_RELATIVE 0x8");
}

#[test]
fn only_what_is_used_is_in_the_module() {
    let module = module(
        Unit::new()
            .function("main", RETURN, &[])
            .function("unused", CALL, &[(0, elf::R_ARM_THM_PC22, "rt_missing")])
            .variable(".data.unused", "unused_table", 4, WORD, &[(0, elf::R_ARM_ABS32, "rt_missing")]),
    );
    let file = object::File::parse(&*module).unwrap();
    assert_eq!(file.segments().next().unwrap().size(), 4, "an instruction, and the rest of its word");
    assert_eq!(file.dynamic_symbols().count(), 0);
}

#[test]
fn a_library_has_what_it_exports_and_a_harmless_entry() {
    let module = module(
        Unit::new()
            .message(".rtt_mod.exports", b"add\0sub\0")
            .function("add", RETURN, &[])
            .function("sub", RETURN, &[])
            .function("helper", RETURN, &[]),
    );
    let file = object::File::parse(&*module).unwrap();
    let exports: Vec<_> = file.dynamic_symbols().map(|symbol| symbol.name().unwrap()).collect();
    assert_eq!(exports, ["add", "sub"]);
    let image = file.segments().next().unwrap().data().unwrap();
    let entry = file.entry() as usize;
    assert_eq!(entry & 1, 1, "Thumb code");
    assert_eq!(image[entry & !1..][..4], [0x00, 0x20, 0x70, 0x47]);
}

/// `__start_NAME` and `__stop_NAME` are how C finds a table.
#[test]
fn sections_with_names_of_their_own_are_loaded() {
    let module =
        module(Unit::new().function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_REL32, "__start_commands")]).variable(
            "commands",
            "help",
            4,
            &[1, 2, 3, 4],
            &[],
        ));
    let file = object::File::parse(&*module).unwrap();
    let image = file.segments().next().unwrap().data().unwrap();
    assert_eq!(image, [0x70, 0x47, 0, 0, 4, 0, 0, 0, 1, 2, 3, 4]);
}

#[test]
fn a_program_without_a_note_gets_one() {
    let module = module(Unit::new().function("main", RETURN, &[]));
    let file = object::File::parse(&*module).unwrap();
    let note = file.section_by_name(".note.rtt-mod").unwrap().data().unwrap();
    assert!(note.ends_with(b"app\0\0\0thumbv7m-none-eabi\0\0\0\0"));
}

/// As cargo has a program linked, whose attribute says another name at the second time.
#[test]
fn a_module_that_is_renamed_leaves_nothing_under_its_old_name() {
    let folder = tempfile::tempdir().unwrap();
    let deps = folder.path().join("deps");
    fs::create_dir(&deps).unwrap();
    fs::write(folder.path().join("third.mo"), "another program's").unwrap();
    let shown = |file: &str| folder.path().join(file).is_file();
    let link_as = |name: &str| {
        let draft = [&[0; 28][..], name.as_bytes(), b"\x000.1.0\0\0\0"].concat();
        let object = Unit::new().function("main", RETURN, &[]).message(".rtt_mod.note", &draft);
        let output = link(&deps.join("app-0123456789abcdef"), &[object.write(folder.path(), "app.o")]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    link_as("first");
    assert!(shown("first.mo") && shown("first") && shown("deps/app-0123456789abcdef"));
    link_as("second");
    assert!(shown("second.mo") && shown("second") && !shown("first.mo") && !shown("first"));
    link_as("app");
    assert!(shown("app.mo") && !shown("app") && !shown("second.mo") && shown("third.mo"));
}

#[test]
fn a_resident_module_has_neither_main_nor_exports() {
    let draft = [&[0; 17][..], &[2 | 8], &[0; 10], b"stays\x000.1.0\0\0\0"].concat();
    let module = module(Unit::new().function("module_init", RETURN, &[]).message(".rtt_mod.note", &draft));
    let file = object::File::parse(&*module).unwrap();
    let exports: Vec<_> = file.dynamic_symbols().map(|symbol| symbol.name().unwrap()).collect();
    assert_eq!(exports, ["module_init"]);
}

#[test]
fn both_generations_of_lld_make_the_same_module() {
    let Some(old) = ["/usr/bin/ld.lld", "/usr/bin/ld.lld-14"].map(Path::new).into_iter().find(|path| path.is_file())
    else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let program = Unit::new()
        .function("main", CALL, &[(0, elf::R_ARM_THM_PC22, "rt_kprintf")])
        .variable("commands", "help", 4, &[1, 2, 3, 4], &[])
        .write(folder.path(), "app.o");
    let modules = [None, Some(old)].map(|lld| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_mkmod-ld"));
        if let Some(lld) = lld {
            command.env("MKMOD_LLD", lld);
        }
        let output = command.arg(&program).arg("-o").arg(folder.path().join("app")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read(folder.path().join("app.mo")).unwrap()
    });
    assert!(modules[0] == modules[1]);
}

#[test]
fn code_with_addresses_in_it_is_refused() {
    let fixed = &[0x40, 0xf2, 0, 0, 0xc0, 0xf2, 0, 0, 0x70, 0x47];
    let uses = [(0, elf::R_ARM_THM_MOVW_ABS_NC, "table"), (4, elf::R_ARM_THM_MOVT_ABS, "table")];
    assert_snapshot!(refusal(
        Unit::new().function("main", fixed, &uses).variable(".data.table", "table", 4, WORD, &[])
    ), @"error: `main` in app.o has addresses in its instructions, which the loader can't change; compile it with -fPIC");
}

#[test]
fn the_distance_to_the_kernel_is_refused() {
    assert_snapshot!(refusal(
        Unit::new().function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_REL32, "rt_tick")])
    ), @"error: the distance from `main` in app.o to `rt_tick` needs the distance to a symbol that is in the kernel; compile it with -fPIC");
}

#[test]
fn unknown_relocations_are_refused() {
    assert_snapshot!(refusal(
        Unit::new()
            .function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_SBREL32, "counter")])
            .variable(".data.counter", "counter", 4, &[1; 4], &[])
    ), @"error: the relocation R_ARM_SBREL32 for `counter`, `main` in app.o, is of a type that no loader of RT-Thread applies correctly; the code is not position-independent: link with mkmod-ld, compile C with -fPIC");
}

#[test]
fn thread_local_variables_are_refused() {
    assert_snapshot!(refusal(
        Unit::new()
            .function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_TLS_LE32, "errno")])
            .thread_local("errno")
    ), @"error: a variable in app.o is thread-local, which modules can't have; use a static in place of thread-local variables");
}

#[test]
fn early_constructors_are_refused() {
    assert_snapshot!(refusal(
        Unit::new().function("main", RETURN, &[]).function("early", RETURN, &[]).listed_in(".preinit_array", "early")
    ), @"error: section `.preinit_array` in app.o lists functions to be called before or after `main`, which nobody calls; call these functions from `main`");
}

#[test]
fn constructors_are_found_by_their_symbols() {
    let module = module(
        Unit::new()
            .function("main", RETURN, &[])
            .function("before", RETURN, &[])
            .function("early", RETURN, &[])
            .function("after", RETURN, &[])
            .listed_in(".init_array", "before")
            .listed_in(".init_array.00101", "early")
            .listed_in(".fini_array", "after"),
    );
    let file = object::File::parse(&*module).unwrap();
    let word = |name: &str, index: usize| {
        let array = file.dynamic_symbols().find(|symbol| symbol.name() == Ok(name)).unwrap();
        let place = array.address() as usize + index * 4;
        let image = file.segments().next().unwrap().data().unwrap();
        (array.size(), u32::from_le_bytes(image[place..][..4].try_into().unwrap()))
    };
    let [(size, first), second] = [word("rttm_constructors", 0), word("rttm_constructors", 1)];
    assert_eq!(size, 8);
    // In the image, `before` is in front of `early`, which has the higher priority.
    assert!(first > second.1 && second.1 & 1 == 1);
    assert_eq!(word("rttm_destructors", 0).0, 4);
    assert_eq!(relocations(&module).lines().filter(|line| line.starts_with("R_ARM_RELATIVE")).count(), 3);
}

#[test]
fn indirect_functions_are_refused() {
    assert_snapshot!(refusal(
        Unit::new().function("main", CALL, &[(0, elf::R_ARM_THM_PC22, "memcpy")]).indirect("memcpy")
    ), @"error: `memcpy` is chosen at load time (IFUNC), which the loader can't do; make it an ordinary function");
}

#[test]
fn alignments_of_more_than_a_page_are_refused() {
    assert_snapshot!(refusal(
        Unit::new()
            .function("main", RETURN_AND_WORD, &[(4, elf::R_ARM_REL32, "buffer")])
            .variable(".data.buffer", "buffer", 8192, &[1; 32], &[])
    ), @"error: section `.data` in app.o is aligned to 8192 bytes, which is too much; lower the `align` of what is in it, or link with -z max-page-size=4: modules have 4096 at most");
}

#[test]
fn exports_must_be_there() {
    assert_snapshot!(refusal(
        Unit::new().function("main", RETURN, &[]).message(".rtt_mod.exports", b"add\0")
    ), @"error: `add` is to be exported, and nothing of that name is defined; define it, or remove `#[rtt_mod::export]`");
}

#[test]
fn a_program_must_have_an_entry() {
    assert_snapshot!(refusal(Unit::new().function("run", RETURN, &[])), @"error: the program has no `main` and exports nothing; mark its entry with `#[rtt_mod::main]` or `#[rtt_mod::init]`, or a function with `#[rtt_mod::export]`");
}

#[test]
fn a_malformed_note_is_refused() {
    assert_snapshot!(refusal(
        Unit::new().function("main", RETURN, &[]).message(".rtt_mod.note", b"short")
    ), @"error: `.rtt_mod.note` is malformed; build the program with the same version of rtt-mod as mkmod");
}

/// The module of a package with these settings, and what the linker says.
fn in_package(settings: &str) -> (Option<Vec<u8>>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), format!("[package.metadata.mkmod]\n{settings}\n")).unwrap();
    let object = Unit::new().function("main", RETURN, &[]).write(folder.path(), "app.o");
    let output = link_in(folder.path(), &folder.path().join("app"), &[object]);
    let errors = String::from_utf8(output.stderr).unwrap().replace(folder.path().to_str().unwrap(), "");
    (fs::read(folder.path().join("app.mo")).ok(), errors)
}

#[test]
fn a_memheap_costs_only_the_modules_that_name_one() {
    let (anywhere, errors) = in_package("");
    assert_eq!(errors, "");
    let (in_tcm, errors) = in_package("memory = \"tcm\"");
    assert_eq!(errors, "");
    let [anywhere, in_tcm] = [anywhere, in_tcm].map(|module| describe("app.mo", &module.unwrap()).unwrap());
    let memory = |info: &Info| info.note.as_ref().unwrap().memory.clone();
    assert_eq!((memory(&anywhere), anywhere.imports.len()), (None, 0));
    assert_eq!((memory(&in_tcm).as_deref(), in_tcm.imports), (Some("tcm"), vec!["rttm_memheap".to_owned()]));
    assert_eq!(in_tcm.size.resident, anywhere.size.resident + 8);
}

#[test]
fn a_memheap_that_can_have_no_such_name_is_refused() {
    let (module, errors) = in_package("memory = \"the tcm\"");
    assert_eq!(module, None);
    assert_snapshot!(errors, @r#"error: /Cargo.toml:2: invalid value: string "the tcm", expected the name of a memheap, such as "tcm": 1 to 31 characters of ASCII, without spaces"#);
}

#[test]
fn llds_own_errors_are_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let output = link(&folder.path().join("app"), &["missing.o".into()]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("error: cannot open missing.o"), "{text}");
}
