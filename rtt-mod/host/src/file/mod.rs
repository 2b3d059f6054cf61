//! Files and directories: a folder of the PC for programs, a volume in memory for tests.

mod folder;
mod memory;
mod volume;

use std::{
    collections::BTreeMap,
    env,
    ffi::{c_char, c_void},
    path::PathBuf,
    slice,
    sync::{Arc, Mutex},
};

use self::{
    folder::Folder,
    memory::Memory,
    volume::{OpenFile, Result, Volume},
};
use crate::{
    bindings as abi,
    error::result,
    handle::Object,
    kernel::{Kernel, lock},
};

/// An absolute path without a `/` at its end. The root is empty.
type Path = Vec<u8>;

/// The variable that names the folder of the volume.
const ROOT: &str = "RTT_MOD_HOST_ROOT";

/// The files of a kernel.
pub struct Files {
    place: Place,
    working_directory: Path,
    /// How often each file is open.
    open: BTreeMap<Path, usize>,
}

enum Place {
    Memory(Memory),
    Folder(Folder),
}

impl Default for Files {
    fn default() -> Self {
        let place = match env::var_os(ROOT) {
            Some(root) => Place::Folder(Folder::new(root.into())),
            None => Place::Memory(Memory::default()),
        };
        Files { place, working_directory: Path::new(), open: BTreeMap::new() }
    }
}

impl Files {
    fn volume(&mut self) -> &mut dyn Volume {
        match &mut self.place {
            Place::Memory(memory) => memory,
            Place::Folder(folder) => folder,
        }
    }

    /// Uses a folder of the PC from now on, unless the environment names another one.
    pub fn use_folder(&mut self, root: PathBuf) {
        if env::var_os(ROOT).is_none() {
            self.place = Place::Folder(Folder::new(root));
        }
    }

    /// The absolute path of a text, in which `.` and `..` are followed. Nothing is above the root.
    fn absolute(&self, text: &[u8]) -> Result<Path> {
        if text.is_empty() {
            return Err(abi::RTTM_ERROR_NOT_FOUND);
        }
        if text.contains(&0) {
            return Err(abi::RTTM_ERROR_NAME);
        }
        let mut path = if text[0] == b'/' { Path::new() } else { self.working_directory.clone() };
        for name in text.split(|&byte| byte == b'/') {
            match name {
                b"" | b"." => {}
                b".." => path.truncate(path.iter().rposition(|&byte| byte == b'/').unwrap_or(0)),
                name => path.extend([b"/", name].concat()),
            }
        }
        Ok(path)
    }

    fn refuse_open(&self, path: &Path) -> Result<()> {
        if self.open.contains_key(path) { Err(abi::RTTM_ERROR_BUSY) } else { Ok(()) }
    }
}

/// Puts a file at an absolute path, which need not be UTF-8, and the directories that lead to it.
///
/// It is for tests, whose volume is in memory. With a volume in a folder it writes nothing.
///
/// ```
/// rtt_mod_host::put_file(b"/settings.txt", b"volume = 7\n");
/// ```
pub fn put_file(path: &[u8], contents: &[u8]) {
    if let Place::Memory(memory) = &mut lock(&Kernel::current().files).place {
        memory.put(path, contents);
    }
}

/// Makes `folder` of the PC the root of the volume that the calling thread and those that it starts see.
///
/// The variable `RTT_MOD_HOST_ROOT` counts for more.
///
/// ```
/// rtt_mod_host::use_folder("tests/card");
/// ```
pub fn use_folder(folder: impl Into<PathBuf>) {
    lock(&Kernel::current().files).use_folder(folder.into());
}

/// Runs `work` with the calling thread's files, and a path.
///
/// # Safety
///
/// The text has `length` bytes.
unsafe fn with_path<T>(
    text: *const c_char,
    length: u32,
    work: impl FnOnce(&mut Files, Path) -> Result<T>,
) -> Result<T> {
    // SAFETY: the caller's promise.
    let text = unsafe { slice::from_raw_parts(text.cast::<u8>(), length as usize) };
    let kernel = Kernel::current();
    let mut files = lock(&kernel.files);
    let path = files.absolute(text)?;
    work(&mut files, path)
}

/// A handle.
struct File {
    opened: Mutex<Box<dyn OpenFile>>,
    flags: u32,
    path: Path,
    files: Arc<Mutex<Files>>,
}

impl File {
    fn may_write(flags: u32) -> bool {
        flags & (abi::RTTM_FILE_WRITE | abi::RTTM_FILE_APPEND) != 0
    }

    fn open(files: &mut Files, path: Path, flags: u32) -> Result<File> {
        if File::may_write(flags) && flags & abi::RTTM_FILE_CREATE_NEW == 0 {
            files.refuse_open(&path)?;
        }
        let opened = Mutex::new(files.volume().open(&path, flags)?);
        *files.open.entry(path.clone()).or_default() += 1;
        Ok(File { opened, flags, path, files: Arc::clone(&Kernel::current().files) })
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let mut files = lock(&self.files);
        let left = files.open.get_mut(&self.path).map_or(0, |count| {
            *count -= 1;
            *count
        });
        if left == 0 {
            files.open.remove(&self.path);
        }
    }
}

struct Directory(Mutex<std::vec::IntoIter<(Path, u32)>>);

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
    let opened = unsafe { with_path(path, path_length, |files, path| File::open(files, path, flags)) };
    // SAFETY: the caller has a place for the handle.
    result(opened.map(|opened| unsafe { file.write(Object::open(opened)) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_read(file: *mut abi::rttm_file, bytes: *mut c_void, capacity: u32) -> i32 {
    // SAFETY: the handle is open, and there is room for so many bytes.
    let (file, bytes) =
        unsafe { (Object::<File>::of(file), slice::from_raw_parts_mut(bytes.cast::<u8>(), capacity as usize)) };
    if file.flags & abi::RTTM_FILE_READ == 0 {
        return abi::RTTM_ERROR_PERMISSION;
    }
    lock(&file.opened).read(bytes).map_or_else(|error| error, |length| length as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_write(file: *mut abi::rttm_file, bytes: *const c_void, length: u32) -> i32 {
    // SAFETY: the handle is open, and there are so many bytes.
    let (file, bytes) =
        unsafe { (Object::<File>::of(file), slice::from_raw_parts(bytes.cast::<u8>(), length as usize)) };
    if !File::may_write(file.flags) {
        return abi::RTTM_ERROR_PERMISSION;
    }
    lock(&file.opened).write(bytes).map_or_else(|error| error, |length| length as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_sync(file: *mut abi::rttm_file) -> i32 {
    // SAFETY: the handle is open.
    result(lock(unsafe { &Object::<File>::of(file).opened }).sync())
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
    if !File::may_write(file.flags) {
        return abi::RTTM_ERROR_PERMISSION;
    }
    result(lock(&file.opened).set_length(length))
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
    let reached = lock(unsafe { &Object::<File>::of(file).opened }).seek(offset, whence);
    // SAFETY: the caller has a place for the position.
    result(reached.map(|reached| unsafe { position.write(reached) }))
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
    status: *mut abi::rttm_file_status,
) -> i32 {
    // SAFETY: the caller's promise.
    let found = unsafe { with_path(path, path_length, |files, path| files.volume().status(&path)) };
    // SAFETY: the caller has a place for the status.
    result(found.map(|found| unsafe { status.write(found) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_status_open(file: *mut abi::rttm_file, status: *mut abi::rttm_file_status) -> i32 {
    // SAFETY: the handle is open.
    let found = lock(unsafe { &Object::<File>::of(file).opened }).status();
    // SAFETY: the caller has a place for the status.
    result(found.map(|found| unsafe { status.write(found) }))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_file_remove(path: *const c_char, path_length: u32) -> i32 {
    let remove = |files: &mut Files, path: Path| {
        files.refuse_open(&path)?;
        files.volume().remove_file(&path)
    };
    // SAFETY: the caller's promise.
    result(unsafe { with_path(path, path_length, remove) })
}

/// See `rtt_mod.h`.
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
    let to = unsafe { slice::from_raw_parts(to.cast::<u8>(), to_length as usize) };
    let rename = |files: &mut Files, from: Path| {
        let to = files.absolute(to)?;
        files.refuse_open(&from).and_then(|()| files.refuse_open(&to))?;
        files.volume().rename(&from, &to)
    };
    // SAFETY: the caller's promise.
    result(unsafe { with_path(from, from_length, rename) })
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
    // SAFETY: the caller's promise.
    let names = unsafe { with_path(path, path_length, |files, path| files.volume().names(&path)) };
    // SAFETY: the caller has a place for the handle.
    result(names.map(|names| unsafe { directory.write(Object::open(Directory(Mutex::new(names.into_iter())))) }))
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
    let next = lock(unsafe { &Object::<Directory>::of(directory).0 }).next();
    let Some((next, kind_of_next)) = next else { return 0 };
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
    // SAFETY: the caller's promise.
    result(unsafe { with_path(path, path_length, |files, path| files.volume().create_directory(&path)) })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_remove(path: *const c_char, path_length: u32) -> i32 {
    // SAFETY: the caller's promise.
    result(unsafe { with_path(path, path_length, |files, path| files.volume().remove_directory(&path)) })
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_directory_current(path: *mut c_char, capacity: u32) -> i32 {
    let mut current = lock(&Kernel::current().files).working_directory.clone();
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
    let set = |files: &mut Files, path: Path| {
        if files.volume().status(&path)?.kind != abi::RTTM_KIND_DIRECTORY {
            return Err(abi::RTTM_ERROR_NOT_DIRECTORY);
        }
        files.working_directory = path;
        Ok(())
    };
    // SAFETY: the caller's promise.
    result(unsafe { with_path(path, path_length, set) })
}
