//! The workspace: the part of the image into which a loader reads the tables of the file, before it is filled.
//!
//! A load has no memory to spare. The tables are read in large pieces all the same: into a part of the image that is
//! placed last. The linker says where no relocation, or few of them, change anything; how large it is follows from the size
//! of the image.

/// The bytes of the three windows at most: a sector and the rest of a record, or of a name.
const MOST: [u32; 3] = [512 + 24, 512 + 24, 512 + 128];

/// Tables that have no more bytes are read as they are.
const FEW: u32 = 256;

/// How much of each table is in memory at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Bytes for relocations, symbols and names.
    pub windows: [u32; 3],
}

impl Workspace {
    /// That of an image with so many bytes, for tables with so many: three quarters of the image at most. `None` if it is too
    /// small, or if the tables are.
    ///
    /// ```
    /// use format::Workspace;
    /// assert_eq!(Workspace::of(500, [40, 64, 80]), None);
    /// assert_eq!(Workspace::of(500, [4000, 4000, 4000]), None);
    /// assert_eq!(Workspace::of(600, [4000, 4000, 80]).unwrap().bytes(), 136 + 136 + 80);
    /// assert_eq!(Workspace::of(1 << 20, [4000, 4000, 4000]).unwrap().bytes(), 1712);
    /// ```
    pub fn of(image_bytes: u32, tables: [u32; 3]) -> Option<Self> {
        let room = image_bytes.saturating_sub(image_bytes.div_ceil(4));
        if total(tables) <= FEW {
            return None;
        }
        [0, 1, 2].into_iter().find_map(|half| {
            let [relocations, symbols, names] = MOST.map(|most| most >> half);
            let windows = [relocations.min(tables[0]), symbols.min(tables[1]), names.min(tables[2])].map(words);
            (total(windows) <= room).then_some(Self { windows })
        })
    }

    /// Its size.
    pub fn bytes(self) -> u32 {
        total(self.windows)
    }
}

/// A window holds whole words, on each machine.
fn words(size: u32) -> u32 {
    size.saturating_add(7) & !7
}

fn total(parts: [u32; 3]) -> u32 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(*part))
}
