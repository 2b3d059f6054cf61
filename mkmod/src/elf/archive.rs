//! Archives of objects.

use goblin::archive;

use super::ElfError;

/// How an archive begins that only names its members, which are files beside it.
const THIN: &[u8] = b"!<thin>\n";

/// An archive of objects.
pub struct Archive<'data> {
    bytes: &'data [u8],
    members: Option<archive::Archive<'data>>,
}

impl<'data> Archive<'data> {
    /// Reads the names of the members.
    ///
    /// # Errors
    /// When the archive is malformed.
    pub fn parse(bytes: &'data [u8]) -> Result<Self, ElfError> {
        if bytes.starts_with(THIN) {
            return Ok(Self { bytes, members: None });
        }
        let members = archive::Archive::parse(bytes);
        let members = members.map_err(|error| ElfError::Archive { reason: error.to_string() })?;
        Ok(Self { bytes, members: Some(members) })
    }

    /// The members with their names. There can be several of the same name. A thin archive has none.
    ///
    /// # Errors
    /// Each is an error if it is not in the archive.
    pub fn members(&self) -> impl Iterator<Item = Result<(&str, &'data [u8]), ElfError>> {
        let members = self.members.iter().flat_map(|archive| (0..archive.len()).filter_map(|at| archive.get_at(at)));
        members.map(|member| {
            let (name, start) = (member.extended_name(), usize::try_from(member.offset).unwrap_or(usize::MAX));
            let bytes = self.bytes.get(start..).and_then(|bytes| bytes.get(..member.size()));
            Ok((name, bytes.ok_or_else(|| ElfError::Member { name: name.to_owned() })?))
        })
    }
}
