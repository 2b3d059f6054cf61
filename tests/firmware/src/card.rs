//! The card: a FAT volume that the kernel mounts as its root folder. The same files give the same bytes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};

use fatfs::{Dir, FileSystem, FormatVolumeOptions, FsOptions};

/// Size of the image in bytes. Boards without a card slot keep it in 16 MiB of RAM.
pub const IMAGE_BYTES: usize = 8 << 20;

type Image<'a> = Cursor<&'a mut Vec<u8>>;

/// Why a card could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// could not read {0}: {1}
    #[error("could not read {0}: {1}")]
    Read(PathBuf, #[source] io::Error),
    /// could not write {0}: {1}
    #[error("could not write {0}: {1}")]
    Write(PathBuf, #[source] io::Error),
    /// the name of {0} is not UTF-8; rename the file
    #[error("the name of {0} is not UTF-8; rename the file")]
    Name(PathBuf),
    /// the files take {0} bytes, but the card holds only {1}; leave some out
    #[error("the files take {0} bytes, but the card holds only {1}; leave some out")]
    TooLarge(usize, usize),
    /// could not put `{0}` on the card: {1}
    #[error("could not put `{0}` on the card: {1}")]
    Put(String, #[source] io::Error),
}

/// The files of a card, by their paths. `/` separates folders.
#[derive(Debug, Default, Clone)]
pub struct Card {
    files: BTreeMap<String, Vec<u8>>,
}

impl Card {
    /// Puts a file with these bytes at `path`, and replaces the one that was there.
    pub fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.to_owned(), bytes);
    }

    /// Puts a file into the card's root folder under its own name.
    ///
    /// # Errors
    /// When it can't be read, or its name is not UTF-8.
    pub fn put_file(&mut self, file: &Path) -> Result<(), Error> {
        self.put_under("", file)
    }

    /// Puts all files and folders of `folder` into the card's root folder.
    ///
    /// # Errors
    /// When one of them can't be read, or its name is not UTF-8.
    pub fn put_folder(&mut self, folder: &Path) -> Result<(), Error> {
        self.put_entries("", folder)
    }

    /// The FAT image.
    ///
    /// # Errors
    /// When the files do not fit.
    pub fn image(&self) -> Result<Vec<u8>, Error> {
        let on_volume = |error| Error::Put("/".into(), error);
        let mut image = vec![0; IMAGE_BYTES];
        let volume = format(&mut image).map_err(on_volume)?;
        self.ensure_room(&volume)?;
        for (path, content) in &self.files {
            write_file(&volume.root_dir(), path, content).map_err(|error| Error::Put(path.clone(), error))?;
        }
        volume.unmount().map_err(on_volume)?;
        Ok(image)
    }

    /// Writes the FAT image to `file`.
    ///
    /// # Errors
    /// When the files do not fit, or `file` can't be written.
    pub fn write_image(&self, file: &Path) -> Result<(), Error> {
        let written = |error| Error::Write(file.into(), error);
        let image = self.image()?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(written)?;
        }
        fs::write(file, image).map_err(written)
    }

    fn ensure_room(&self, volume: &FileSystem<Image<'_>>) -> Result<(), Error> {
        let stats = volume.stats().map_err(|error| Error::Put("/".into(), error))?;
        let cluster_bytes = stats.cluster_size() as usize;
        let room = stats.free_clusters() as usize * cluster_bytes;
        let bytes = self.files.values().map(|content| content.len().next_multiple_of(cluster_bytes)).sum();
        if bytes > room { Err(Error::TooLarge(bytes, room)) } else { Ok(()) }
    }

    fn put_entries(&mut self, prefix: &str, folder: &Path) -> Result<(), Error> {
        let unread = |error| Error::Read(folder.into(), error);
        for entry in fs::read_dir(folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            if path.is_dir() {
                self.put_entries(&format!("{prefix}{}/", name_of(&path)?), &path)?;
            } else {
                self.put_under(prefix, &path)?;
            }
        }
        Ok(())
    }

    fn put_under(&mut self, prefix: &str, file: &Path) -> Result<(), Error> {
        let bytes = fs::read(file).map_err(|error| Error::Read(file.into(), error))?;
        self.put(&format!("{prefix}{}", name_of(file)?), bytes);
        Ok(())
    }
}

fn name_of(path: &Path) -> Result<&str, Error> {
    path.file_name().and_then(|name| name.to_str()).ok_or_else(|| Error::Name(path.into()))
}

/// An empty volume. The crate is built without a clock, so every file has the same date.
fn format(image: &mut Vec<u8>) -> io::Result<FileSystem<Image<'_>>> {
    let label = FormatVolumeOptions::new().volume_label(*b"RTT-MOD    ");
    fatfs::format_volume(Cursor::new(&mut *image), label)?;
    FileSystem::new(Cursor::new(image), FsOptions::new())
}

fn write_file(folder: &Dir<'_, Image<'_>>, path: &str, content: &[u8]) -> io::Result<()> {
    match path.split_once('/') {
        Some((name, rest)) => write_file(&folder.create_dir(name)?, rest, content),
        None => {
            let mut file = folder.create_file(path)?;
            file.truncate()?;
            file.write_all(content)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn card(files: &[(&str, &[u8])]) -> Card {
        let mut card = Card::default();
        for (path, content) in files {
            card.put(path, content.to_vec());
        }
        card
    }

    #[test]
    fn files_keep_their_long_names_and_folders() {
        let mut image = card(&[("data/a long file name.text", b"text"), ("hello.mo", b"module")]).image().unwrap();
        let volume = FileSystem::new(Cursor::new(&mut image), FsOptions::new()).unwrap();
        let mut content = String::new();
        volume.root_dir().open_file("data/a long file name.text").unwrap().read_to_string(&mut content).unwrap();
        assert_eq!(content, "text");
    }

    #[test]
    fn the_same_files_make_the_same_image() {
        let files: &[(&str, &[u8])] = &[("b.mo", b"b"), ("a/c.mo", b"c")];
        assert!(card(files).image().unwrap() == card(files).image().unwrap());
    }

    #[test]
    fn too_much_is_refused_with_both_sizes() {
        let message = card(&[("large", &vec![0; IMAGE_BYTES])]).image().unwrap_err().to_string();
        assert!(message.contains(&IMAGE_BYTES.to_string()), "{message}");
    }

    #[test]
    fn a_folder_goes_in_with_its_folders() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        fs::write(folder.path().join("sub/file"), "content").unwrap();
        let mut card = Card::default();
        card.put_folder(folder.path()).unwrap();
        assert_eq!(card.files["sub/file"], b"content");
    }
}
