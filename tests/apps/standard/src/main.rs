//! A program with the names of `std`, as people write them.
#![no_std]
#![no_main]

use core::{cell::RefCell, fmt::Write as _, time::Duration};

use rtt_mod::{
    Error,
    collections::{BTreeMap, HashMap},
    env, fmt,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Cursor, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    prelude::*,
    process, thread,
    time::{Instant, SystemTime, UNIX_EPOCH},
    write, writeln,
};

#[rtt_mod::main]
fn main(mut args: rtt_mod::Args) -> io::Result<()> {
    match (args.nth(1), args.next()) {
        (Some("abort"), _) => process::abort(),
        (Some("var"), name) => return variable(name.unwrap_or_default()),
        _ => (),
    }
    let folder = Path::new("/standard");
    fs::create_dir_all(folder)?;
    let table = table(folder)?;
    lines(&table)?;
    places(&table)?;
    clock(&table)?;
    threads();
    text().map_err(|fmt::Error| Error::Other)?;
    fs::remove_dir_all(folder)?;
    println!("exists: {}", folder.exists());
    Ok(())
}

/// A variable by its name, and all of them.
fn variable(name: &str) -> io::Result<()> {
    env::vars().for_each(|(name, value)| println!("{name} is {value}"));
    println!("found {}", env::var(name)?);
    Ok(())
}

/// Writes a table through a buffer.
fn table(folder: &Path) -> io::Result<PathBuf> {
    let path = folder.join("table").with_extension("csv");
    let mut table = BufWriter::new(File::create(&path)?);
    for n in 0..200 {
        writeln!(table, "{n},{:04x},{}", n * n, n % 7)?;
    }
    drop(table.into_inner()?); // FAT knows the length when the file is closed
    println!("{} of {} bytes", path.display(), path.metadata()?.len());
    Ok(path)
}

/// Reads it by lines, and counts.
fn lines(path: &Path) -> io::Result<()> {
    let (mut counts, mut sum) = (HashMap::new(), 0);
    for line in BufReader::new(File::open(path)?).lines() {
        let line = line?;
        let mut fields = line.split(',');
        sum += fields.next().and_then(|field| field.parse::<u32>().ok()).unwrap_or(0);
        *counts.entry(fields.next_back().unwrap_or_default().to_string()).or_insert(0) += 1;
    }
    // Not by `collect`, which sorts first, with 4 KiB of stack.
    let mut sorted = BTreeMap::new();
    sorted.extend(counts);
    println!("sum {sum}, counts {sorted:?}");
    Ok(())
}

/// Positions in a file and in memory.
fn places(path: &Path) -> io::Result<()> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::End(-7))?;
    let mut end = String::new();
    Read::by_ref(&mut file).take(6).read_to_string(&mut end)?;
    let mut begin = [0; 8];
    file.read_at(&mut begin, 0)?;
    println!("ends with {end}, then at {}, begins with {}", file.stream_position()?, begin.escape_ascii());

    let mut memory = Cursor::new(Vec::new());
    io::copy(&mut (&b"copied"[..]).chain(io::repeat(b'!').take(2)), &mut memory)?;
    memory.rewind()?;
    println!("{}", io::read_to_string(memory)?);
    println!("{}", fs::canonicalize("/standard/../standard/./table.csv")?);
    match File::open(path.with_file_name("none")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => println!("{error}"),
        _ => println!("that should not be there"),
    }
    Ok(())
}

/// Sets the clock, and compares the times of files with it.
fn clock(path: &Path) -> io::Result<()> {
    let before = SystemTime::now();
    let set = UNIX_EPOCH + Duration::from_secs(1_795_946_400);
    set.set_clock()?;
    fs::write(path, "new")?;
    let passed = set.elapsed().unwrap_or(Duration::MAX);
    let changed = path.metadata()?.modified()?;
    let off = changed.duration_since(set).unwrap_or_else(|error| error.duration());
    println!("clock: {}, file: {}", passed < Duration::from_secs(3), off < Duration::from_secs(3));
    before.set_clock()
}

rtt_mod::thread_local! {
    static SEEN: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

struct Told(u32);

impl Drop for Told {
    fn drop(&mut self) {
        println!("{} dropped", self.0);
    }
}

/// Each thread has its own values, and drops them.
fn threads() {
    let begin = Instant::now();
    SEEN.with_borrow_mut(|seen| seen.push(Told(0)));
    for n in 1..=2 {
        let thread = thread::spawn(move || {
            SEEN.with_borrow_mut(|seen| seen.push(Told(n)));
            SEEN.with_borrow(Vec::len)
        });
        println!("{} in thread {n}", thread.join().unwrap_or(0));
    }
    SEEN.with_borrow_mut(Vec::clear);
    thread::sleep_until(begin + Duration::from_millis(50));
    let late = begin.elapsed() >= Duration::from_millis(50);
    let processors = thread::available_parallelism().map_or(0, core::num::NonZero::get);
    println!("late: {late}, processors: {processors}, may wait: {}", thread::may_wait());
}

/// Text in memory and in a formatter of its own.
fn text() -> fmt::Result {
    struct Celsius(i32);

    impl fmt::Display for Celsius {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{:+}.{:02} °C", self.0 / 100, self.0 % 100)
        }
    }

    let mut line = format!("{:>6}|{:<4}|{:#x}", 42, true, 255u8);
    write!(line, "|{}|{}", line.len(), Celsius(2150))?;
    println!("{line}");
    let mut small = [0; 16];
    let mut rest = &mut small[..];
    let is_full = writeln!(rest, "{:016}", 1).is_err();
    println!("full: {is_full}, {}", small.escape_ascii());
    Ok(())
}
