//! The ELF file of a kernel, the text of `mkmod symbols` and the console describe the same kernel.

mod support;

use mkmod::symbols::{Kernel, Loader};
use support::kernel::{Table, elf, with_functions};

const EXPORTS: [(&str, u32); 3] = [("rt_kprintf", 0x0800_1235), ("rt_malloc", 0x0800_2001), ("errno", 0x2000_0010)];
const CONSOLE: &str = "\
msh />list_symbols\r
rt_kprintf => 0x08001235\r
rt_malloc => 0x08002001\r
errno => 0x20000010\r
msh />";
const ARM: u16 = 40;

fn parse(bytes: &[u8]) -> Result<Kernel, String> {
    Kernel::parse("rtthread.elf", bytes).map_err(|error| error.to_string())
}

#[test]
fn elf_text_and_console_agree() {
    let of_elf = parse(&elf(&EXPORTS, Table::Symbols, ARM)).unwrap();
    let of_text = parse(of_elf.to_text().as_bytes()).unwrap();
    let of_console = parse(CONSOLE.as_bytes()).unwrap();
    assert_eq!(of_text, of_elf);
    assert_eq!(of_console.exports, of_elf.exports);
    insta::assert_snapshot!(of_elf.to_text());
}

#[test]
fn a_kernel_with_kernel_glue_has_its_loader() {
    let of_elf = |functions: &[&str]| parse(&with_functions(&EXPORTS, ARM, functions)).unwrap();
    let glue = of_elf(&["main", "rttm_loader_load"]);
    assert_eq!(glue.loader, Loader::Glue);
    assert_eq!(parse(glue.to_text().as_bytes()).unwrap(), glue);
    assert_eq!(of_elf(&["main"]).loader, Loader::Dlmodule);
}

#[test]
fn the_table_may_be_a_section() {
    let by_section = parse(&elf(&EXPORTS, Table::Section, ARM)).unwrap();
    assert_eq!(by_section, parse(&elf(&EXPORTS, Table::Symbols, ARM)).unwrap());
}

#[test]
fn what_is_no_kernel_says_why() {
    let cut = &elf(&EXPORTS, Table::Symbols, ARM)[..60];
    let inputs: [(&str, &[u8]); 5] = [
        ("a text", b"Dear diary, today nothing was exported.\n"),
        ("an x86 program", &elf(&EXPORTS, Table::Symbols, 3)),
        ("a kernel without modules", &elf(&EXPORTS, Table::None, ARM)),
        ("a kernel that was cut", cut),
        ("nothing", b""),
    ];
    let told = inputs.map(|(what, bytes)| format!("{what}: {}", parse(bytes).unwrap_err()));
    insta::assert_snapshot!(told.join("\n"));
}
