//! The SD card, an image file: the kernel reads and writes it through RT-Thread's SD stack.

use std::fs;
use std::io::{Cursor, Read};

use e2e::{Fixture, Session, card_with};
use fatfs::{FileSystem, FsOptions};
use qemu::{Machine, Writes};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("what_the_kernel_writes_is_in_the_image", written)];

/// Writes a large file and a small one, and boots again.
fn written(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let image = folder.path().join("card.img");
    card_with(&fixture.modules)?.write_image(&image)?;
    let machine = Machine { writes: Writes::Kept, ..fixture.machine(&image) };
    let large: Vec<u8> = (0..30_000u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect();

    let mut session = Session::boot(&machine)?;
    session.send("/large", &large)?;
    session.run("echo hello /small")?.prints_nothing()?;
    session.run("mkdir /folder")?.prints_nothing()?;
    session.run("rm /status.mo")?.prints_nothing()?;
    drop(session);

    let mut bytes = fs::read(&image)?;
    let volume = FileSystem::new(Cursor::new(&mut bytes), FsOptions::new())?;
    let mut content = Vec::new();
    volume.root_dir().open_file("large")?.read_to_end(&mut content)?;
    if content != large {
        return Err("the file in the image differs from the one that was sent".into());
    }
    let names: Vec<_> = volume.root_dir().iter().flatten().map(|entry| entry.file_name()).collect();
    if names.contains(&"status.mo".to_owned()) || !names.contains(&"folder".to_owned()) {
        return Err(format!("the image has {names:?}").into());
    }

    let mut session = Session::boot(&machine)?;
    session.run("ls")?.prints("large")?.prints("30000")?.prints_no("status.mo")?;
    session.run("cat /small")?.prints("hello")?;
    Ok(())
}
