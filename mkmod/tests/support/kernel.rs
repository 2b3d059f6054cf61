//! Kernels: as a text, and as the ELF file of one with an export table.

use super::module::Form;
use mkmod::symbols::Kernel;

/// A Cortex-M3 kernel with kernel-glue.
pub const TEXT: &str = "\
# kernel: rtthread.elf
# processor: v7 microcontroller soft-float
# RT_NAME_MAX: 8
# RT_THREAD_PRIORITY_MAX: 32
rt_kprintf => 0x00001234
rt_sem_take => 0x00001300
rt_sem_release => 0x00001400
rtt_mod_abi_1 => 0x00002001
";

/// [`TEXT`], with one line changed.
pub fn with(line: &str, changed: &str) -> Kernel {
    let text = TEXT.replace(&format!("{line}\n"), changed);
    assert_ne!(text, TEXT, "no line `{line}`");
    parse(&text)
}

/// A kernel's text.
pub fn parse(text: &str) -> Kernel {
    Kernel::parse("rtthread.elf", text.as_bytes()).unwrap()
}

/// How the linker script of a kernel names its export table.
#[derive(Clone, Copy)]
pub enum Table {
    /// Between the symbols `__rtmsymtab_start` and `__rtmsymtab_end`.
    Symbols,
    /// A section `RTMSymTab`.
    Section,
    /// Not at all.
    None,
}

const BASE: u32 = 0x0800_0000;
/// `EM_RISCV`
pub const RISCV: u16 = 243;

/// The ELF file of a kernel that exports `exports`, for `machine`.
pub fn elf(exports: &[(&str, u32)], table: Table, machine: u16) -> Vec<u8> {
    with_sections(exports, table, machine, &[])
}

/// The same, with more sections, which are not loaded.
pub fn with_sections(exports: &[(&str, u32)], table: Table, machine: u16, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    build(exports, table, machine, more, &[])
}

/// The same, with more functions, which are not exported to modules.
pub fn with_functions(exports: &[(&str, u32)], machine: u16, functions: &[&str]) -> Vec<u8> {
    build(exports, Table::Symbols, machine, &[], functions)
}

fn build(exports: &[(&str, u32)], table: Table, machine: u16, more: &[(&str, Vec<u8>)], functions: &[&str]) -> Vec<u8> {
    let form = if machine == RISCV { Form::Bits64 } else { Form::Bits32 };
    let mut names = vec![];
    let mut entries = vec![];
    for (name, address) in exports {
        let pointer = BASE + (2 * form.word() * exports.len() + names.len()) as u32;
        entries.extend(form.addresses(&[*address, pointer]));
        names.extend(name.as_bytes());
        names.push(0);
    }
    let end = BASE + entries.len() as u32;
    let mut strings =
        b"\0__rtmsymtab_start\0__rtmsymtab_end\0.text\0RTMSymTab\0.symtab\0.strtab\0rt_thread_priority_table\0"
            .to_vec();
    let names_of_more = more.iter().map(|(name, _)| name).chain(functions);
    strings.extend(names_of_more.flat_map(|name| name.bytes().chain([0])));
    let name_of = |name: &str| {
        let name = [name.as_bytes(), b"\0"].concat();
        strings.windows(name.len()).position(|window| window == name).unwrap() as u32
    };
    let symbol = |name, value: u32, size: u32, kind: u8| {
        let (name, value_and_size, info) =
            (words(&[name_of(name)]), form.addresses(&[value, size]), vec![0x10 | kind, 0, 1, 0]);
        match form {
            Form::Bits32 | Form::Bits32Addends => [name, value_and_size, info].concat(),
            Form::Bits64 => [name, info, value_and_size].concat(),
        }
    };
    let mut symbols = vec![0; form.symbol_size()];
    let lists = 2 * 32 * form.word() as u32;
    symbols.extend(symbol("rt_thread_priority_table", 0x2000_0000, lists, 1));
    symbols.extend(functions.iter().flat_map(|name| symbol(name, end, 2, 2)));
    if let Table::Symbols = table {
        symbols.extend(symbol("__rtmsymtab_start", BASE, 0, 0));
        symbols.extend(symbol("__rtmsymtab_end", end, 0, 0));
    }
    let table_name = if let Table::Section = table { "RTMSymTab" } else { ".text" };
    let mut sections = vec![
        (name_of(table_name), 1, 2, BASE, entries),
        (name_of(".text"), 1, 6, end, names),
        (name_of(".symtab"), 2, 0, 0, symbols),
        (name_of(".strtab"), 3, 0, 0, strings.clone()),
    ];
    sections.extend(more.iter().map(|(name, bytes)| (name_of(name), 1, 0, 0, bytes.clone())));
    let count = sections.len() as u8 + 1;
    let mut file = vec![0; form.header_size()];
    let mut headers = vec![0; form.section_size()];
    for (name, kind, flags, address, bytes) in sections {
        let (offset, size) = (file.len() as u32, bytes.len() as u32);
        let record = if kind == 2 { form.symbol_size() as u32 } else { 0 };
        headers.extend(words(&[name, kind]));
        headers.extend(form.addresses(&[flags, address, offset, size]));
        headers.extend(words(&[4, 1]));
        headers.extend(form.addresses(&[1, record]));
        file.extend(bytes);
    }
    let table = file.len() as u32;
    file.extend(headers);
    let class = (form.word() / 4) as u8;
    let mut header = [&b"\x7fELF"[..], &[class, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0]].concat();
    header.extend(machine.to_le_bytes());
    header.extend(words(&[1]));
    header.extend(form.addresses(&[BASE, 0, table]));
    header.extend(words(&[if form == Form::Bits64 { 1 } else { 0x0500_0200 }]));
    header.extend([form.header_size() as u8, 0, 32, 0, 0, 0, form.section_size() as u8, 0, count, 0, 4, 0]);
    file[..header.len()].copy_from_slice(&header);
    file
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}
