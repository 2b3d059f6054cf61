//! A module that was compiled for other prototypes than the kernel has is refused.

mod support;

use mkmod::check::{Options, Report, Subject, check};
use support::module::Module;
use support::{kernel, program};

/// The kernel's `rt_kprintf` takes and returns `theirs`; hello was compiled with the declarations `ours`.
fn report(theirs: &str, ours: &[&[u8]]) -> Report {
    let kernel = kernel::with(
        "rt_kprintf => 0x00001234",
        &format!("rt_kprintf => 0x00001234\n# prototype: rt_kprintf {theirs}\n"),
    );
    let records = ours.concat();
    let elf = program::with_prototypes("rt_kprintf", program::BUILD_ID, "main", &records);
    let bytes = Module::hello().build();
    let options = Options { source_root: Some("/home/me/blink".into()), ..Options::default() };
    check(Subject { file_name: "hello.mo", bytes: &bytes, unstripped: Some(&elf) }, &kernel, &options).unwrap()
}

macro_rules! refused {
    ($($name:ident: $theirs:expr, $ours:expr;)*) => { $(
        #[test]
        fn $name() {
            let report = report($theirs, &[$ours]);
            assert!(report.refused(), "{report}");
            insta::assert_snapshot!(report);
        }
    )* };
}

refused! {
    more_arguments: "0(4,4) drivers/pin.h:63", b"rt_kprintf\0\x00\x03\x04\x04\x04";
    fewer_arguments: "0(4,4) drivers/pin.h:63", b"rt_kprintf\0\x00\x00";
    larger_argument: "4(4) include/rtthread.h:145", b"rt_kprintf\0\x04\x01\x08";
    larger_result: "4(4) include/rtthread.h:145", b"rt_kprintf\0\x08\x01\x04";
    result_of_nothing: "0(4)", b"rt_kprintf\0\x04\x01\x04";
    ignored_result: "4(4)", b"rt_kprintf\0\x00\x01\x04";
    variadic_in_the_kernel_only: "0(4,...) include/rtthread.h:518", b"rt_kprintf\0\x00\x02\x04\x04";
    variadic_in_the_module_only: "0(4,4) include/rtthread.h:518", b"rt_kprintf\0\x00\x81\x04";
    everything: "8(1,...) include/rtthread.h:518", b"rt_kprintf\0\x00\x02\x04\x08";
}

#[test]
fn the_same_prototype_loads() {
    let report = report("0(4,...) include/rtthread.h:518", &[b"rt_kprintf\0\x00\x81\x04", b"rt_malloc\0\x00\x00"]);
    assert!(!report.refused(), "{report}");
}

#[test]
fn each_wrong_declaration_is_told_once() {
    let (wrong, right, worse) = (b"rt_kprintf\0\x00\x01\x08", b"rt_kprintf\0\x00\x01\x04", b"rt_kprintf\0\x00\x01\x02");
    let report = report("0(4)", &[wrong, right, worse, wrong]);
    assert_eq!(report.findings().len(), 2, "{report}");
}

#[test]
fn another_build_may_have_had_other_declarations() {
    let kernel = kernel::with("rt_kprintf => 0x00001234", "rt_kprintf => 0x00001234\n# prototype: rt_kprintf 0(4)\n");
    let elf = program::with_prototypes("rt_kprintf", [0; 8], "main", b"rt_kprintf\0\x00\x00");
    let bytes = Module::hello().build();
    let subject = Subject { file_name: "hello.mo", bytes: &bytes, unstripped: Some(&elf) };
    assert!(!check(subject, &kernel, &Options::default()).unwrap().refused());
}

#[test]
fn what_is_not_told_is_not_compared() {
    assert!(!report("0(4)", &[]).refused());
    let kernel = kernel::parse(kernel::TEXT);
    let elf = program::with_prototypes("rt_kprintf", program::BUILD_ID, "main", b"rt_kprintf\0\x00\x00");
    let bytes = Module::hello().build();
    let subject = Subject { file_name: "hello.mo", bytes: &bytes, unstripped: Some(&elf) };
    assert!(!check(subject, &kernel, &Options::default()).unwrap().refused());
}
