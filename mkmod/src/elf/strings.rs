//! Tables of names.

use std::ffi::CStr;

/// The bytes of the name at `offset` of a table, up to its NUL. The names of symbols are compared as bytes.
pub fn bytes_at(table: &[u8], offset: usize) -> Option<&[u8]> {
    match offset {
        // No name, whether or not there is a table.
        0 => Some(&[]),
        _ => Some(CStr::from_bytes_until_nul(table.get(offset..)?).ok()?.to_bytes()),
    }
}

/// The name at `offset` of a table.
pub fn string_at(table: &[u8], offset: usize) -> Option<&str> {
    str::from_utf8(bytes_at(table, offset)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_with_its_nul() {
        let table = b"\0main\0init";
        assert_eq!(string_at(table, 1), Some("main"));
        assert_eq!(string_at(table, 3), Some("in"));
        assert_eq!(string_at(table, 6), None, "cut");
        assert_eq!(string_at(table, 99), None);
        assert_eq!(string_at(&[], 0), Some(""));
    }
}
