//! The linker script: one segment with what is loaded, starting at address 0, and nothing else in it.

/// Sections that lld writes for its own kind of loader, outside of the image.
pub const OUTSIDE: &[&str] = &[
    ".preinit_array",
    ".init_array",
    ".fini_array",
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

/// Nothing is exported as far as lld is concerned: the export table is ours to write.
pub const VERSIONS: &str = "{ local: *; };\n";

/// What the loader needs to see once but the module never reads goes into a second segment, behind the image. The
/// writer of the `.mo` leaves that out. Within an output section the strictest alignment comes first: less padding.
///
/// Sections named `.rtt_mod.*` are messages to the linker; `INFO` keeps them out of memory. Unwind tables are of no use
/// to a program that is stopped when it panics.
pub const SCRIPT: &str = "\
PHDRS { image PT_LOAD FLAGS(7); outside PT_LOAD FLAGS(6); }
SECTIONS
{
  . = 0;
  .text : {
    KEEP(*(.rtt_mod.thunks .rtt_mod.no_main))
    *(SORT_BY_ALIGNMENT(.text) SORT_BY_ALIGNMENT(.text.*))
  } :image
  .data.rel.ro : { *(SORT_BY_ALIGNMENT(.data.rel.ro) SORT_BY_ALIGNMENT(.data.rel.ro.*)) } :image
  .got : { *(.got) } :image
  .rodata : { *(SORT_BY_ALIGNMENT(.rodata) SORT_BY_ALIGNMENT(.rodata.*)) } :image
  .data : { *(SORT_BY_ALIGNMENT(.data) SORT_BY_ALIGNMENT(.data.*)) } :image
  .bss : { *(SORT_BY_ALIGNMENT(.bss) SORT_BY_ALIGNMENT(.bss.*) COMMON) } :image

  .preinit_array : { KEEP(*(.preinit_array .preinit_array.*)) } :outside
  .init_array : { KEEP(*(.init_array .init_array.* .ctors .ctors.*)) } :outside
  .fini_array : { KEEP(*(.fini_array .fini_array.* .dtors .dtors.*)) } :outside
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
  /DISCARD/ : { *(.ARM.exidx* .ARM.extab* .eh_frame* .gcc_except_table* .comment .note.GNU-stack) }
}
";
