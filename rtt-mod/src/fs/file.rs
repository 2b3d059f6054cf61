//! Open files.
#![forbid(unsafe_code)]

use alloc::{string::String, vec::Vec};

use super::{Metadata, OpenOptions};
use crate::{
    Error, Result,
    io::{Read, Seek, SeekFrom, Write, embedded::embedded},
    path::Path,
    sys::file::{self, Whence},
};

/// An open file. It is closed when it is dropped.
///
/// It implements [`Read`], [`Write`] and [`Seek`], and the traits of the same names in `embedded-io`. It has no buffer:
/// [`BufReader`](crate::io::BufReader) and [`BufWriter`](crate::io::BufWriter) make many small reads and writes quick.
///
/// ```no_run
/// use rtt_mod::{fs::File, io::{Read, Write}, writeln};
///
/// let mut file = File::create("/log.txt")?;
/// writeln!(file, "started")?;
///
/// let mut header = [0; 16];
/// File::open("/data.bin")?.read_exact(&mut header)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct File(pub(super) file::File);

impl File {
    /// Opens a file for reading.
    ///
    /// # Errors
    ///
    /// Those of [`OpenOptions::open`].
    ///
    /// ```no_run
    /// let file = rtt_mod::fs::File::open("/data.bin")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open<P: AsRef<Path>>(path: P) -> Result<File> {
        OpenOptions::new().read(true).open(path)
    }

    /// Opens a file for writing. It is created if it does not exist, and made empty otherwise.
    ///
    /// # Errors
    ///
    /// Those of [`OpenOptions::open`].
    ///
    /// ```no_run
    /// let file = rtt_mod::fs::File::create("/data.bin")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn create<P: AsRef<Path>>(path: P) -> Result<File> {
        OpenOptions::new().write(true).create(true).truncate(true).open(path)
    }

    /// Creates a file and opens it for reading and writing.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyExists`] if it exists, and those of [`OpenOptions::open`].
    ///
    /// ```no_run
    /// let file = rtt_mod::fs::File::create_new("/data.bin")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn create_new<P: AsRef<Path>>(path: P) -> Result<File> {
        OpenOptions::new().read(true).write(true).create_new(true).open(path)
    }

    /// The same as [`OpenOptions::new`].
    ///
    /// ```no_run
    /// let file = rtt_mod::fs::File::options().append(true).open("/log.txt")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn options() -> OpenOptions {
        OpenOptions::new()
    }

    /// Writes data that the file system still buffers to the volume: `fsync`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the device has failed.
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::create("/data.bin")?;
    /// file.sync_all()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn sync_all(&self) -> Result<()> {
        self.0.sync()
    }

    /// The same as [`sync_all`](File::sync_all), since the file system does not separate data and metadata.
    ///
    /// # Errors
    ///
    /// Those of [`sync_all`](File::sync_all).
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::create("/data.bin")?;
    /// file.sync_data()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn sync_data(&self) -> Result<()> {
        self.sync_all()
    }

    /// Reads at `offset`, in bytes from the start, and leaves the position as it is.
    ///
    /// It moves the position and moves it back, so other threads must not use the file meanwhile.
    ///
    /// # Errors
    ///
    /// Those of reading and seeking.
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::open("/data.bin")?;
    /// let mut record = [0; 32];
    /// let count = file.read_at(&mut record, 7 * 32)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_at(&self, buf: &mut [u8], offset: u64) -> Result<usize> {
        self.at(offset, || self.0.read(buf))
    }

    /// Writes at `offset`, in bytes from the start, and leaves the position as it is. See [`read_at`](File::read_at).
    ///
    /// # Errors
    ///
    /// Those of writing and seeking.
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::options().write(true).open("/data.bin")?;
    /// let count = file.write_at(&[0xff; 32], 7 * 32)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn write_at(&self, buf: &[u8], offset: u64) -> Result<usize> {
        self.at(offset, || self.0.write(buf))
    }

    /// Calls `transfer` with the position at `offset`.
    fn at<T>(&self, offset: u64, transfer: impl FnOnce() -> Result<T>) -> Result<T> {
        let before = move_to(&self.0, SeekFrom::Current(0))?;
        move_to(&self.0, SeekFrom::Start(offset))?;
        let result = transfer();
        move_to(&self.0, SeekFrom::Start(before)).and(result)
    }

    /// Changes the length of the file: `ftruncate`. A longer file gets zeros at its end.
    ///
    /// # Errors
    ///
    /// [`Error::PermissionDenied`] unless the file is open for writing; [`Error::StorageFull`] when the volume is full.
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::create("/data.bin")?;
    /// file.set_len(512)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_len(&self, size: u64) -> Result<()> {
        self.0.set_length(size)
    }

    /// Returns the metadata of the file: `fstat`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the device has failed.
    ///
    /// ```no_run
    /// # let file = rtt_mod::fs::File::open("/data.bin")?;
    /// let bytes = file.metadata()?.len();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn metadata(&self) -> Result<Metadata> {
        self.0.status().map(Metadata)
    }

    /// Reads the rest of the file, appends it to `buf`, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`] when the heap has no room for it, and errors of the device. Some bytes may have been read
    /// then.
    ///
    /// ```no_run
    /// # let mut file = rtt_mod::fs::File::open("/data.bin")?;
    /// let mut bytes = Vec::new();
    /// file.read_to_end(&mut bytes)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let begin = buf.len();
        let left = self.metadata()?.len().saturating_sub(self.stream_position().unwrap_or(0));
        reserve(buf, usize::try_from(left).map_err(|_| Error::OutOfMemory)?)?;
        while self.read_more(buf)? > 0 {}
        Ok(buf.len() - begin)
    }

    /// Reads the rest of the file as text, appends it to `buf`, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidData`] when it is not UTF-8, and those of [`File::read_to_end`]. Then `buf` is unchanged.
    ///
    /// ```no_run
    /// # let mut file = rtt_mod::fs::File::open("/data.txt")?;
    /// let mut text = String::new();
    /// file.read_to_string(&mut text)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        let text = core::str::from_utf8(&bytes).map_err(|_| Error::InvalidData)?;
        buf.try_reserve(text.len()).map_err(|_| Error::OutOfMemory)?;
        buf.push_str(text);
        Ok(text.len())
    }

    /// Fills the capacity of `buf`. If that is used up, it is extended only when there is more to read.
    fn read_more(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let filled = buf.len();
        if filled == buf.capacity() {
            let mut probe = [0; 32];
            let length = self.read(&mut probe)?;
            reserve(buf, length)?;
            buf.extend_from_slice(probe.get(..length).unwrap_or_default());
            return Ok(length);
        }
        buf.resize(buf.capacity(), 0);
        let result = self.read(&mut buf[filled..]);
        buf.truncate(filled + result.unwrap_or(0));
        result
    }
}

fn reserve(buf: &mut Vec<u8>, bytes: usize) -> Result<()> {
    buf.try_reserve(bytes).map_err(|_| Error::OutOfMemory)
}

impl Read for &File {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.0.read(buf)
    }
}

impl Read for File {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.0.read(buf)
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        File::read_to_end(self, buf)
    }
}

/// Writing to a full volume is [`Error::StorageFull`]. Writing beyond the end fills the gap with zeros.
impl Write for File {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.0.write(buf)
    }

    /// Does nothing, since a file has no buffer. See [`File::sync_all`].
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Write for &File {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.0.write(buf)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        move_to(&self.0, position)
    }
}

impl Seek for &File {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        move_to(&self.0, position)
    }
}

fn move_to(file: &file::File, position: SeekFrom) -> Result<u64> {
    match position {
        SeekFrom::Start(offset) => file.seek(i64::try_from(offset).map_err(|_| Error::InvalidInput)?, Whence::Start),
        SeekFrom::Current(offset) => file.seek(offset, Whence::Current),
        SeekFrom::End(offset) => file.seek(offset, Whence::End),
    }
}

embedded!(File: Read, Write, Seek);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec;

    use super::*;
    use crate::fs;

    #[test]
    fn what_is_written_is_read() {
        let mut file = File::create_new("/a").unwrap();
        write!(&mut file, "{}-{}", 1, 2).unwrap();
        assert_eq!(file.rewind(), Ok(()));
        let mut text = String::from("0-");
        assert_eq!(file.read_to_string(&mut text), Ok(3));
        assert_eq!(text, "0-1-2");
        assert_eq!(file.metadata().unwrap().len(), 3);
    }

    #[test]
    fn a_file_has_one_write_beside_that_of_core_fmt() {
        use core::fmt::Write as _;

        let mut file = File::create("/a").unwrap();
        writeln!(file, "direct {}", 1).unwrap();
        let mut line = String::new();
        writeln!(line, "{}", 2).unwrap();
        file.write_all(line.as_bytes()).unwrap();
        assert_eq!(fs::read_to_string("/a").unwrap(), "direct 1\n2\n");
    }

    #[test]
    fn a_file_is_read_to_its_end_in_one_piece() {
        fs::write("/a", vec![7; 1000]).unwrap();
        let mut bytes = vec![1];
        let mut file = File::open("/a").unwrap();
        file.seek(SeekFrom::Start(100)).unwrap();
        assert_eq!(file.read_to_end(&mut bytes), Ok(900));
        assert_eq!((bytes.len(), bytes[0], bytes[1]), (901, 1, 7));
    }

    #[test]
    fn text_that_is_not_utf_8_is_invalid_data() {
        fs::write("/a", b"caf\xe9").unwrap();
        let mut text = String::from("before");
        assert_eq!(File::open("/a").unwrap().read_to_string(&mut text), Err(Error::InvalidData));
        assert_eq!(text, "before");
    }

    #[test]
    fn positions_are_from_the_start_the_end_and_here() {
        fs::write("/a", "0123456789").unwrap();
        let mut file = File::open("/a").unwrap();
        assert_eq!(file.seek(SeekFrom::End(-3)), Ok(7));
        assert_eq!(file.seek(SeekFrom::Current(-2)), Ok(5));
        assert_eq!(file.seek(SeekFrom::Current(-6)), Err(Error::InvalidInput));
        assert_eq!(file.seek(SeekFrom::Start(u64::MAX)), Err(Error::InvalidInput));
        let mut byte = [0];
        file.read_exact(&mut byte).unwrap();
        assert_eq!(&byte, b"5");
    }

    #[test]
    fn what_is_read_and_written_elsewhere_does_not_move_the_position() {
        fs::write("/a", "0123456789").unwrap();
        let mut file = File::options().read(true).write(true).open("/a").unwrap();
        file.seek(SeekFrom::Start(3)).unwrap();
        let mut bytes = [0; 2];
        assert_eq!(file.read_at(&mut bytes, 7), Ok(2));
        assert_eq!(&bytes, b"78");
        assert_eq!(file.write_at(b"ab", 1), Ok(2));
        assert_eq!(file.stream_position(), Ok(3));
        assert_eq!(fs::read_to_string("/a").unwrap(), "0ab3456789");
    }

    #[test]
    fn a_file_is_closed_when_it_is_dropped() {
        let before = rtt_mod_host::open_handles();
        let file = File::create("/a").unwrap();
        assert_eq!(rtt_mod_host::open_handles(), before + 1);
        drop(file);
        assert_eq!(rtt_mod_host::open_handles(), before);
    }
}
