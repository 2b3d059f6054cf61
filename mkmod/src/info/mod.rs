//! What a module is and what it costs.

mod text;

use crate::module::{Module, ModuleError, Note};
use serde::Serialize;
use std::collections::BTreeMap;

/// What a module is and what it costs. As JSON, its fields are those of `mkmod info --json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Info {
    /// The name of its file.
    pub file: String,
    /// What it says of itself. `None`: nothing, it was not made by `mkmod-ld`.
    pub note: Option<About>,
    /// Its sizes.
    pub size: Size,
    /// What the kernel has to have.
    pub imports: Vec<String>,
    /// The functions that the kernel and `dlsym` see.
    pub exports: Vec<String>,
    /// How many relocations there are of each type.
    pub relocations: BTreeMap<String, usize>,
}

/// Sizes in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Size {
    /// The file.
    pub file: u64,
    /// Memory while the module is loaded: the image.
    pub resident: u64,
    /// The same without the heap arena.
    pub resident_without_heap: u64,
    /// What of the image is in the file.
    pub loaded: u64,
    /// What of the image is zero at the start.
    pub zeroed: u64,
    /// The heap arena.
    pub heap: u64,
    /// Memory while RT-Thread's own loader loads it: file and image.
    pub load_peak: u64,
    /// What the address of the image must be a multiple of.
    pub alignment: u32,
}

/// What a module says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// One line about it.
    pub description: String,
    /// The Rust target that it was compiled for.
    pub target: String,
    /// The version of the module ABI, `None` if it uses none.
    pub abi: Option<String>,
    /// The stack of its main thread, or of its `init`, and of its commands, in bytes; `None` for a library.
    pub stack: Option<u32>,
    /// Whether they are proven to need no more.
    pub stack_is_proven: bool,
    /// The largest frame that may lie at the end of a stack, in bytes; `None`: it is not known.
    pub largest_frame: Option<u32>,
    /// The memheap that its image is in; `None`: where the kernel has images.
    pub memory: Option<String>,
    /// The priority of its main thread; `None`: that of the thread that loads it.
    pub priority: Option<u8>,
    /// Whether it is started at boot.
    pub autostart: bool,
    /// Whether it is a library, which has no `main`.
    pub library: bool,
    /// Whether it is installed where the shell finds it by its bare name.
    pub command: bool,
    /// Whether it stays once it is loaded.
    pub resident: bool,
    /// The build id of its unstripped ELF.
    pub build_id: String,
    /// The checksum in the note.
    pub checksum: String,
    /// Whether the file has that checksum.
    pub checksum_is_true: bool,
}

/// Describes the module in `bytes`.
///
/// # Errors
/// When it is no module, or so damaged that its tables can't be read.
pub fn describe(file_name: &str, bytes: &[u8]) -> Result<Info, ModuleError> {
    let module = Module::parse(file_name, bytes)?;
    let mut relocations = BTreeMap::new();
    for relocation in &module.relocations {
        *relocations.entry(module.machine.relocation_name(relocation.kind)).or_default() += 1;
    }
    Ok(Info {
        file: file_name.into(),
        note: module.complete_note().map(|note| About::of(note, module.checksum)),
        size: Size::of(&module),
        imports: module.imports.iter().map(|import| import.name.clone()).collect(),
        exports: module.exports.iter().map(|export| export.name.clone()).collect(),
        relocations,
    })
}

impl Size {
    fn of(module: &Module) -> Self {
        let loaded = module.segments.iter().filter(|segment| segment.is_loaded());
        let loaded = loaded.map(|segment| u64::from(segment.file_size)).sum();
        let resident = module.image_bytes();
        let heap = module.complete_note().map_or(0, |note| note.heap_bytes.into());
        Self {
            file: module.file_bytes,
            resident,
            resident_without_heap: resident.saturating_sub(heap),
            loaded,
            zeroed: resident.saturating_sub(loaded),
            heap,
            load_peak: module.file_bytes + resident,
            alignment: module.alignment(),
        }
    }
}

impl About {
    fn of(note: &Note, checksum: Option<u32>) -> Self {
        Self {
            name: note.name.clone(),
            version: note.version.clone(),
            description: note.description.clone(),
            target: note.target.clone(),
            abi: (note.abi_major > 0).then(|| format!("{}.{}", note.abi_major, note.abi_minor)),
            stack: note.stack(),
            stack_is_proven: note.stack_is_proven,
            largest_frame: (note.largest_frame > 0).then_some(note.largest_frame),
            memory: note.memheap.clone(),
            priority: note.priority,
            autostart: note.autostart,
            library: note.library,
            command: note.command,
            resident: note.resident,
            build_id: note.build_id.iter().map(|byte| format!("{byte:02x}")).collect(),
            checksum: format!("{:#010x}", note.checksum),
            checksum_is_true: checksum == Some(note.checksum),
        }
    }
}
