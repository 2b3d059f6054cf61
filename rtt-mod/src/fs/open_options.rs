//! Options for opening files.
#![forbid(unsafe_code)]

use super::File;
use crate::{
    Error, Result,
    path::Path,
    sys::file::{self, Flags},
};

/// Options for opening a file: how it is accessed, and whether it is created.
///
/// ```no_run
/// use rtt_mod::fs::OpenOptions;
///
/// let log = OpenOptions::new().append(true).create(true).open("/log.txt")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OpenOptions(Flags);

/// An option that is on or off.
macro_rules! options {
    ($($(#[$doc:meta])+ $option:ident: $flag:ident;)+) => {$(
        $(#[$doc])+
        pub fn $option(&mut self, $option: bool) -> &mut Self {
            self.0 = if $option { self.0.with(Flags::$flag) } else { self.0.without(Flags::$flag) };
            self
        }
    )+};
}

impl OpenOptions {
    /// Options that are all off.
    ///
    /// ```
    /// let options = rtt_mod::fs::OpenOptions::new();
    /// ```
    #[expect(clippy::new_without_default, reason = "std has no `Default` here either")]
    pub fn new() -> Self {
        OpenOptions(Flags::NONE)
    }

    options! {
        /// Sets whether the file can be read.
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().read(true);
        /// ```
        read: READ;
        /// Sets whether the file can be written. Writing begins at the start of the file.
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().write(true);
        /// ```
        write: WRITE;
        /// Sets whether data is written at the end of the file.
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().append(true);
        /// ```
        append: APPEND;
        /// Sets whether the file is made empty. It needs [`write`](OpenOptions::write).
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().write(true).truncate(true);
        /// ```
        truncate: TRUNCATE;
        /// Sets whether the file is created if it does not exist. It needs [`write`](OpenOptions::write) or
        /// [`append`](OpenOptions::append).
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().write(true).create(true);
        /// ```
        create: CREATE;
        /// Sets whether the file is created, and must not exist before. It needs [`write`](OpenOptions::write) or
        /// [`append`](OpenOptions::append).
        ///
        /// ```
        /// rtt_mod::fs::OpenOptions::new().write(true).create_new(true);
        /// ```
        create_new: CREATE_NEW;
    }

    /// Opens the file at `path`.
    ///
    /// # Errors
    ///
    /// - [`Error::NotFound`] when the file or its directory does not exist;
    /// - [`Error::AlreadyExists`] with [`create_new`](OpenOptions::create_new) when the path exists;
    /// - [`Error::IsADirectory`] when the path is a directory;
    /// - [`Error::PermissionDenied`] when a read-only file is opened for writing;
    /// - [`Error::Busy`] when an open file is opened for writing, and for the device of the console;
    /// - [`Error::StorageFull`] when the volume or its root directory has no room for another file;
    /// - [`Error::TooManyOpenFiles`] when the kernel's table of open files is full;
    /// - [`Error::InvalidFilename`] when the path is too long, or the file system does not allow the name;
    /// - [`Error::InvalidInput`] when the options contradict each other, or none of
    ///   [`read`](OpenOptions::read), [`write`](OpenOptions::write) and [`append`](OpenOptions::append) is on;
    /// - [`Error::WouldWait`] in an interrupt or a timer's callback;
    /// - other errors of the file system.
    ///
    /// ```no_run
    /// # use rtt_mod::fs::OpenOptions;
    /// let both = OpenOptions::new().read(true).write(true).open("/data.bin")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open<P: AsRef<Path>>(&self, path: P) -> Result<File> {
        file::File::open(path.as_ref().as_str(), checked(self.0)?).map(File)
    }
}

/// As in `std`: creating a file needs `write` or `append`, and truncating it needs `write`.
fn checked(flags: Flags) -> Result<Flags> {
    let has = |flag: Flags| flags.without(flag) != flags;
    let makes = has(Flags::CREATE) || has(Flags::CREATE_NEW);
    let is_valid = match (has(Flags::WRITE), has(Flags::APPEND)) {
        (_, true) => !has(Flags::TRUNCATE) || has(Flags::CREATE_NEW),
        (true, false) => true,
        (false, false) => has(Flags::READ) && !makes && !has(Flags::TRUNCATE),
    };
    if is_valid { Ok(flags) } else { Err(Error::InvalidInput) }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use crate::fs;

    #[test]
    fn options_say_what_becomes_of_the_file() {
        let mut options = OpenOptions::new();
        let text = |options: &OpenOptions| {
            use crate::io::Write;
            options.open("/a")?.write_all(b"new")?;
            fs::read_to_string("/a")
        };
        options.write(true);
        assert_eq!(text(&options), Err(Error::NotFound));
        options.create(true);
        assert_eq!(text(&options).as_deref(), Ok("new"));
        fs::write("/a", "longer").unwrap();
        assert_eq!(text(&options).as_deref(), Ok("newger"));
        options.truncate(true);
        assert_eq!(text(&options).as_deref(), Ok("new"));
        options.truncate(false).append(true);
        assert_eq!(text(&options).as_deref(), Ok("newnew"));
        options.create_new(true);
        assert_eq!(text(&options), Err(Error::AlreadyExists));
    }

    #[test]
    fn options_that_contradict_each_other_are_refused() {
        let wrong = |set: fn(&mut OpenOptions) -> &mut OpenOptions| {
            assert_eq!(set(&mut OpenOptions::new()).open("/a").err(), Some(Error::InvalidInput));
        };
        wrong(|options| options);
        wrong(|options| options.create(true));
        wrong(|options| options.read(true).create(true));
        wrong(|options| options.read(true).create_new(true));
        wrong(|options| options.read(true).truncate(true));
        wrong(|options| options.append(true).truncate(true));
    }
}
