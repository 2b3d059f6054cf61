//! A volume in memory, for tests.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use super::volume::{OpenFile, Result, Volume};
use crate::{
    bindings::{self as abi, rttm_file_status},
    kernel::lock,
};

type Contents = Arc<Mutex<Vec<u8>>>;

/// What is at a path.
#[derive(Clone)]
enum Entry {
    File(Contents),
    Directory,
}

impl Entry {
    fn kind(&self) -> u32 {
        match self {
            Entry::File(_) => abi::RTTM_KIND_FILE,
            Entry::Directory => abi::RTTM_KIND_DIRECTORY,
        }
    }

    fn status(&self) -> rttm_file_status {
        let length = match self {
            Entry::File(contents) => lock(contents).len() as u64,
            Entry::Directory => 0,
        };
        rttm_file_status { length, modified: 0, kind: self.kind(), read_only: 0 }
    }
}

/// A volume: paths, and what is there. The root is not in it.
#[derive(Default)]
pub struct Memory(BTreeMap<Vec<u8>, Entry>);

impl Memory {
    /// Puts a file at a path, and the directories that lead to it.
    pub fn put(&mut self, path: &[u8], contents: &[u8]) {
        let slashes = path.iter().enumerate().skip(1).filter(|(_, byte)| **byte == b'/');
        for (end, _) in slashes {
            self.0.entry(path[..end].to_vec()).or_insert(Entry::Directory);
        }
        self.0.insert(path.to_vec(), Entry::File(Arc::new(Mutex::new(contents.to_vec()))));
    }

    fn get(&self, path: &[u8]) -> Result<Entry> {
        if path.is_empty() {
            return Ok(Entry::Directory);
        }
        self.0.get(path).cloned().ok_or(abi::RTTM_ERROR_NOT_FOUND)
    }

    /// Inserts what does not exist, in a directory that does.
    fn make(&mut self, path: &[u8], entry: Entry) -> Result<()> {
        let parent = &path[..path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)];
        match (self.get(path), self.get(parent)) {
            (Ok(_), _) => Err(abi::RTTM_ERROR_EXISTS),
            (Err(_), Ok(Entry::Directory)) => {
                self.0.insert(path.to_vec(), entry);
                Ok(())
            }
            (Err(_), _) => Err(abi::RTTM_ERROR_NOT_FOUND),
        }
    }
}

impl Volume for Memory {
    fn open(&mut self, path: &[u8], flags: u32) -> Result<Box<dyn OpenFile>> {
        let contents = match self.get(path) {
            Ok(_) if flags & abi::RTTM_FILE_CREATE_NEW != 0 => return Err(abi::RTTM_ERROR_EXISTS),
            Ok(Entry::Directory) => return Err(abi::RTTM_ERROR_IS_DIRECTORY),
            Ok(Entry::File(contents)) => contents,
            Err(error) if flags & (abi::RTTM_FILE_CREATE | abi::RTTM_FILE_CREATE_NEW) == 0 => return Err(error),
            Err(_) => {
                let contents = Contents::default();
                self.make(path, Entry::File(Arc::clone(&contents)))?;
                contents
            }
        };
        if flags & abi::RTTM_FILE_TRUNCATE != 0 {
            lock(&contents).clear();
        }
        Ok(Box::new(File { contents, position: 0, appends: flags & abi::RTTM_FILE_APPEND != 0 }))
    }

    fn status(&self, path: &[u8]) -> Result<rttm_file_status> {
        self.get(path).map(|entry| entry.status())
    }

    fn remove_file(&mut self, path: &[u8]) -> Result<()> {
        match self.get(path)? {
            Entry::Directory => Err(abi::RTTM_ERROR_IS_DIRECTORY),
            Entry::File(_) => {
                self.0.remove(path);
                Ok(())
            }
        }
    }

    fn rename(&mut self, from: &[u8], to: &[u8]) -> Result<()> {
        self.get(from)?;
        let is_in_it = |path: &Vec<u8>| path.strip_prefix(from).is_some_and(|rest| rest.is_empty() || rest[0] == b'/');
        let moved: Vec<_> = self.0.keys().filter(|path| is_in_it(path)).cloned().collect();
        for path in moved {
            let entry = self.0.remove(&path);
            self.0.extend(entry.map(|entry| ([to, &path[from.len()..]].concat(), entry)));
        }
        Ok(())
    }

    fn names(&self, path: &[u8]) -> Result<Vec<(Vec<u8>, u32)>> {
        if let Entry::File(_) = self.get(path)? {
            return Err(abi::RTTM_ERROR_NOT_DIRECTORY);
        }
        let in_it = |entry: &[u8]| {
            let name = entry.strip_prefix(path)?.strip_prefix(b"/")?;
            if name.contains(&b'/') { None } else { Some(name.to_vec()) }
        };
        Ok(self.0.iter().filter_map(|(path, entry)| Some((in_it(path)?, entry.kind()))).collect())
    }

    fn create_directory(&mut self, path: &[u8]) -> Result<()> {
        self.make(path, Entry::Directory)
    }

    fn remove_directory(&mut self, path: &[u8]) -> Result<()> {
        if !self.names(path)?.is_empty() {
            return Err(abi::RTTM_ERROR_NOT_EMPTY);
        }
        self.0.remove(path);
        Ok(())
    }
}

struct File {
    contents: Contents,
    position: usize,
    appends: bool,
}

impl OpenFile for File {
    fn read(&mut self, bytes: &mut [u8]) -> Result<usize> {
        let contents = lock(&self.contents);
        let rest = contents.get(self.position..).unwrap_or_default();
        let length = rest.len().min(bytes.len());
        bytes[..length].copy_from_slice(&rest[..length]);
        self.position += length;
        Ok(length)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let mut contents = lock(&self.contents);
        let begin = if self.appends { contents.len() } else { self.position };
        let end = begin + bytes.len();
        if contents.len() < end {
            contents.resize(end, 0);
        }
        contents[begin..end].copy_from_slice(bytes);
        self.position = end;
        Ok(bytes.len())
    }

    fn sync(&mut self) -> Result<()> {
        Ok(())
    }

    fn set_length(&mut self, bytes: u64) -> Result<()> {
        lock(&self.contents).resize(bytes as usize, 0);
        Ok(())
    }

    fn seek(&mut self, offset: i64, whence: u32) -> Result<u64> {
        let base = match whence {
            abi::RTTM_SEEK_START => 0,
            abi::RTTM_SEEK_CURRENT => self.position,
            _ => lock(&self.contents).len(),
        };
        let position = (base as i64).checked_add(offset).filter(|&position| position >= 0);
        let position = position.ok_or(abi::RTTM_ERROR_INVALID)?;
        self.position = position as usize;
        Ok(position as u64)
    }

    fn status(&self) -> Result<rttm_file_status> {
        Ok(Entry::File(Arc::clone(&self.contents)).status())
    }
}
