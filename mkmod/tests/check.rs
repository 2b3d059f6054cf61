//! Each reason to refuse a module, with its message.
//!
//! Every input is hello with one change, so that only one check can refuse it. `prototypes.rs` has those of prototypes.

mod support;

use mkmod::check::{Finding, Options, Report, Severity, Subject, check};
use mkmod::symbols::Kernel;
use support::module::{self, ABS32, Module, Relocation, Segment, Symbol};
use support::{kernel, program};

/// Checks hello after a change.
fn changed(change: impl FnOnce(&mut Module)) -> Report {
    on(&kernel::parse(kernel::TEXT), change)
}

fn on(kernel: &Kernel, change: impl FnOnce(&mut Module)) -> Report {
    let mut module = Module::hello();
    change(&mut module);
    report("hello.mo", &module.build(), None, kernel, &Options::default())
}

fn of_bytes(bytes: &[u8]) -> Report {
    report("hello.mo", bytes, None, &kernel::parse(kernel::TEXT), &Options::default())
}

fn report(file_name: &str, bytes: &[u8], unstripped: Option<&[u8]>, kernel: &Kernel, options: &Options) -> Report {
    check(Subject { file_name, bytes, unstripped }, kernel, options).unwrap()
}

/// Checks hello in C, as `mkmod pack` makes it, after a change.
fn packed(kernel: &Kernel, change: impl FnOnce(&mut Module)) -> Report {
    on(kernel, |it| {
        it.symbols[0].name = "rt_sem_take";
        it.note.as_mut().unwrap().abi = (0, 0);
        change(it);
    })
}

/// The same on a kernel whose loader is dlmodule.
fn on_stock(change: impl FnOnce(&mut Module)) -> Report {
    packed(&stock_kernel(""), change)
}

/// A kernel without kernel-glue, with more lines in its text.
fn stock_kernel(lines: &str) -> Kernel {
    kernel::with("rtt_mod_abi_1 => 0x00002001", lines)
}

/// Gives it constructors.
fn constructed(module: &mut Module) {
    module.symbols.push(Symbol { name: "rttm_constructors", value: 8, binding: 1, kind: 1, section: 1 });
}

/// Makes the checksum true again.
fn seal(file: &mut [u8]) {
    let owner = file.windows(5).position(|window| window == b"RTTM\0").unwrap();
    let checksum = module::checksum(file);
    file[owner + 8..owner + 12].copy_from_slice(&checksum.to_le_bytes());
}

/// `Tag_CPU_arch` v7, `Tag_CPU_arch_profile` M.
const CORTEX_M3: [u8; 4] = *b"\x06\x0a\x07M";

/// A section that tells two attributes of the code.
fn attributes(tags: [u8; 4]) -> (&'static str, u32, u32, Vec<u8>) {
    (".ARM.attributes", 0x7000_0003, 0, [&b"A\x13\0\0\0aeabi\0\x01\x09\0\0\0"[..], &tags].concat())
}

/// Hello as GCC links it: without a note.
fn of_gcc(change: impl FnOnce(&mut Module)) -> Report {
    changed(|it| {
        it.note = None;
        it.symbols[0].name = "rt_sem_take";
        change(it);
    })
}

/// The same with attributes of a Cortex-M3, on a kernel.
fn of_gcc_on(kernel: &Kernel, change: impl FnOnce(&mut Module)) -> Report {
    on(kernel, |it| {
        it.note = None;
        it.symbols[0].name = "rt_sem_take";
        it.sections.push(attributes(CORTEX_M3));
        change(it);
    })
}

/// What the snapshot shows: the report, which has exactly one error.
fn refusal(report: &Report) -> String {
    assert!(report.refused(), "{report}");
    assert_eq!(report.findings().len(), 1, "{report}");
    report.to_string()
}

/// What the snapshot shows: the report, which has exactly one error among its warnings.
fn refusal_with_warnings(report: &Report) -> String {
    let is_error = |finding: &&Finding| finding.cause.severity() == Severity::Error;
    assert_eq!(report.findings().iter().filter(is_error).count(), 1, "{report}");
    report.to_string()
}

/// What the snapshot shows: the report, which has exactly one warning.
fn warning(report: &Report) -> String {
    assert!(!report.refused(), "{report}");
    assert_eq!(report.findings().len(), 1, "{report}");
    report.to_string()
}

macro_rules! refused {
    ($($name:ident: $report:expr;)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(refusal(&$report));
        }
    )* };
}

macro_rules! refused_with_warnings {
    ($($name:ident: $report:expr;)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(refusal_with_warnings(&$report));
        }
    )* };
}

/// For files that are no module at all.
macro_rules! rejected {
    ($($name:ident: $change:expr;)*) => { $(
        #[test]
        fn $name() {
            let mut module = Module::hello();
            let change: fn(&mut Module) = $change;
            change(&mut module);
            let subject = Subject { file_name: "hello.mo", bytes: &module.build(), unstripped: None };
            let error = check(subject, &kernel::parse(kernel::TEXT), &Options::default()).unwrap_err();
            insta::assert_snapshot!(error);
        }
    )* };
}

macro_rules! warned {
    ($($name:ident: $report:expr;)*) => { $(
        #[test]
        fn $name() {
            insta::assert_snapshot!(warning(&$report));
        }
    )* };
}

#[test]
fn hello_loads() {
    insta::assert_snapshot!(changed(|_| ()));
}

// What the file is.
rejected! {
    file_of_another_class: |it| it.class = 2;
    file_of_another_byte_order: |it| it.byte_order = 2;
    file_for_another_machine: |it| it.machine = 94;
    file_that_was_not_linked: |it| it.kind = 1;
    file_for_a_fixed_address: |it| it.kind = 2;
}

// What the kernel exports.
refused! {
    missing_import: changed(|it| it.symbols[1].name = "led_toggle");
    missing_import_with_a_name_nearly_right: changed(|it| it.symbols[1].name = "rt_sem_relase");
    missing_import_of_a_family_that_is_off: changed(|it| it.symbols[1].name = "rt_pin_write");
    missing_import_of_a_newer_rtt_mod: changed(|it| it.symbols[1].name = "rttm_no_such_call");
    missing_import_of_a_group_that_is_off: changed(|it| it.symbols[1].name = "rttm_pin_write");
    missing_function_of_the_abi_like_one_of_the_kernel: changed(|it| it.symbols[1].name = "rttm_sem_take");
    missing_helper_of_the_compiler: changed(|it| it.symbols[1].name = "__aeabi_uldivmod");
    missing_destructor_of_a_static: changed(|it| it.symbols[1].name = "__cxa_atexit");
    missing_guard_of_a_static: changed(|it| it.symbols[1].name = "__cxa_guard_acquire");
    missing_errno: changed(|it| it.symbols[1].name = "__errno");
    missing_operator_new: changed(|it| it.symbols[1].name = "_Znwj");
    missing_function_of_mathematics: changed(|it| it.symbols[1].name = "sqrtf");
    missing_socket: on_stock(|it| it.symbols[1].name = "gethostbyname");
    missing_import_of_rust: changed(|it| it.symbols[1].name = "_ZN5blink3led17h0123456789abcdefE");
    missing_weak_import: on_stock(|it| {
        it.symbols[1].name = "led_toggle";
        it.symbols[1].binding = 2;
    });
    constructors_that_the_firmware_does_not_call: packed(&kernel::parse(kernel::TEXT), constructed);
    constructors_on_a_kernel_without_glue: on_stock(constructed);
    kernel_without_glue: on(&kernel::with("rtt_mod_abi_1 => 0x00002001", ""), |_| ());
    kernel_with_an_older_abi: changed(|it| {
        it.symbols[0].name = "rtt_mod_abi_2";
        it.note.as_mut().unwrap().abi = (2, 0);
    });
    kernel_with_a_newer_abi: on(&kernel::with("rtt_mod_abi_1 => 0x00002001", "rtt_mod_abi_2 => 0x00002001\n"), |_| ());
    export_with_a_name_of_the_kernel: changed(|it| {
        it.symbols.push(Symbol { name: "rt_sem_take", value: 25, binding: 1, kind: 2, section: 1 });
    });
}

#[test]
fn missing_import_names_its_caller() {
    let mut module = Module::hello();
    module.symbols[1].name = "rt_pin_write";
    let elf = program::elf("rt_pin_write", program::BUILD_ID, "led");
    let options = Options { source_root: Some("/home/me/blink".into()), ..Options::default() };
    let report = report("blink.mo", &module.build(), Some(&elf), &kernel::parse(kernel::TEXT), &options);
    insta::assert_snapshot!(refusal(&report));
    insta::assert_snapshot!("missing_import_in_colour", report.colored());
}

#[test]
fn all_problems_are_told_at_once() {
    let report = on(&kernel::with("# RT_NAME_MAX: 8", "# RT_NAME_MAX: 4\n"), |it| {
        it.symbols[1].name = "led_toggle";
        it.note.as_mut().unwrap().stack_bytes = 65535;
        it.relocations.push(Relocation { place: 40, kind: 20, symbol: 1 });
    });
    insta::assert_snapshot!(report);
}

// What the loader does.
refused! {
    relocation_that_copies: changed(|it| it.relocations.push(Relocation { place: 40, kind: 20, symbol: 2 }));
    relocation_of_a_call: changed(|it| it.relocations.push(Relocation { place: 40, kind: 10, symbol: 2 }));
    relocation_of_a_thread_local: changed(|it| it.relocations.push(Relocation { place: 40, kind: 19, symbol: 0 }));
    relocation_of_an_indirect_function: changed(|it| it.relocations.push(Relocation { place: 40, kind: 160, symbol: 0 }));
    relocation_outside_of_the_image: changed(|it| it.relocations.push(Relocation { place: 64, kind: 23, symbol: 0 }));
    relocation_that_is_not_aligned: changed(|it| it.relocations.push(Relocation { place: 42, kind: 23, symbol: 0 }));
    relocation_of_a_symbol_that_is_not_there: changed(|it| it.relocations.push(Relocation { place: 40, kind: ABS32, symbol: 9 }));
    relocation_of_a_symbol_outside_of_the_image: changed(|it| {
        it.symbols.push(Symbol { name: "_stack", value: 0x8_0000, binding: 1, kind: 0, section: 1 });
        it.relocations.push(Relocation { place: 40, kind: ABS32, symbol: 4 });
    });
    relocation_by_the_base_with_a_symbol: changed(|it| it.relocations.push(Relocation { place: 40, kind: 23, symbol: 2 }));
    relocation_without_symbol: changed(|it| it.relocations.push(Relocation { place: 40, kind: ABS32, symbol: 0 }));
    entry_outside_of_the_code: changed(|it| it.entry = 61);
    entry_without_thumb_bit: changed(|it| it.entry = 16);
    nothing_to_load: changed(|it| {
        it.segments.clear();
        it.entry = 0;
        it.note.as_mut().unwrap().flags = 2;
    });
    segment_with_more_in_the_file_than_in_memory: changed(|it| it.segments[0].memory_size = 8);
    segment_aligned_to_no_power_of_two: changed(|it| it.segments[0].alignment = 12);
    segments_out_of_order: changed(|it| {
        let last = Segment { address: 80, bytes: vec![0; 4], memory_size: 4, ..it.segments[0].clone() };
        it.segments.insert(1, last);
        it.segments.push(Segment { address: 64, bytes: vec![0; 4], memory_size: 4, ..it.segments[0].clone() });
    });
    code_of_half_an_instruction: changed(|it| {
        it.segments[0].bytes.pop();
        it.entry = 47;
    });
    image_off_the_word: changed(|it| it.segments[0].address = 2);
    image_larger_than_any_memory: changed(|it| it.segments[0].memory_size = 0xffff_fffd);
    segments_that_overlap: changed(|it| it.segments.push(Segment { address: 60, ..it.segments[0].clone() }));
    thread_local_segment: changed(|it| it.segments.push(Segment { kind: 7, address: 64, ..it.segments[0].clone() }));
    export_without_thumb_bit: changed(|it| it.symbols[2].value = 24);
    thread_local_symbol: changed(|it| {
        it.symbols.push(Symbol { name: "counter", value: 40, binding: 1, kind: 6, section: 1 });
    });
    indirect_function: changed(|it| {
        it.symbols.push(Symbol { name: "memcpy", value: 25, binding: 1, kind: 10, section: 1 });
    });
    symbols_that_dlmodule_does_not_find: on_stock(|it| it.symbols_name = ".symbols");
}

refused_with_warnings! {
    section_that_dlmodule_may_take_for_the_symbols: of_gcc_on(&stock_kernel(""), |it| {
        it.sections.push((".dynsym", 1, 0, vec![0; 4]));
    });
    priority_symbol_outside_of_the_image: of_gcc_on(&stock_kernel(""), |it| {
        it.segments[0].address = 0x8000;
        it.entry += 0x8000;
        it.symbols[2].value += 0x8000;
        it.relocations.iter_mut().for_each(|relocation| relocation.place += 0x8000);
        it.segments[0].bytes[32..36].copy_from_slice(&0x8024_u32.to_le_bytes());
        it.symbols.push(Symbol::import("dlmodule_thread_priority"));
    });
}

warned! {
    segments_with_a_gap: changed(|it| {
        it.segments.push(Segment { address: 0x1_0000, bytes: vec![0; 4], memory_size: 4, ..it.segments[0].clone() });
    });
}

#[test]
fn segment_past_the_end_of_the_file() {
    let mut file = Module::hello().build();
    file[52 + 4..52 + 8].copy_from_slice(&0x8000_u32.to_le_bytes());
    seal(&mut file);
    insta::assert_snapshot!(refusal(&of_bytes(&file)));
}

#[test]
fn section_past_the_end_of_the_file() {
    let mut file = Module::hello().build();
    let table = u32::from_le_bytes(file[32..36].try_into().unwrap()) as usize;
    let size_of_relocations = table + 3 * 40 + 20;
    file[size_of_relocations..size_of_relocations + 4].copy_from_slice(&0x8000_u32.to_le_bytes());
    insta::assert_snapshot!(of_bytes(&file));
}

/// dlmodule reads the names of sections until it has found `.dynsym`; kernel-glue wants them all.
#[test]
fn section_without_a_name() {
    let mut module = Module::hello();
    module.note = None;
    module.symbols.remove(0);
    module.relocations.remove(0);
    module.relocations.iter_mut().for_each(|relocation| relocation.symbol = relocation.symbol.saturating_sub(1));
    let mut file = module.build();
    let table = u32::from_le_bytes(file[32..36].try_into().unwrap()) as usize;
    let name_of_relocations = table + 3 * 40;
    file[name_of_relocations..name_of_relocations + 4].copy_from_slice(&0x8000_u32.to_le_bytes());
    insta::assert_snapshot!(refusal_with_warnings(&report(
        "hello.mo",
        &file,
        None,
        &stock_kernel(""),
        &Options::default()
    )));
}

// What the processor runs.
refused! {
    code_for_a_larger_core: changed(|it| it.note.as_mut().unwrap().strings[3] = "thumbv7em-none-eabi");
    code_for_another_kind_of_core: changed(|it| it.note.as_mut().unwrap().strings[3] = "armv7a-none-eabi");
    hard_float_on_a_soft_float_kernel: on(
        &kernel::with("# processor: v7 microcontroller soft-float", "# processor: v7E-M microcontroller soft-float\n"),
        |it| it.note.as_mut().unwrap().strings[3] = "thumbv7em-none-eabihf",
    );
    flags_of_an_old_abi: changed(|it| it.flags = 0x0400_0000);
    flags_that_contradict_the_target: changed(|it| it.flags = 0x0500_0400);
    flags_of_both_kinds: changed(|it| it.flags = 0x0500_0600);
}

refused_with_warnings! {
    linkage_table_in_arm_code: of_gcc_on(&kernel::parse(kernel::TEXT), |it| {
        it.sections.push((".plt", 1, 6, vec![0x04, 0xe0, 0x2d, 0xe5]));
    });
    arm_code_by_its_own_symbols: of_gcc_on(&kernel::parse(kernel::TEXT), |it| {
        it.sections.push((".text", 1, 6, vec![0; 16]));
        it.debug_symbols.push(Symbol { name: "$a", value: 8, binding: 0, kind: 0, section: 5 });
    });
}

warned! {
    soft_float_on_a_hard_float_kernel: on(
        &kernel::with("# processor: v7 microcontroller soft-float", "# processor: v7E-M microcontroller hard-float fpu\n"),
        |_| (),
    );
    kernel_that_does_not_say_its_processor: on(&kernel::with("# processor: v7 microcontroller soft-float", ""), |_| ());
    import_that_looks_exported: on_stock(|it| it.symbols[1].kind = 2);
    stack_size_that_dlmodule_ignores: on_stock(ask_for_a_stack);
}

#[test]
fn code_for_a_larger_core_by_its_attributes() {
    insta::assert_snapshot!(refusal_with_warnings(&of_gcc(|it| it.sections.push(attributes(*b"\x06\x0d\x07M")))));
}

#[test]
fn hard_float_by_its_flags() {
    insta::assert_snapshot!(refusal_with_warnings(&of_gcc(|it| it.flags = 0x0500_0400)));
}

#[test]
fn floating_point_instructions_on_a_kernel_without() {
    // Tag_CPU_arch v7E-M, Tag_FP_arch FPv4-SP.
    let attributes = attributes(*b"\x06\x0d\x0a\x06");
    let kernel =
        kernel::with("# processor: v7 microcontroller soft-float", "# processor: v7E-M microcontroller soft-float\n");
    let report = of_gcc_on(&kernel, |it| it.sections[0] = attributes);
    insta::assert_snapshot!(refusal_with_warnings(&report));
}

#[test]
fn arm_code_on_a_microcontroller() {
    let elf = program::with_arm_code();
    let kernel = kernel::parse(kernel::TEXT);
    let report = report("hello.mo", &Module::hello().build(), Some(&elf), &kernel, &Options::default());
    insta::assert_snapshot!(refusal(&report));
}

// What the module asks for.
refused! {
    stack_that_is_too_large: changed(|it| it.note.as_mut().unwrap().stack_bytes = 32769);
    stack_that_is_too_small: changed(|it| it.note.as_mut().unwrap().stack_bytes = 256);
    priority_of_the_idle_thread: changed(|it| it.note.as_mut().unwrap().priority = 31);
    alignment_that_malloc_does_not_give: on_stock(|it| it.segments[0].alignment = 16);
}

/// Adds the variable by which a module in C asks for a stack.
fn ask_for_a_stack(it: &mut Module) {
    it.symbols.push(Symbol { name: "dlmodule_thread_stacksize", value: 40, binding: 1, kind: 1, section: 1 });
}

/// A kernel without kernel-glue whose `rt_malloc` has this alignment.
fn aligning_to(bytes: u32) -> Kernel {
    stock_kernel(&format!("# RT_ALIGN_SIZE: {bytes}\n"))
}

warned! {
    alignment_that_malloc_may_not_give: on_stock(|it| it.segments[0].alignment = 8);
    alignment_that_malloc_gives_by_chance: packed(&aligning_to(4), |it| it.segments[0].alignment = 8);
}

#[test]
fn alignment_that_malloc_gives() {
    assert!(packed(&aligning_to(8), |it| it.segments[0].alignment = 8).findings().is_empty());
}

/// There, instructions for 64 bits fault when their address is not aligned.
#[test]
fn alignment_that_cortex_a_needs() {
    insta::assert_snapshot!(refusal(&packed(&cortex_a("# RT_ALIGN_SIZE: 4\n"), aligned_for_cortex_a)));
}

/// A Cortex-A kernel, with one line in place of kernel-glue's.
fn cortex_a(line: &str) -> Kernel {
    let text = kernel::TEXT.replace("v7 microcontroller", "v7 application");
    kernel::parse(&text.replace("rtt_mod_abi_1 => 0x00002001\n", line))
}

fn aligned_for_cortex_a(it: &mut Module) {
    it.segments[0].alignment = 8;
    it.note.as_mut().unwrap().strings[3] = "armv7a-none-eabi";
}

/// 0.1.0 refused 7 of 10 programs for a vexpress-a9, which ran there: our loader aligns the image.
#[test]
fn our_loader_gives_any_alignment() {
    let kernel = cortex_a("# RT_ALIGN_SIZE: 4\nrtt_mod_abi_1 => 0x00002001\n");
    assert!(on(&kernel, aligned_for_cortex_a).findings().is_empty());
    assert!(changed(|it| it.segments[0].alignment = 32).findings().is_empty());
}

#[test]
fn our_loader_has_no_rules_of_dlmodule() {
    let glue = kernel::parse(kernel::TEXT);
    let changes: [fn(&mut Module); 3] =
        [ask_for_a_stack, |it| it.symbols[1].kind = 2, |it| it.symbols_name = ".symbols"];
    for (index, change) in changes.into_iter().enumerate() {
        let report = packed(&glue, change);
        assert!(report.findings().is_empty(), "{index}: {report}");
    }
}

/// The module needs kernel-glue, so the rules of dlmodule do not matter to it.
#[test]
fn a_module_that_uses_the_abi_is_refused_on_a_stock_kernel_for_that_alone() {
    refusal(&on(&aligning_to(4), |it| it.segments[0].alignment = 16));
}

#[test]
fn more_memory_than_there_is() {
    let file = Module::hello().build();
    let options = Options { ram_bytes: Some(512), ..Options::default() };
    let report = report("hello.mo", &file, None, &kernel::parse(kernel::TEXT), &options);
    insta::assert_snapshot!(refusal(&report));
}

/// Its image is in the memheap `tcm`.
fn in_memheap(module: &mut Module) {
    module.segments[0].memory_size = 100_000;
    let note = module.note.as_mut().unwrap();
    (note.flags, note.strings[3]) = (64, "thumbv7m-none-eabi\0tcm");
    module.symbols[1].name = "rttm_memheap";
}

#[test]
fn an_image_in_a_memheap_takes_no_heap() {
    let mut module = Module::hello();
    in_memheap(&mut module);
    let kernel = kernel::with("rt_kprintf => 0x00001234", "rt_kprintf => 0x00001234\nrttm_memheap => 0x00001240\n");
    let options = Options { ram_bytes: Some(4096), ..Options::default() };
    insta::assert_snapshot!(report("hello.mo", &module.build(), None, &kernel, &options), @"hello.mo loads on rtthread.elf: 2 imports found, 100000 bytes resident in the memheap tcm, 2048 to load and start it");
}

#[test]
fn a_kernel_without_memheaps() {
    insta::assert_snapshot!(refusal(&changed(in_memheap)), @r"
    error: `rttm_memheap` is not exported by rtthread.elf
       = help: enable RT_USING_MEMHEAP and RTT_MOD_USING_MEMHEAP in the firmware; if kernel-glue does not have RTT_MOD_USING_MEMHEAP, update kernel-glue
       = help: or remove `memory` from `[package.metadata.mkmod]`, which asks for a memheap

    hello.mo does not load on rtthread.elf: 1 error
    ");
}

#[test]
fn more_memory_than_there_is_for_file_and_image() {
    let mut module = Module::hello();
    module.symbols[0].name = "rt_sem_take";
    module.note.as_mut().unwrap().abi = (0, 0);
    let options = Options { ram_bytes: Some(512), ..Options::default() };
    insta::assert_snapshot!(refusal(&report("hello.mo", &module.build(), None, &stock_kernel(""), &options)));
}

#[test]
fn long_name_on_a_kernel_with_glue() {
    let file = Module::hello().build();
    let report = report("greetings.mo", &file, None, &kernel::parse(kernel::TEXT), &Options::default());
    insta::assert_snapshot!(warning(&report));
}

#[test]
fn long_name_on_a_kernel_without_glue() {
    let mut module = Module::hello();
    module.symbols[0].name = "rt_sem_take";
    module.note.as_mut().unwrap().abi = (0, 0);
    let report = report("greetings.mo", &module.build(), None, &stock_kernel(""), &Options::default());
    insta::assert_snapshot!(refusal(&report));
}

// What the note says.
refused! {
    note_that_was_lost: changed(|it| {
        it.note = None;
        it.sections.push(attributes(CORTEX_M3));
    });
    checksum_of_another_file: changed(|it| it.note.as_mut().unwrap().untruth = 1);
    note_of_another_abi: changed(|it| it.note.as_mut().unwrap().abi = (2, 0));
    note_with_a_heap_larger_than_the_image: changed(|it| it.note.as_mut().unwrap().heap_bytes = 8192);
    note_of_a_program_without_entry: changed(|it| it.entry = 0);
    note_without_a_name: changed(|it| it.note.as_mut().unwrap().strings[0] = "");
}

#[test]
fn constructors_that_the_firmware_calls() {
    let kernel = kernel::parse(&format!("{}rttm_construct => 0x00001500\n", kernel::TEXT));
    assert_eq!(packed(&kernel, constructed).findings(), []);
}

/// The loader takes 0 for it.
#[test]
fn missing_weak_import_for_our_loader() {
    let report = changed(|it| {
        it.symbols[1].name = "led_toggle";
        it.symbols[1].binding = 2;
    });
    assert!(!report.refused(), "{report}");
}

#[test]
fn note_that_ends_too_early() {
    let mut file = Module::hello().build();
    let owner = file.windows(5).position(|window| window == b"RTTM\0").unwrap();
    file[owner - 8..owner - 4].copy_from_slice(&30_u32.to_le_bytes());
    seal(&mut file);
    let report = of_bytes(&file);
    assert!(!report.refused());
    insta::assert_snapshot!(report);
}

#[test]
fn program_of_another_build() {
    let elf = program::elf("rt_kprintf", [9; 8], "led");
    let kernel = kernel::parse(kernel::TEXT);
    let report = report("hello.mo", &Module::hello().build(), Some(&elf), &kernel, &Options::default());
    insta::assert_snapshot!(warning(&report));
}

#[test]
fn module_of_gcc() {
    let report = of_gcc(ask_for_a_stack);
    assert!(!report.refused());
    insta::assert_snapshot!(report);
}

#[test]
fn a_module_damaged_at_random_is_refused() {
    let kernel = kernel::parse(kernel::TEXT);
    let good = Module::hello().build();
    let mut random = 0x2545_f491_u32;
    for _ in 0..1000 {
        let mut file = good.clone();
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        let at = random as usize % file.len();
        file[at] ^= (random >> 24) as u8 | 1;
        let subject = Subject { file_name: "hello.mo", bytes: &file, unstripped: None };
        let refused = check(subject, &kernel, &Options::default()).map_or(true, |report| report.refused());
        assert!(refused, "passed with another byte at {at}");
    }
}
