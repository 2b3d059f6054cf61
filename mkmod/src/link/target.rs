//! What the code of a module is made for: read from the `.ARM.attributes` of the objects in it, or for RISC-V from the
//! flags in their headers.

use object::LittleEndian;
use object::elf::{self, FileHeader32};
use object::read::elf::{AttributeReader, AttributesSection};

use super::error::LinkError;
use super::isa::Isa;

const TAG_CPU_RAW_NAME: u64 = 4;
const TAG_CPU_NAME: u64 = 5;
const TAG_CPU_ARCH: u64 = 6;
const TAG_CPU_ARCH_PROFILE: u64 = 7;
const TAG_ABI_VFP_ARGS: u64 = 28;
const TAG_COMPATIBILITY: u64 = 32;

/// The build attributes that decide where code runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Attributes {
    arch: u64,
    profile: u64,
    float_args: u64,
    /// `e_flags` of an object for RISC-V of 64 bits.
    riscv64: Option<u32>,
}

impl Attributes {
    /// Of code for RISC-V of 64 bits, whose object has these `e_flags`.
    pub fn riscv64(elf_flags: u32) -> Self {
        Self { riscv64: Some(elf_flags), ..Self::default() }
    }

    /// Reads the contents of a `.ARM.attributes` section.
    ///
    /// # Errors
    ///
    /// When it is cut or malformed.
    pub fn parse(section: &[u8]) -> object::read::Result<Self> {
        let section = AttributesSection::<FileHeader32<LittleEndian>>::new(LittleEndian, section)?;
        let mut attributes = Self::default();
        let mut subsections = section.subsections()?;
        while let Some(subsection) = subsections.next()? {
            if subsection.vendor() != b"aeabi" {
                continue;
            }
            let mut scopes = subsection.subsubsections();
            while let Some(scope) = scopes.next()? {
                attributes.read(scope.attributes())?;
            }
        }
        Ok(attributes)
    }

    fn read(&mut self, mut reader: AttributeReader<'_>) -> object::read::Result<()> {
        while let Some(tag) = reader.read_tag()? {
            match tag {
                TAG_CPU_RAW_NAME | TAG_CPU_NAME => drop(reader.read_string()?),
                TAG_COMPATIBILITY => {
                    reader.read_integer()?;
                    reader.read_string()?;
                }
                TAG_CPU_ARCH => self.arch = reader.read_integer()?,
                TAG_CPU_ARCH_PROFILE => self.profile = reader.read_integer()?,
                TAG_ABI_VFP_ARGS => self.float_args = reader.read_integer()?,
                // From 32 on, odd tags have text, even ones numbers.
                tag if tag > TAG_COMPATIBILITY && tag % 2 == 1 => drop(reader.read_string()?),
                _ => drop(reader.read_integer()?),
            }
        }
        Ok(())
    }

    /// What code from both needs.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        let newer = if generation(other.arch) > generation(self.arch) { other } else { self };
        Self {
            arch: newer.arch,
            profile: if newer.profile == 0 { self.profile.max(other.profile) } else { newer.profile },
            float_args: self.float_args.max(other.float_args),
            riscv64: self.riscv64.map(|flags| flags | other.riscv64.unwrap_or_default()).or(other.riscv64),
        }
    }

    /// # Errors
    ///
    /// When no Rust target that RT-Thread runs on has these attributes.
    pub fn target(self) -> Result<Target, LinkError> {
        self.riscv64.map_or_else(|| self.arm_target(), riscv64_target)
    }

    fn arm_target(self) -> Result<Target, LinkError> {
        let hard = self.float_args == 1;
        let (isa, triple) = match (self.arch, self.profile as u8, hard) {
            (11 | 12, _, false) => (Isa::Thumb1, "thumbv6m-none-eabi"),
            (10, b'M', false) => (Isa::Thumb2, "thumbv7m-none-eabi"),
            (13, _, false) => (Isa::Thumb2, "thumbv7em-none-eabi"),
            (13, _, true) => (Isa::Thumb2, "thumbv7em-none-eabihf"),
            (16, _, false) => (Isa::Thumb1, "thumbv8m.base-none-eabi"),
            (17 | 21, _, false) => (Isa::Thumb2, "thumbv8m.main-none-eabi"),
            (17 | 21, _, true) => (Isa::Thumb2, "thumbv8m.main-none-eabihf"),
            (10, b'R', false) => (Isa::Arm, "armv7r-none-eabi"),
            (10, b'R', true) => (Isa::Arm, "armv7r-none-eabihf"),
            (10 | 14, b'A', false) => (Isa::Arm, "armv7a-none-eabi"),
            (10 | 14, b'A', true) => (Isa::Arm, "armv7a-none-eabihf"),
            (3 | 4, _, false) => (Isa::Arm, "armv5te-none-eabi"),
            _ => {
                return Err(LinkError::UnknownTarget { arch: self.arch, profile: self.profile });
            }
        };
        Ok(Target { isa, triple, elf_flags: elf::EF_ARM_EABI_VER5.0 })
    }
}

/// Code without compressed instructions is none of Rust's targets', and would not get on with our thunks.
fn riscv64_target(elf_flags: u32) -> Result<Target, LinkError> {
    let flags = elf::FileFlags(elf_flags);
    let triple = match flags.riscv_float_abi() {
        _ if !flags.contains(elf::EF_RISCV_RVC) => None,
        elf::EF_RISCV_FLOAT_ABI_SOFT => Some("riscv64imac-unknown-none-elf"),
        elf::EF_RISCV_FLOAT_ABI_DOUBLE => Some("riscv64gc-unknown-none-elf"),
        _ => None,
    };
    let triple = triple.ok_or(LinkError::UnknownRiscv { flags: elf_flags })?;
    Ok(Target { isa: Isa::Riscv64, triple, elf_flags })
}

/// `Tag_CPU_arch` numbers are in the order in which they were given out.
fn generation(arch: u64) -> u64 {
    match arch {
        11 | 12 => 9,
        other => other,
    }
}

/// Where a module runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The instruction set of its thunks.
    pub isa: Isa,
    /// The Rust target.
    pub triple: &'static str,
    /// `e_flags` of its objects, as far as they must not differ.
    pub elf_flags: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    const V7M: Attributes = Attributes { arch: 10, profile: b'M' as u64, float_args: 0, riscv64: None };
    const V7EM_HARD: Attributes = Attributes { arch: 13, profile: b'M' as u64, float_args: 1, riscv64: None };

    fn section(attributes: &[u8]) -> Vec<u8> {
        let mut section = b"A".to_vec();
        section.extend((4 + 6 + 5 + attributes.len() as u32).to_le_bytes());
        section.extend(b"aeabi\0\x01");
        section.extend((5 + attributes.len() as u32).to_le_bytes());
        section.extend(attributes);
        section
    }

    #[test]
    fn text_between_the_numbers_is_skipped() {
        let section = section(b"\x43\x32.09\0\x05cortex-m3\0\x06\x0a\x07\x4d\x20\x01gnu\0\x1c\x00");
        assert_eq!(Attributes::parse(&section).unwrap(), V7M);
    }

    #[test]
    fn cut_attributes_are_an_error() {
        let mut section = section(b"\x06\x0a\x07\x4d");
        section.truncate(section.len() - 3);
        assert!(Attributes::parse(&section).is_err());
    }

    #[test]
    fn one_object_for_a_larger_core_decides() {
        assert_eq!(V7M.join(V7EM_HARD), V7EM_HARD);
        assert_eq!(V7EM_HARD.join(V7M), V7EM_HARD);
        assert_eq!(V7M.join(Attributes::default()), V7M);
    }

    #[test]
    fn target_names_are_those_of_rustc() {
        assert_eq!(V7M.target().unwrap().triple, "thumbv7m-none-eabi");
        assert_eq!(V7EM_HARD.target().unwrap().triple, "thumbv7em-none-eabihf");
        assert_eq!(Attributes::riscv64(1).target().unwrap().triple, "riscv64imac-unknown-none-elf");
        assert_eq!(Attributes::riscv64(5).target().unwrap().triple, "riscv64gc-unknown-none-elf");
        assert!(matches!(Attributes::riscv64(0).target(), Err(LinkError::UnknownRiscv { flags: 0 })));
        assert!(matches!(Attributes::default().target(), Err(LinkError::UnknownTarget { .. })));
    }
}
