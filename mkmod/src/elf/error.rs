//! Why an ELF file can't be read.

/// Why an ELF file can't be read: what of it is malformed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ElfError {
    /// It is another kind of file.
    #[error("it does not begin with the magic number of ELF")]
    NotElf,
    /// The header of the file.
    #[error("the ELF header is cut or malformed")]
    Header,
    /// The table of segments.
    #[error("the program headers are not in the file")]
    ProgramHeaders,
    /// The table of sections.
    #[error("the section headers are not in the file")]
    SectionHeaders,
    /// The contents of a segment.
    #[error("the segment at {address:#x} is not in the file")]
    Segment {
        /// Its address.
        address: u64,
    },
    /// The contents of a section.
    #[error("section {index} is not in the file")]
    Section {
        /// Its number.
        index: usize,
    },
    /// The name of a section.
    #[error("the name of section {index} is not in the table of names, or not UTF-8")]
    SectionName {
        /// Its number.
        index: usize,
    },
    /// The name of a symbol.
    #[error("the name of the symbol with the value {value:#x} is not in the table of names, or not UTF-8")]
    SymbolName {
        /// Its value.
        value: u64,
    },
    /// The symbol of a relocation.
    #[error("the relocation at {place:#x} refers to symbol {symbol}, which does not exist")]
    RelocationSymbol {
        /// The address of the relocation.
        place: u64,
        /// The number of the symbol.
        symbol: usize,
    },
    /// The build attributes.
    #[error("`.ARM.attributes` is cut or malformed")]
    Attributes,
    /// An archive.
    #[error("the archive is malformed: {reason}")]
    Archive {
        /// The parser's reason.
        reason: String,
    },
    /// The contents of a member of an archive.
    #[error("the member {name} is not in the archive")]
    Member {
        /// Its name.
        name: String,
    },
}
