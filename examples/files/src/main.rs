//! Makes, reads, lists, renames and removes files.
#![no_std]
#![no_main]

use rtt_mod::{
    Result,
    fs::{self, OpenOptions},
    io::Write,
    println,
};

#[rtt_mod::main]
fn main() -> Result<()> {
    fs::create_dir_all("/notes/2026")?;
    fs::write("/notes/2026/list.txt", "bread\nmilk\n")?;

    let mut list = OpenOptions::new().append(true).open("/notes/2026/list.txt")?;
    writeln!(list, "{} apples", 6)?;
    drop(list);

    for (n, line) in fs::read_to_string("/notes/2026/list.txt")?.lines().enumerate() {
        println!("{}. {line}", n + 1);
    }

    fs::rename("/notes/2026/list.txt", "/notes/old list.txt")?;
    for entry in fs::read_dir("/notes")? {
        let entry = entry?;
        let kind = if entry.file_type()?.is_dir() { "folder" } else { "file" };
        println!("{kind} {} of {} bytes", entry.file_name(), entry.metadata()?.len());
    }

    fs::remove_dir_all("/notes")?;
    println!("still there: {}", fs::exists("/notes"));
    Ok(())
}
