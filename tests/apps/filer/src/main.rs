//! Files where FAT, the kernel and `std` differ, and ends with files open.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::{format, string::String, vec, vec::Vec};
use core::time::Duration;

use rtt_mod::{
    Args, Error, Result, env,
    fs::{self, File},
    heap,
    io::{Read, Seek, SeekFrom, Write},
    println, process, thread,
};

#[rtt_mod::main(stack = "6K", heap = "24K")]
fn main(mut args: Args) -> Result<()> {
    match args.next_back() {
        Some("edges") => edges(),
        Some("many") => many(),
        Some("full") => full(),
        Some("busy") => busy(),
        Some("remove") => (0..3).try_for_each(|n| fs::remove_file(open_path(n))),
        Some("arena") => {
            let block = vec![0u8; 1000];
            println!("{} of {} bytes are used", heap::used(), heap::total());
            assert!(heap::used() >= block.len() && heap::used() + heap::free() == heap::total());
            Ok(())
        }
        end => {
            let _files = open_three()?;
            if end == Some("panic") {
                panic!("with files open");
            }
            process::exit(3)
        }
    }
}

fn open_path(n: usize) -> String {
    format!("/open{n}.txt")
}

fn open_three() -> Result<Vec<File>> {
    let open = |n| {
        let mut file = File::create(open_path(n))?;
        file.write_all(b"written before the end\n")?;
        Ok(file)
    };
    (0..3).map(open).collect()
}

/// Two threads are stopped in the middle of what they do to files and the heap.
fn busy() -> Result<()> {
    for n in 0..2 {
        thread::spawn(move || -> Result<()> {
            loop {
                fs::write(open_path(n), vec![7; 3000])?;
                fs::rename(open_path(n), open_path(2 + n))?;
                fs::remove_file(open_path(2 + n))?;
            }
        });
    }
    thread::sleep(Duration::from_millis(100));
    process::exit(5)
}

fn many() -> Result<()> {
    // Different ones, because FAT of RT-Thread 5 has a file open once only.
    let names: Vec<String> =
        fs::read_dir("/")?.map(|entry| Ok(format!("/{}", entry?.file_name()))).collect::<Result<_>>()?;
    let mut files = Vec::new();
    let mut error = None;
    for name in &names {
        match File::open(name) {
            Ok(file) => files.push(file),
            Err(other) => error = error.or(Some(other)),
        }
    }
    let Some(error) = error else { return Err(Error::NotFound) };
    println!("{} files, then: {error}", files.len());
    assert_eq!(fs::read_dir("/").err(), Some(Error::TooManyOpenFiles));
    Ok(())
}

fn full() -> Result<()> {
    let mut file = File::create("/large")?;
    let block = [7; 2048];
    let error = loop {
        if let Err(error) = file.write_all(&block) {
            break error;
        }
    };
    println!("{} bytes, then: {error}", file.metadata()?.len());
    assert_eq!(file.set_len(100 << 20), Err(Error::StorageFull));
    assert_eq!(fs::create_dir("/folder"), Err(Error::StorageFull));
    drop(file);
    fs::remove_file("/large")
}

/// What is at `/e`, which is made for it, and removed.
fn edges() -> Result<()> {
    fs::create_dir("/e")?;
    opening()?;
    positions()?;
    lengths()?;
    removing()?;
    renaming()?;
    directories()?;
    fs::remove_dir_all("/e")?;
    println!("as it should be");
    Ok(())
}

fn opening() -> Result<()> {
    let error = |result: Result<File>| result.err();
    assert_eq!(error(File::open("/")), Some(Error::IsADirectory));
    assert_eq!(error(File::create("/e")), Some(Error::IsADirectory));
    assert_eq!(error(File::create_new("/e")), Some(Error::AlreadyExists));
    assert_eq!(error(File::open("")), Some(Error::NotFound));
    assert_eq!(error(File::open("/e/a\0b")), Some(Error::InvalidFilename));
    assert_eq!(error(File::create("/e/a?b")), Some(Error::InvalidFilename));
    assert_eq!(error(File::open("x".repeat(300))), Some(Error::InvalidFilename));
    assert_eq!(error(File::open("/e/none/file")), Some(Error::NotFound));
    assert_eq!(error(File::options().write(true).truncate(true).open("/e/none")), Some(Error::NotFound));
    assert!(!fs::exists("/e/none"));

    let mut file = File::create_new("/e/file")?;
    assert_eq!(error(File::create_new("/e/file")), Some(Error::AlreadyExists));
    assert_eq!(error(File::create("/e/file")), Some(Error::Busy));
    file.write_all(b"0123456789")?;
    assert_eq!(file.metadata()?.len(), 10);
    drop(file);
    assert_eq!(File::open("/e/file")?.write(b"x"), Err(Error::PermissionDenied));
    assert_eq!(File::options().write(true).open("/e/file")?.read(&mut [0]), Err(Error::PermissionDenied));
    assert_eq!(fs::copy("/e/file", "/e/FILE.bak"), Ok(10));
    assert_eq!(fs::copy("/e/file", "/e/file"), Err(Error::Busy));
    assert_eq!(fs::read_to_string("/E/file.BAK").as_deref(), Ok("0123456789"));
    assert!(fs::metadata("/dev/uart0").is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()));
    Ok(())
}

fn positions() -> Result<()> {
    let mut file = File::options().read(true).write(true).open("/e/file")?;
    assert_eq!(file.seek(SeekFrom::End(-1)), Ok(9));
    assert_eq!(file.seek(SeekFrom::Current(-10)), Err(Error::InvalidInput));
    assert_eq!(file.stream_position(), Ok(9));
    assert_eq!(file.seek(SeekFrom::End(6)), Ok(16));
    assert_eq!(file.read(&mut [0; 4]), Ok(0));
    assert_eq!(file.metadata()?.len(), 10);
    assert_eq!(file.stream_position(), Ok(16));
    file.write_all(b"end")?;
    assert_eq!(file.metadata()?.len(), 19);
    file.sync_all()?;
    match fs::read("/e/file") {
        // FAT of RT-Thread 5 has a file open once only.
        Err(Error::Busy) => {}
        read => assert_eq!(read?, b"0123456789\0\0\0\0\0\0end"),
    }

    let mut appended = File::options().read(true).append(true).open("/e/FILE.bak")?;
    appended.rewind()?;
    appended.write_all(b"ab")?;
    appended.rewind()?;
    appended.write_all(b"cd")?;
    appended.rewind()?;
    let mut text = String::new();
    appended.read_to_string(&mut text)?;
    assert_eq!(text, "0123456789abcd");
    Ok(())
}

/// Over several clusters, with the file standing elsewhere: FAT cuts chains where it stands.
fn lengths() -> Result<()> {
    let block: Vec<u8> = (0..6000u32).map(|n| (n / 7) as u8).collect();
    fs::write("/e/long", &block)?;
    let mut file = File::options().read(true).write(true).open("/e/long")?;
    file.seek(SeekFrom::Start(100))?;
    file.set_len(5000)?;
    assert_eq!(file.stream_position(), Ok(100));
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    assert!(rest == block[100..5000]);
    file.set_len(10)?;
    assert_eq!(file.stream_position(), Ok(5000));
    assert_eq!(file.read(&mut [0; 4]), Ok(0));
    file.set_len(2000)?;
    file.rewind()?;
    rest.clear();
    file.read_to_end(&mut rest)?;
    assert!(rest[..10] == block[..10] && rest[10..].iter().all(|&byte| byte == 0) && rest.len() == 2000);
    drop(file);
    assert_eq!(File::open("/e/long")?.set_len(0), Err(Error::PermissionDenied));
    Ok(())
}

fn removing() -> Result<()> {
    assert_eq!(fs::remove_file("/e"), Err(Error::IsADirectory));
    assert_eq!(fs::remove_dir("/e"), Err(Error::DirectoryNotEmpty));
    assert_eq!(fs::remove_dir("/e/long"), Err(Error::NotADirectory));
    assert_eq!(fs::remove_file("/e/none"), Err(Error::NotFound));
    assert_eq!(fs::remove_dir("/"), Err(Error::Busy));
    let file = File::open("/e/long")?;
    assert_eq!(fs::remove_file("/e/long"), Err(Error::Busy));
    drop(file);
    fs::remove_file("/e/long")
}

fn renaming() -> Result<()> {
    fs::create_dir_all("/e/d/inner")?;
    assert_eq!(fs::rename("/e/none", "/e/x"), Err(Error::NotFound));
    assert_eq!(fs::rename("/e/file", "/e/d"), Err(Error::AlreadyExists));
    assert_eq!(fs::rename("/e/d", "/e/file"), Err(Error::NotADirectory));
    assert_eq!(fs::rename("/e/d", "/E/D/inner/d"), Err(Error::InvalidInput));
    assert_eq!(fs::rename("/", "/e/x"), Err(Error::Busy));
    assert_eq!(fs::rename("/e/file", "/"), Err(Error::Busy));
    assert_eq!(fs::rename("/e/file", "/dev/file"), Err(Error::Unsupported));
    let file = File::open("/e/file")?;
    assert_eq!(fs::rename("/e/file", "/e/x"), Err(Error::Busy));
    drop(file);
    fs::write("/e/new", "new")?;
    fs::rename("/e/new", "/e/file")?;
    assert_eq!(fs::read_to_string("/e/file").as_deref(), Ok("new"));
    assert!(!fs::exists("/e/new"));
    fs::rename("/e/file", "/e/File")?;
    assert_eq!(fs::read_to_string("/e/file").as_deref(), Ok("new"));
    fs::rename("/e/File", "/e/d/inner/file")?;
    fs::rename("/e/d", "/e/moved")?;
    assert_eq!(fs::read_to_string("/e/moved/inner/file").as_deref(), Ok("new"));
    Ok(())
}

fn directories() -> Result<()> {
    assert_eq!(fs::create_dir("/e"), Err(Error::AlreadyExists));
    assert_eq!(fs::create_dir("/"), Err(Error::AlreadyExists));
    assert_eq!(fs::create_dir_all("/e/moved/inner"), Ok(()));
    assert_eq!(fs::read_dir("/e/moved/inner/file").err(), Some(Error::NotADirectory));
    assert_eq!(fs::read_dir("/e/none").err(), Some(Error::NotFound));
    assert_eq!(fs::read_dir("/e/moved/inner")?.count(), 1);

    let before = env::current_dir()?;
    env::set_current_dir("/e/moved")?;
    assert_eq!(env::current_dir()?, "/e/moved");
    assert!(fs::metadata("inner/../inner/file")?.is_file());
    assert_eq!(env::set_current_dir("inner/file"), Err(Error::NotADirectory));
    assert_eq!(env::set_current_dir("none"), Err(Error::NotFound));
    env::set_current_dir(before)
}
