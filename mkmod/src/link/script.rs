//! The linker script: one segment with what is loaded, starting at address 0, and nothing else in it.

use crate::stack::Kind;

/// Sections that lld writes for its own kind of loader, outside of the image.
pub const OUTSIDE: &[&str] = &[
    ".preinit_array",
    ".ctors",
    ".dtors",
    ".got.plt",
    ".note.gnu.build-id",
    ".dynsym",
    ".hash",
    ".gnu.hash",
    ".gnu.version",
    ".gnu.version_r",
    ".dynstr",
    ".rel.dyn",
    ".rel.plt",
    ".dynamic",
];

/// The section with the addresses of the functions that are called before all others.
pub const CONSTRUCTORS: &str = ".init_array";

/// The section with the addresses of the functions that are called last.
pub const DESTRUCTORS: &str = ".fini_array";

/// Nothing is exported as far as lld is concerned: the export table is ours to write.
pub const VERSIONS: &str = "{ local: *; };\n";

/// The script, with `sections` of the program's own between its variables.
///
/// What lld writes for loaders other than RT-Thread's goes into a second segment, behind the image. The writer of the
/// `.mo` leaves that out.
///
/// Sections named `.rtt_mod.*` are messages to the linker; `INFO` keeps them out of memory. Unwind tables are of no use
/// to a program that is stopped when it panics.
pub fn script<'a>(sections: impl IntoIterator<Item = &'a str>) -> String {
    let own: String = sections
        .into_iter()
        .filter(|name| is_plain(name))
        .map(|name| format!("  {name} : {{ KEEP(*({name})) }} :image\n"))
        .collect();
    format!("{THUNKS}{}{IMAGE}{own}{BEHIND}", marked())
}

/// Functions of one [`Kind`] are side by side, between two symbols: `mkmod stack` knows by them who calls what.
fn marked() -> String {
    let of = |kind: Kind| {
        let (start, end, section) = (kind.start_symbol(), kind.end_symbol(), kind.section());
        format!("    {start} = .; *({section}) {end} = .;\n")
    };
    Kind::ALL.into_iter().map(of).collect()
}

/// Whether a name needs no quotes, which lld 14 takes for a part of the name.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.$".contains(&byte))
}

/// Whether sections of that name have a place, be it for lld to refuse them by name.
pub fn places(name: &str) -> bool {
    const IMAGE: &[&str] =
        &[".text", ".data.rel.ro", CONSTRUCTORS, DESTRUCTORS, ".got", ".rodata", ".data", ".bss", ".tdata", ".tbss"];
    IMAGE.contains(&name) || OUTSIDE.contains(&name)
}

/// Thread-local variables have a segment only to get past lld: they are refused by name.
const THUNKS: &str = "\
PHDRS { image PT_LOAD FLAGS(7); outside PT_LOAD FLAGS(6); threads PT_TLS FLAGS(4); }
SECTIONS
{
  . = 0;
  .text : {
    KEEP(*(.rtt_mod.thunks .rtt_mod.no_main))
";

const IMAGE: &str = "    *(SORT_BY_ALIGNMENT(.text) SORT_BY_ALIGNMENT(.text.*))
  } :image
  .data.rel.ro : { *(SORT_BY_ALIGNMENT(.data.rel.ro) SORT_BY_ALIGNMENT(.data.rel.ro.*)) } :image
  .init_array : { KEEP(*(SORT_BY_INIT_PRIORITY(.init_array.*))) KEEP(*(.init_array)) } :image
  .fini_array : { KEEP(*(SORT_BY_INIT_PRIORITY(.fini_array.*))) KEEP(*(.fini_array)) } :image
  .got : { *(.got) } :image
  .rodata : { *(SORT_BY_ALIGNMENT(.rodata) SORT_BY_ALIGNMENT(.rodata.*) SORT_BY_ALIGNMENT(.srodata*)) } :image
  .data : { *(SORT_BY_ALIGNMENT(.data) SORT_BY_ALIGNMENT(.data.*) SORT_BY_ALIGNMENT(.sdata*)) } :image
";

const BEHIND: &str = "\
  .bss : { *(SORT_BY_ALIGNMENT(.bss) SORT_BY_ALIGNMENT(.bss.*) SORT_BY_ALIGNMENT(.sbss*) COMMON) } :image

  .tdata : { *(.tdata .tdata.*) } :outside :threads
  .tbss : { *(.tbss .tbss.*) } :outside :threads
  .preinit_array : { KEEP(*(.preinit_array .preinit_array.*)) } :outside
  .ctors : { KEEP(*(.ctors .ctors.*)) } :outside
  .dtors : { KEEP(*(.dtors .dtors.*)) } :outside
  .got.plt : { *(.got.plt) } :outside
  .note.gnu.build-id : { *(.note.gnu.build-id) } :outside
  .dynsym : { *(.dynsym) } :outside
  .hash : { *(.hash) } :outside
  .gnu.hash : { *(.gnu.hash) } :outside
  .dynstr : { *(.dynstr) } :outside
  .rel.dyn : { *(.rel.dyn) *(.rela.dyn) } :outside
  .rel.plt : { *(.rel.plt) *(.rela.plt) } :outside
  .dynamic : { *(.dynamic) } :outside

  .rtt_mod.note 0 (INFO) : { KEEP(*(.rtt_mod.note)) }
  .rtt_mod.exports 0 (INFO) : { KEEP(*(.rtt_mod.exports)) }
  .rtt_mod.prototypes 0 (INFO) : { KEEP(*(.rtt_mod.prototypes)) }
  /DISCARD/ : { *(.ARM.exidx* .ARM.extab* .eh_frame* .gcc_except_table* .comment .note.GNU-stack) }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_programs_own_sections_come_before_what_is_not_in_the_file() {
        let script = script(["commands"]);
        let own = script.find("commands : { KEEP(*(commands)) } :image").unwrap();
        assert!(own < script.find(".bss :").unwrap());
    }
}
