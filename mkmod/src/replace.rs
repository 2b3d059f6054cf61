//! Files that are written as a whole or not at all.
//!
//! The bytes go into a temporary file in the same folder, which is then renamed. Whoever reads the file meanwhile, such as
//! another build, gets the old one or the new one. What is no file, such as `/dev/stdout`, is written to.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// Replaces the file at `path` with one that contains `bytes`.
///
/// # Errors
/// When the folder does not exist or can't be written to. The old file is unchanged then.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match is_device(path) {
        true => fs::write(path, bytes),
        false => finish(written(path, bytes)?, path),
    }
}

/// Or a pipe.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

/// Does the same as [`file()`], and gives the new file these permissions.
///
/// # Errors
/// As [`file()`].
pub fn file_with_permissions(path: &Path, bytes: &[u8], permissions: Permissions) -> io::Result<()> {
    let new = written(path, bytes)?;
    new.as_file().set_permissions(permissions)?;
    finish(new, path)
}

/// Does the same as [`file()`] for a card that may be removed: the bytes are on the card before the file has its name.
///
/// # Errors
/// As [`file()`].
pub fn file_on_card(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = written(path, bytes)?;
    new.as_file().sync_all()?;
    finish(new, path)
}

fn written(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        return Err(io::Error::new(ErrorKind::NotFound, format!("there is no folder {}", folder.display())));
    }
    let mut builder = Builder::new();
    builder.prefix(".mkmod-");
    // Temporary files are private as a rule. These get the permissions of any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut new = builder.tempfile_in(folder)?;
    new.write_all(bytes)?;
    Ok(new)
}

fn finish(new: NamedTempFile, path: &Path) -> io::Result<()> {
    new.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_missing_is_named() {
        let folder = tempfile::tempdir().unwrap().path().join("none");
        let error = file(&folder.join("demo.mo"), b"").unwrap_err().to_string();
        assert_eq!(error, format!("there is no folder {}", folder.display()));
    }

    /// `mkmod get --output /dev/full` replaced the device by a file.
    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to() {
        use std::os::unix::fs::{FileTypeExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("null");
        symlink("/dev/null", &path).unwrap();
        file(&path, b"bytes").unwrap();
        assert!(fs::metadata(&path).unwrap().file_type().is_char_device());
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.mo");
        for bytes in [&b"a long first one"[..], b"second"] {
            file(&path, bytes).unwrap();
            assert_eq!(fs::read(&path).unwrap(), bytes);
        }
        file_on_card(&path, b"third").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_path_that_cannot_be_replaced_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("demo.mo");
        fs::create_dir(&path).unwrap();
        fs::write(path.join("inside"), "").unwrap();
        assert!(file(&path, b"new").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    /// Two builds at once wrote the same object: the linker read one that was half written.
    #[test]
    fn a_reader_never_sees_a_part() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hello.o");
        let texts = [vec![b'a'; 1 << 20], vec![b'b'; 1 << 20]];
        file(&path, &texts[0]).unwrap();
        std::thread::scope(|scope| {
            for text in &texts {
                scope.spawn(|| (0..20).for_each(|_| file(&path, text).unwrap()));
            }
            for _ in 0..40 {
                assert!(texts.contains(&fs::read(&path).unwrap()));
            }
        });
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_permissions_of_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        fs::write(folder.path().join("usual"), "").unwrap();
        file(&folder.path().join("ours"), b"").unwrap();
        assert_eq!(mode("ours"), mode("usual"));
        file_with_permissions(&folder.path().join("tool"), b"", Permissions::from_mode(0o755)).unwrap();
        assert_eq!(mode("tool") & 0o777, 0o755);
    }
}
