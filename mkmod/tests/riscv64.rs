//! Modules for RISC-V, mostly of 64 bits: what is told of them, and why a kernel refuses them.

mod support;

use mkmod::check::{Options, Report, Subject, check};
use mkmod::info::describe;
use mkmod::symbols::Kernel;
use support::kernel::{self, Table};
use support::module::{Module, Note, Relocation};

/// A kernel with kernel-glue.
const KERNEL: &str = "\
# kernel: rtthread.elf
# processor: rv64 risc-v soft-float
# RT_NAME_MAX: 16
# RT_ALIGN_SIZE: 8
# RT_THREAD_PRIORITY_MAX: 32
rt_kprintf => 0x80201234
rtt_mod_abi_1 => 0x80202000
";

/// Checks hello after a change.
fn changed(change: impl FnOnce(&mut Module)) -> Report {
    let mut module = Module::hello_riscv64();
    change(&mut module);
    on(KERNEL, &module)
}

fn on(kernel: &str, module: &Module) -> Report {
    let subject = Subject { file_name: "hello.mo", bytes: &module.build(), unstripped: None };
    check(subject, &kernel::parse(kernel), &Options::default()).unwrap()
}

#[test]
fn hello_loads() {
    insta::assert_snapshot!(changed(|_| ()), @"hello.mo loads on rtthread.elf: 2 imports found, 96 bytes resident, 2144 to load and start it");
}

#[test]
fn what_is_told_of_hello() {
    insta::assert_snapshot!(describe("hello.mo", &Module::hello_riscv64().build()).unwrap());
}

#[test]
fn an_import_is_missing() {
    insta::assert_snapshot!(changed(|it| it.symbols[1].name = "rt_sem_take"));
}

#[test]
fn a_relocation_of_32_bits() {
    insta::assert_snapshot!(changed(|it| it.relocations.push(Relocation { place: 72, kind: 1, symbol: 2 })));
}

#[test]
fn a_relocation_that_is_not_aligned() {
    insta::assert_snapshot!(changed(|it| it.relocations[2].place = 60));
}

#[test]
fn hard_float_on_a_soft_float_kernel() {
    insta::assert_snapshot!(changed(|it| {
        it.flags = 5;
        let note = it.note.take();
        it.note = note.map(|note| Note { strings: ["hello", "0.1.0", "", "riscv64gc-unknown-none-elf"], ..note });
    }));
}

#[test]
fn flags_that_contradict_the_target() {
    insta::assert_snapshot!(changed(|it| it.flags = 5));
}

#[test]
fn a_module_for_arm() {
    insta::assert_snapshot!(on(KERNEL, &Module::hello()));
}

#[test]
fn a_module_of_the_other_width() {
    let kernel = KERNEL.replace("rv64", "rv32").replace("RT_ALIGN_SIZE: 8", "RT_ALIGN_SIZE: 4");
    insta::assert_snapshot!(on(&kernel, &Module::hello_riscv32()), @"hello.mo loads on rtthread.elf: 2 imports found, 64 bytes resident, 2112 to load and start it");
    insta::assert_snapshot!(on(KERNEL, &Module::hello_riscv32()), @r"
    error: the module is compiled for rv32 risc-v soft-float, but rtthread.elf for rv64 risc-v soft-float
       = help: build it with `--target riscv64imac-unknown-none-elf`

    hello.mo does not load on rtthread.elf: 1 error
    ");
    insta::assert_snapshot!(on(&kernel, &Module::hello_riscv64()), @r"
    error: the module is compiled for rv64 risc-v soft-float, but rtthread.elf for rv32 risc-v soft-float
       = help: build it with `--target riscv32imac-unknown-none-elf`

    hello.mo does not load on rtthread.elf: 1 error
    ");
}

#[test]
fn a_kernel_for_arm() {
    let kernel = KERNEL.replace("rv64 risc-v soft-float", "v7 application soft-float");
    insta::assert_snapshot!(on(&kernel, &Module::hello_riscv64()));
}

#[test]
fn a_kernel_tells_its_exports_and_its_processor() {
    let exports = [("rt_kprintf", 0x8020_1234), ("rt_malloc", 0x8020_2000)];
    let kernel = Kernel::parse("rtthread.elf", &kernel::elf(&exports, Table::Symbols, kernel::RISCV)).unwrap();
    assert_eq!(Kernel::parse("rtthread.elf", kernel.to_text().as_bytes()).unwrap(), kernel);
    insta::assert_snapshot!(kernel.to_text(), @r"
    # What a kernel exports, by `mkmod symbols`.
    # kernel: rtthread.elf
    # loader: dlmodule
    # processor: rv64 risc-v soft-float
    # target: riscv64imac-unknown-none-elf
    # RT_THREAD_PRIORITY_MAX: 32
    rt_kprintf => 0x80201234
    rt_malloc => 0x80202000
    ");
}
