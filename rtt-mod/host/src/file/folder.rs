//! A volume that is a folder of the PC.

use std::{
    fs::{self, Metadata, OpenOptions},
    io::{self, SeekFrom, Write as _},
    path::PathBuf,
    time::SystemTime,
};

use super::volume::{OpenFile, Result, Volume};
use crate::{
    bindings::{self as abi, rttm_file_status},
    error::number,
};

/// The folder that is the root of the volume.
pub struct Folder(PathBuf);

impl Folder {
    /// A volume in `root`.
    pub fn new(root: PathBuf) -> Self {
        Folder(root)
    }

    /// The path on the PC. Names that are not UTF-8 do not exist there.
    fn path(&self, path: &[u8]) -> Result<PathBuf> {
        let path = std::str::from_utf8(path).map_err(|_| abi::RTTM_ERROR_NAME)?;
        Ok(self.0.join(path.trim_start_matches('/')))
    }

    fn with<T>(&self, path: &[u8], work: impl FnOnce(PathBuf) -> io::Result<T>) -> Result<T> {
        work(self.path(path)?).map_err(|error| number(&error))
    }
}

fn kind(metadata: &Metadata) -> u32 {
    match metadata {
        file if file.is_file() => abi::RTTM_KIND_FILE,
        directory if directory.is_dir() => abi::RTTM_KIND_DIRECTORY,
        _ => abi::RTTM_KIND_OTHER,
    }
}

fn status(metadata: &Metadata) -> rttm_file_status {
    let since_1970 = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    rttm_file_status {
        length: if metadata.is_file() { metadata.len() } else { 0 },
        modified: since_1970.map_or(0, |time| time.as_secs() as i64),
        kind: kind(metadata),
        read_only: metadata.permissions().readonly().into(),
    }
}

impl Volume for Folder {
    fn open(&mut self, path: &[u8], flags: u32) -> Result<Box<dyn OpenFile>> {
        let has = |flag: u32| flags & flag != 0;
        let path = self.path(path)?;
        if path.is_dir() {
            let is_new = has(abi::RTTM_FILE_CREATE_NEW);
            return Err(if is_new { abi::RTTM_ERROR_EXISTS } else { abi::RTTM_ERROR_IS_DIRECTORY });
        }
        let file = OpenOptions::new()
            .read(has(abi::RTTM_FILE_READ))
            .write(has(abi::RTTM_FILE_WRITE))
            .append(has(abi::RTTM_FILE_APPEND))
            .truncate(has(abi::RTTM_FILE_TRUNCATE))
            .create(has(abi::RTTM_FILE_CREATE))
            .create_new(has(abi::RTTM_FILE_CREATE_NEW))
            .open(path);
        file.map(|file| Box::new(file) as Box<dyn OpenFile>).map_err(|error| number(&error))
    }

    fn status(&self, path: &[u8]) -> Result<rttm_file_status> {
        self.with(path, fs::metadata).map(|metadata| status(&metadata))
    }

    fn remove_file(&mut self, path: &[u8]) -> Result<()> {
        if self.status(path)?.kind == abi::RTTM_KIND_DIRECTORY {
            return Err(abi::RTTM_ERROR_IS_DIRECTORY);
        }
        self.with(path, fs::remove_file)
    }

    fn rename(&mut self, from: &[u8], to: &[u8]) -> Result<()> {
        let to = self.path(to)?;
        self.with(from, |from| fs::rename(from, to))
    }

    fn names(&self, path: &[u8]) -> Result<Vec<(Vec<u8>, u32)>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok((entry.file_name().to_string_lossy().into_owned().into_bytes(), kind(&entry.metadata()?)))
        };
        self.with(path, |path| fs::read_dir(path)?.map(entry).collect::<io::Result<Vec<_>>>())
    }

    fn create_directory(&mut self, path: &[u8]) -> Result<()> {
        self.with(path, fs::create_dir)
    }

    fn remove_directory(&mut self, path: &[u8]) -> Result<()> {
        self.with(path, fs::remove_dir)
    }
}

impl OpenFile for fs::File {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        io::Read::read(self, bytes).map_err(|error| number(&error))
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.write_all(bytes).map(|()| bytes.len()).map_err(|error| number(&error))
    }

    fn sync(&mut self) -> Result<()> {
        self.sync_all().map_err(|error| number(&error))
    }

    fn set_length(&mut self, bytes: u64) -> Result<()> {
        self.set_len(bytes).map_err(|error| number(&error))
    }

    fn seek(&mut self, offset: i64, whence: u32) -> Result<u64> {
        let to = match whence {
            abi::RTTM_SEEK_START => SeekFrom::Start(offset.try_into().map_err(|_| abi::RTTM_ERROR_INVALID)?),
            abi::RTTM_SEEK_CURRENT => SeekFrom::Current(offset),
            _ => SeekFrom::End(offset),
        };
        io::Seek::seek(self, to).map_err(|error| number(&error))
    }

    fn status(&self) -> Result<rttm_file_status> {
        self.metadata().map(|metadata| status(&metadata)).map_err(|error| number(&error))
    }
}
