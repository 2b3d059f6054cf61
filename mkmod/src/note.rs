//! The note of a module: what it is and what it asks for, completed by the linker.

/// The description of `.note.rtt-mod`, without its checksum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Note {
    /// Major version of the module ABI; 0 if the module does not use it.
    pub abi_major: u16,
    /// Minor version of the module ABI.
    pub abi_minor: u16,
    /// The stack of the main thread.
    pub stack_bytes: u32,
    /// The arena in `.bss`; 0 if the module does not allocate.
    pub heap_bytes: u32,
    /// The priority of the main thread, or [`Note::DEFAULT_PRIORITY`].
    pub priority: u8,
    /// [`Note::AUTOSTART`], [`Note::LIBRARY`], [`Note::COMMAND`], [`Note::RESIDENT`].
    pub flags: u8,
    /// The same as in the unstripped ELF.
    pub build_id: [u8; 8],
    /// What the module is called, and its file.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// What the module is for.
    pub description: String,
    /// The Rust target that it is built for.
    pub target: String,
}

impl Note {
    /// The priority of the thread that loads the module.
    pub const DEFAULT_PRIORITY: u8 = loader::note::PRIORITY_DEFAULT;
    /// In [`Note::flags`]: to be started at boot.
    pub const AUTOSTART: u8 = 1;
    /// In [`Note::flags`]: has no `main`.
    pub const LIBRARY: u8 = 2;
    /// In [`Note::flags`]: to be installed where the shell finds it by its bare name.
    pub const COMMAND: u8 = 4;
    /// In [`Note::flags`]: stays once it is loaded.
    pub const RESIDENT: u8 = 8;
    /// The section of the program in which `#[rtt_mod::main]` leaves its draft.
    pub const DRAFT: &str = ".rtt_mod.note";
    /// The header and the owner's name in front of the description.
    pub const HEADER: usize = 20;
    /// Where the checksum of the file is.
    pub const CHECKSUM: usize = 0;
    /// Where the build id is.
    pub const BUILD_ID: usize = 20;

    /// Reads the draft that `#[rtt_mod::main]` leaves in the program. `None` if it is malformed.
    pub fn parse(draft: &[u8]) -> Option<Self> {
        let draft = draft.ends_with(b"\0").then_some(draft)?;
        let read = loader::note::Note::parse(draft).ok()?;
        let flags = [
            (read.autostart, Self::AUTOSTART),
            (read.library, Self::LIBRARY),
            (read.command, Self::COMMAND),
            (read.resident, Self::RESIDENT),
        ];
        Some(Self {
            abi_major: read.abi_major,
            abi_minor: read.abi_minor,
            stack_bytes: read.stack_bytes,
            heap_bytes: read.heap_bytes,
            priority: read.priority.unwrap_or(Self::DEFAULT_PRIORITY),
            flags: flags.into_iter().filter(|(is_set, _)| *is_set).fold(0, |all, (_, flag)| all | flag),
            build_id: read.build_id,
            name: read.name.into(),
            version: read.version.into(),
            description: read.description.into(),
            target: read.target.into(),
        })
    }

    /// The bytes of the description, with a checksum of zero.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![0; 4];
        bytes.extend(self.abi_major.to_le_bytes());
        bytes.extend(self.abi_minor.to_le_bytes());
        bytes.extend(self.stack_bytes.to_le_bytes());
        bytes.extend(self.heap_bytes.to_le_bytes());
        bytes.extend([self.priority, self.flags, 0, 0]);
        bytes.extend(self.build_id);
        for text in [&self.name, &self.version, &self.description, &self.target] {
            bytes.extend(text.as_bytes());
            bytes.push(0);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        Note {
            abi_major: 1,
            abi_minor: 2,
            stack_bytes: 4096,
            heap_bytes: 8192,
            priority: 20,
            flags: Note::AUTOSTART | Note::COMMAND,
            build_id: *b"\x01\x02\x03\x04\x05\x06\x07\x08",
            name: "blink".into(),
            version: "0.1.0".into(),
            description: String::new(),
            target: "thumbv7m-none-eabi".into(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(Note::parse(&note().encode()), Some(note()));
    }

    #[test]
    fn a_cut_note_is_malformed() {
        let bytes = note().encode();
        for length in [0, 10, loader::note::STRINGS, bytes.len() - 1] {
            assert_eq!(Note::parse(&bytes[..length]), None, "{length} bytes");
        }
    }
}
