//! The build attributes of Arm: the contents of a section `.ARM.attributes`.
//!
//! They are described in "Addenda to, and Errata in, the ABI for the Arm Architecture". goblin does not read them.

use gimli::{EndianSlice, LittleEndian, Reader as _};

use super::ElfError;

/// The section that they are in.
pub const ARM_ATTRIBUTES: &str = ".ARM.attributes";

/// The version of the format, the first byte of the section.
const FORMAT: u8 = b'A';

const TAG_FILE: u64 = 1;
const TAG_CPU_RAW_NAME: u64 = 4;
const TAG_CPU_NAME: u64 = 5;
const TAG_CPU_ARCH: u64 = 6;
const TAG_CPU_ARCH_PROFILE: u64 = 7;
const TAG_FP_ARCH: u64 = 10;
const TAG_ABI_VFP_ARGS: u64 = 28;
const TAG_COMPATIBILITY: u64 = 32;

/// The build attributes that decide where code runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ArmAttributes {
    /// `Tag_CPU_arch`.
    pub architecture: u64,
    /// `Tag_CPU_arch_profile`: a letter, or 0.
    pub profile: u64,
    /// `Tag_FP_arch`: 0 is none.
    pub float_unit: u64,
    /// `Tag_ABI_VFP_args`: 1 are registers of the floating-point unit.
    pub float_arguments: u64,
}

type Bytes<'data> = EndianSlice<'data, LittleEndian>;

impl ArmAttributes {
    /// Reads the contents of the section: what it says of the whole file. No compiler says more.
    ///
    /// # Errors
    /// When it is cut or malformed.
    pub fn parse(section: &[u8]) -> Result<Self, ElfError> {
        let mut found = Self::default();
        match found.read_section(Bytes::new(section, LittleEndian)) {
            Ok(true) => Ok(found),
            _ => Err(ElfError::Attributes),
        }
    }

    /// Whether the format is known.
    fn read_section(&mut self, mut bytes: Bytes<'_>) -> gimli::Result<bool> {
        let is_known = bytes.read_u8()? == FORMAT;
        while is_known && !bytes.is_empty() {
            // It counts itself, too.
            let size = bytes.read_u32()?;
            let mut vendor = bytes.split(size.saturating_sub(4) as usize)?;
            if vendor.read_null_terminated_slice()?.slice() == b"aeabi" {
                self.read_vendor(vendor)?;
            }
        }
        Ok(is_known)
    }

    fn read_vendor(&mut self, mut bytes: Bytes<'_>) -> gimli::Result<()> {
        while !bytes.is_empty() {
            let before = bytes.len();
            let scope = bytes.read_uleb128()?;
            let size = bytes.read_u32()?;
            let attributes = bytes.split((size as usize).saturating_sub(before - bytes.len()))?;
            if scope == TAG_FILE {
                self.read_attributes(attributes)?;
            }
        }
        Ok(())
    }

    fn read_attributes(&mut self, mut bytes: Bytes<'_>) -> gimli::Result<()> {
        while !bytes.is_empty() {
            match bytes.read_uleb128()? {
                TAG_CPU_ARCH => self.architecture = bytes.read_uleb128()?,
                TAG_CPU_ARCH_PROFILE => self.profile = bytes.read_uleb128()?,
                TAG_FP_ARCH => self.float_unit = bytes.read_uleb128()?,
                TAG_ABI_VFP_ARGS => self.float_arguments = bytes.read_uleb128()?,
                TAG_COMPATIBILITY => {
                    bytes.read_uleb128()?;
                    bytes.read_null_terminated_slice()?;
                }
                tag if is_text(tag) => drop(bytes.read_null_terminated_slice()?),
                _ => drop(bytes.read_uleb128()?),
            }
        }
        Ok(())
    }
}

/// From 32 on, odd tags have text, even ones numbers.
fn is_text(tag: u64) -> bool {
    matches!(tag, TAG_CPU_RAW_NAME | TAG_CPU_NAME) || tag > TAG_COMPATIBILITY && tag % 2 == 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        let section = section(b"\x43\x32.09\0\x05cortex-m4\0\x06\x0d\x07\x4d\x20\x01gnu\0\x0a\x06\x1c\x01");
        let expected = ArmAttributes { architecture: 13, profile: b'M'.into(), float_unit: 6, float_arguments: 1 };
        assert_eq!(ArmAttributes::parse(&section), Ok(expected));
    }

    #[test]
    fn what_another_vendor_says_is_skipped() {
        let mut section = section(b"\x06\x0a");
        section.extend(b"\x08\0\0\0gnu\0");
        assert_eq!(ArmAttributes::parse(&section).map(|found| found.architecture), Ok(10));
    }

    #[test]
    fn cut_attributes_are_an_error() {
        let whole = section(b"\x06\x0a\x07\x4d");
        for end in [0, 3, 8, 13, whole.len() - 3] {
            assert_eq!(ArmAttributes::parse(&whole[..end]), Err(ElfError::Attributes), "{end}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_attributes_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = ArmAttributes::parse(&section(&bytes));
            let _ = ArmAttributes::parse(&bytes);
        }
    }
}
