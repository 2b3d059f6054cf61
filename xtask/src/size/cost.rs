//! The size of something in ROM and RAM.

use std::fs;
use std::ops::{AddAssign, Sub};
use std::path::Path;

use object::{Object, ObjectSection, SectionFlags, SectionKind, elf};
use serde::{Deserialize, Serialize};

/// A size in bytes. The difference of two sizes can be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    pub rom: i64,
    pub ram: i64,
}

impl Cost {
    /// The size of a whole firmware.
    ///
    /// # Errors
    /// When the file can't be read.
    pub fn of_firmware(elf: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let data = fs::read(elf)?;
        let mut total = Self::default();
        for section in object::File::parse(&*data)?.sections() {
            total += Self::of_section(&section);
        }
        Ok(total)
    }

    fn of_section<'data>(section: &impl ObjectSection<'data>) -> Self {
        let SectionFlags::Elf { sh_flags, .. } = section.flags() else { return Self::default() };
        let bytes = if sh_flags.contains(elf::SHF_ALLOC) { section.size() as i64 } else { 0 };
        let is_in_rom = section.kind() != SectionKind::UninitializedData;
        let is_in_ram = sh_flags.contains(elf::SHF_WRITE);
        Self { rom: if is_in_rom { bytes } else { 0 }, ram: if is_in_ram { bytes } else { 0 } }
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.rom += other.rom;
        self.ram += other.ram;
    }
}

impl Sub for Cost {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { rom: self.rom - other.rom, ram: self.ram - other.ram }
    }
}
