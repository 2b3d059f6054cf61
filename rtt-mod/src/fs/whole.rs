//! Functions that read, write or copy a whole file.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};

use super::File;
use crate::{
    Error, Result,
    io::{self, Write},
    path::Path,
};

/// Reads a whole file.
///
/// # Errors
///
/// Those of [`File::open`] and [`File::read_to_end`].
///
/// ```no_run
/// let bytes = rtt_mod::fs::read("/data.bin")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn read<P: AsRef<Path>>(path: P) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a whole file as text.
///
/// # Errors
///
/// [`Error::InvalidData`] when it is not UTF-8, and those of [`read()`].
///
/// ```no_run
/// let text = rtt_mod::fs::read_to_string("/settings.txt")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn read_to_string<P: AsRef<Path>>(path: P) -> Result<String> {
    String::from_utf8(read(path)?).map_err(|_| Error::InvalidData)
}

/// Creates a file with `contents`, or replaces the contents of an existing one.
///
/// # Errors
///
/// Those of [`File::create`], and [`Error::StorageFull`]; then the file has a part of the contents.
///
/// ```no_run
/// rtt_mod::fs::write("/settings.txt", "volume = 11\n")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn write<P: AsRef<Path>, C: AsRef<[u8]>>(path: P, contents: C) -> Result<()> {
    File::create(path)?.write_all(contents.as_ref())
}

/// Copies a file, and returns the number of bytes.
///
/// It needs 512 bytes of stack.
///
/// # Errors
///
/// Those of [`File::open`] and [`write()`]; [`Error::Busy`] when both are the same file.
///
/// ```no_run
/// rtt_mod::fs::copy("/settings.txt", "/settings.old")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn copy<P: AsRef<Path>, Q: AsRef<Path>>(from: P, to: Q) -> Result<u64> {
    io::copy(&mut File::open(from)?, &mut File::create(to)?)
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;

    use super::*;

    #[test]
    fn contents_come_back() {
        let bytes = vec![9; 1025];
        write("/a", &bytes).unwrap();
        assert_eq!(copy("/a", "/b"), Ok(bytes.len() as u64));
        assert_eq!(read("/b").unwrap(), bytes);
        assert_eq!(copy("/a", "/a"), Err(Error::Busy));
        assert_eq!(read("/a").unwrap(), bytes);
    }

    #[test]
    fn text_is_utf_8() {
        write("/a", "größe").unwrap();
        assert_eq!(read_to_string("/a").as_deref(), Ok("größe"));
        write("/a", [0xff]).unwrap();
        assert_eq!(read_to_string("/a"), Err(Error::InvalidData));
        assert_eq!(read_to_string("/b"), Err(Error::NotFound));
    }
}
