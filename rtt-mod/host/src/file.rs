//! Files and directories, in memory: each thread of the tests has a volume of its own.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    ffi::c_char,
    rc::Rc,
};

use crate::{bindings as abi, handle::Object};

type Path = Vec<u8>;
type Contents = Rc<RefCell<Vec<u8>>>;

/// What is at a path.
#[derive(Clone)]
enum Entry {
    File(Contents),
    Directory,
}

/// Absolute paths without a `/` at their end, and what is there. The root is not in it.
#[derive(Default)]
struct Volume {
    entries: BTreeMap<Path, Entry>,
    working_directory: Path,
}

thread_local! {
    static VOLUME: RefCell<Volume> = RefCell::default();
}

/// Puts a file at an absolute path, which need not be UTF-8.
pub fn put_file(path: &[u8], contents: &[u8]) {
    let file = Entry::File(Rc::new(RefCell::new(contents.to_vec())));
    VOLUME.with_borrow_mut(|volume| volume.entries.insert(path.to_vec(), file));
}

impl Volume {
    fn get(&self, path: &Path) -> Option<Entry> {
        if path.is_empty() { Some(Entry::Directory) } else { self.entries.get(path).cloned() }
    }

    /// What may be made at `path`.
    fn may_make(&self, path: &Path) -> Result<(), i32> {
        let parent = &path[..path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)];
        match (self.get(path), self.get(&parent.to_vec())) {
            (Some(_), _) => Err(abi::RTTM_ERROR_EXISTS),
            (None, Some(Entry::Directory)) => Ok(()),
            (None, _) => Err(abi::RTTM_ERROR_NOT_FOUND),
        }
    }

    fn names_in(&self, directory: &Path) -> Vec<(Path, u32)> {
        let in_it = |path: &Path| {
            let name = path.strip_prefix(directory.as_slice())?.strip_prefix(b"/")?;
            if name.contains(&b'/') { None } else { Some(name.to_vec()) }
        };
        self.entries.iter().filter_map(|(path, entry)| Some((in_it(path)?, kind(entry)))).collect()
    }
}

fn kind(entry: &Entry) -> u32 {
    match entry {
        Entry::File(_) => abi::RTTM_KIND_FILE,
        Entry::Directory => abi::RTTM_KIND_DIRECTORY,
    }
}

fn status(entry: &Entry) -> abi::rttm_file_status {
    let length = match entry {
        Entry::File(contents) => contents.borrow().len() as u64,
        Entry::Directory => 0,
    };
    abi::rttm_file_status { length, modified: 0, kind: kind(entry), read_only: 0 }
}

/// The absolute path of a text.
///
/// # Safety
///
/// The text has `length` bytes.
unsafe fn absolute(text: *const c_char, length: u32) -> Result<Path, i32> {
    // SAFETY: the caller's promise.
    let text = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length as usize) };
    if text.is_empty() {
        return Err(abi::RTTM_ERROR_NOT_FOUND);
    }
    if text.contains(&0) {
        return Err(abi::RTTM_ERROR_NAME);
    }
    let begin =
        if text[0] == b'/' { Path::new() } else { VOLUME.with_borrow(|volume| volume.working_directory.clone()) };
    let names = text.split(|&byte| byte == b'/').filter(|name| !name.is_empty());
    Ok(names.fold(begin, |path, name| [&path, &b"/"[..], name].concat()))
}

fn number(result: Result<(), i32>) -> i32 {
    result.err().unwrap_or(abi::RTTM_OK as i32)
}

struct File {
    contents: Contents,
    position: Cell<usize>,
    flags: u32,
}

impl File {
    fn writes(flags: u32) -> bool {
        flags & (abi::RTTM_FILE_WRITE | abi::RTTM_FILE_APPEND) != 0
    }

    fn open(path: Path, flags: u32) -> Result<File, i32> {
        let contents = match VOLUME.with_borrow(|volume| volume.get(&path)) {
            Some(_) if flags & abi::RTTM_FILE_CREATE_NEW != 0 => return Err(abi::RTTM_ERROR_EXISTS),
            Some(Entry::Directory) => return Err(abi::RTTM_ERROR_IS_DIRECTORY),
            // The volume and this function have it.
            Some(Entry::File(contents)) if File::writes(flags) && Rc::strong_count(&contents) > 2 => {
                return Err(abi::RTTM_ERROR_BUSY);
            }
            Some(Entry::File(contents)) => contents,
            None if flags & (abi::RTTM_FILE_CREATE | abi::RTTM_FILE_CREATE_NEW) == 0 => {
                return Err(abi::RTTM_ERROR_NOT_FOUND);
            }
            None => VOLUME.with_borrow_mut(|volume| -> Result<Contents, i32> {
                volume.may_make(&path)?;
                let contents = Contents::default();
                volume.entries.insert(path, Entry::File(Rc::clone(&contents)));
                Ok(contents)
            })?,
        };
        if flags & abi::RTTM_FILE_TRUNCATE != 0 {
            contents.borrow_mut().clear();
        }
        Ok(File { contents, position: Cell::new(0), flags })
    }

    fn read(&self, bytes: &mut [u8]) -> i32 {
        let contents = self.contents.borrow();
        let rest = contents.get(self.position.get()..).unwrap_or_default();
        let length = rest.len().min(bytes.len());
        bytes[..length].copy_from_slice(&rest[..length]);
        self.position.set(self.position.get() + length);
        length as i32
    }

    fn write(&self, bytes: &[u8]) -> i32 {
        let mut contents = self.contents.borrow_mut();
        let appends = self.flags & abi::RTTM_FILE_APPEND != 0;
        let begin = if appends { contents.len() } else { self.position.get() };
        let end = begin + bytes.len();
        if contents.len() < end {
            contents.resize(end, 0);
        }
        contents[begin..end].copy_from_slice(bytes);
        self.position.set(end);
        bytes.len() as i32
    }

    fn seek(&self, offset: i64, whence: u32) -> Result<u64, i32> {
        let base = match whence {
            abi::RTTM_SEEK_START => 0,
            abi::RTTM_SEEK_CURRENT => self.position.get(),
            _ => self.contents.borrow().len(),
        };
        let position = (base as i64).checked_add(offset).filter(|&position| position >= 0);
        let position = position.ok_or(abi::RTTM_ERROR_INVALID)?;
        self.position.set(position as usize);
        Ok(position as u64)
    }
}

struct Directory(RefCell<std::vec::IntoIter<(Path, u32)>>);

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_open(
    path: *const c_char,
    path_length: u32,
    flags: u32,
    file: *mut *mut abi::rttm_file,
) -> i32 {
    // SAFETY: the caller's promise.
    let opened = unsafe { absolute(path, path_length) }.and_then(|path| File::open(path, flags));
    // SAFETY: the caller has a place for the handle.
    number(opened.map(|opened| unsafe { file.write(Object::open(opened)) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_read(file: *mut abi::rttm_file, bytes: *mut std::ffi::c_void, capacity: u32) -> i32 {
    // SAFETY: the handle is open, and there is room for so many bytes.
    let (file, bytes) =
        unsafe { (Object::<File>::of(file), std::slice::from_raw_parts_mut(bytes.cast::<u8>(), capacity as usize)) };
    if file.flags & abi::RTTM_FILE_READ == 0 { abi::RTTM_ERROR_PERMISSION } else { file.read(bytes) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_write(
    file: *mut abi::rttm_file,
    bytes: *const std::ffi::c_void,
    length: u32,
) -> i32 {
    // SAFETY: the handle is open, and there are so many bytes.
    let (file, bytes) =
        unsafe { (Object::<File>::of(file), std::slice::from_raw_parts(bytes.cast::<u8>(), length as usize)) };
    if File::writes(file.flags) { file.write(bytes) } else { abi::RTTM_ERROR_PERMISSION }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_sync(_: *mut abi::rttm_file) -> i32 {
    abi::RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_set_length(file: *mut abi::rttm_file, length: u64) -> i32 {
    // SAFETY: the handle is open.
    let file = unsafe { Object::<File>::of(file) };
    if !File::writes(file.flags) {
        return abi::RTTM_ERROR_PERMISSION;
    }
    file.contents.borrow_mut().resize(length as usize, 0);
    abi::RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_seek(
    file: *mut abi::rttm_file,
    offset: i64,
    whence: u32,
    position: *mut u64,
) -> i32 {
    // SAFETY: the handle is open.
    let reached = unsafe { Object::<File>::of(file) }.seek(offset, whence);
    // SAFETY: the caller has a place for the position.
    number(reached.map(|reached| unsafe { position.write(reached) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_status(
    path: *const c_char,
    path_length: u32,
    result: *mut abi::rttm_file_status,
) -> i32 {
    // SAFETY: the caller's promise.
    let entry = unsafe { absolute(path, path_length) }
        .and_then(|path| VOLUME.with_borrow(|volume| volume.get(&path)).ok_or(abi::RTTM_ERROR_NOT_FOUND));
    // SAFETY: the caller has a place for the status.
    number(entry.map(|entry| unsafe { result.write(status(&entry)) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_status_open(file: *mut abi::rttm_file, result: *mut abi::rttm_file_status) -> i32 {
    // SAFETY: the handle is open.
    let file = unsafe { Object::<File>::of(file) };
    // SAFETY: the caller has a place for the status.
    unsafe { result.write(status(&Entry::File(Rc::clone(&file.contents)))) };
    abi::RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_remove(path: *const c_char, path_length: u32) -> i32 {
    let remove = |path| {
        VOLUME.with_borrow_mut(|volume| match volume.get(&path) {
            None => Err(abi::RTTM_ERROR_NOT_FOUND),
            Some(Entry::Directory) => Err(abi::RTTM_ERROR_IS_DIRECTORY),
            Some(Entry::File(_)) => {
                volume.entries.remove(&path);
                Ok(())
            }
        })
    };
    // SAFETY: the caller's promise.
    number(unsafe { absolute(path, path_length) }.and_then(remove))
}

/// Of files only. See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_rename(
    from: *const c_char,
    from_length: u32,
    to: *const c_char,
    to_length: u32,
) -> i32 {
    // SAFETY: the caller's promise.
    let paths = unsafe { absolute(from, from_length).and_then(|from| Ok((from, absolute(to, to_length)?))) };
    number(paths.and_then(|(from, to)| {
        VOLUME.with_borrow_mut(|volume| {
            let entry = volume.entries.remove(&from).ok_or(abi::RTTM_ERROR_NOT_FOUND)?;
            volume.entries.insert(to, entry);
            Ok(())
        })
    }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_open(
    path: *const c_char,
    path_length: u32,
    directory: *mut *mut abi::rttm_directory,
) -> i32 {
    let open = |path| {
        VOLUME.with_borrow(|volume| match volume.get(&path) {
            None => Err(abi::RTTM_ERROR_NOT_FOUND),
            Some(Entry::File(_)) => Err(abi::RTTM_ERROR_NOT_DIRECTORY),
            Some(Entry::Directory) => Ok(Directory(RefCell::new(volume.names_in(&path).into_iter()))),
        })
    };
    // SAFETY: the caller's promise.
    let opened = unsafe { absolute(path, path_length) }.and_then(open);
    // SAFETY: the caller has a place for the handle.
    number(opened.map(|opened| unsafe { directory.write(Object::open(opened)) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_next(
    directory: *mut abi::rttm_directory,
    name: *mut c_char,
    capacity: u32,
    kind: *mut u32,
) -> i32 {
    // SAFETY: the handle is open.
    let directory = unsafe { Object::<Directory>::of(directory) };
    let Some((next, kind_of_next)) = directory.0.borrow_mut().next() else { return 0 };
    // SAFETY: there is room for so many bytes, and for the kind.
    unsafe {
        name.cast::<u8>().copy_from_nonoverlapping(next.as_ptr(), next.len().min(capacity as usize));
        kind.write(kind_of_next);
    }
    next.len() as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_create(path: *const c_char, path_length: u32) -> i32 {
    let create = |path| {
        VOLUME.with_borrow_mut(|volume| {
            volume.may_make(&path)?;
            volume.entries.insert(path, Entry::Directory);
            Ok(())
        })
    };
    // SAFETY: the caller's promise.
    number(unsafe { absolute(path, path_length) }.and_then(create))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_remove(path: *const c_char, path_length: u32) -> i32 {
    let remove = |path| {
        VOLUME.with_borrow_mut(|volume| match volume.get(&path) {
            None => Err(abi::RTTM_ERROR_NOT_FOUND),
            Some(Entry::File(_)) => Err(abi::RTTM_ERROR_NOT_DIRECTORY),
            Some(Entry::Directory) if !volume.names_in(&path).is_empty() => Err(abi::RTTM_ERROR_NOT_EMPTY),
            Some(Entry::Directory) => {
                volume.entries.remove(&path);
                Ok(())
            }
        })
    };
    // SAFETY: the caller's promise.
    number(unsafe { absolute(path, path_length) }.and_then(remove))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_current(path: *mut c_char, capacity: u32) -> i32 {
    let mut current = VOLUME.with_borrow(|volume| volume.working_directory.clone());
    if current.is_empty() {
        current.push(b'/');
    }
    // SAFETY: there is room for so many bytes.
    unsafe { path.cast::<u8>().copy_from_nonoverlapping(current.as_ptr(), current.len().min(capacity as usize)) };
    current.len() as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_set_current(path: *const c_char, path_length: u32) -> i32 {
    let set = |path| {
        VOLUME.with_borrow_mut(|volume| match volume.get(&path) {
            None => Err(abi::RTTM_ERROR_NOT_FOUND),
            Some(Entry::File(_)) => Err(abi::RTTM_ERROR_NOT_DIRECTORY),
            Some(Entry::Directory) => {
                volume.working_directory = path;
                Ok(())
            }
        })
    };
    // SAFETY: the caller's promise.
    number(unsafe { absolute(path, path_length) }.and_then(set))
}
