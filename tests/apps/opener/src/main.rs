//! Opens a library, and keeps it open.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{Args, dl::Library, prelude::Vec, println, thread, vec};

#[rtt_mod::main]
fn main(mut args: Args) {
    let library = Library::open("/library.mo");
    println!("opened: {}", library.is_ok());
    match (args.nth(1), &library) {
        (Some("types"), Ok(library)) => return types(library),
        (Some("linger"), _) => return linger(),
        _ => (),
    }
    thread::sleep(Duration::MAX);
    drop(library);
}

/// Closes a library whose code goes on, and takes the memory that it would have had.
fn linger() {
    let library = Library::open("/unruly.mo");
    let is_started =
        library.as_ref().ok().and_then(|library| Some(library.get::<extern "C" fn() -> u32>("linger").ok()?.call()));
    println!("started: {is_started:?}");
    drop(library);
    // In small blocks, which fit where the library was.
    let taken: Vec<Vec<u8>> = (0..100).map(|_| vec![0xA5; 200]).collect();
    thread::sleep(Duration::from_millis(400));
    println!("over: {}", taken.iter().flatten().all(|byte| *byte == 0xA5));
}

/// Finds a function by its type and by others.
fn types(library: &Library) {
    println!("{:?}", library.get::<unsafe extern "C" fn(*const u8, usize) -> u32>("crc32").err());
    println!("{:?}", library.get::<extern "C" fn(*const u8, usize) -> u32>("crc32").err());
    println!("{:?}", library.get::<unsafe extern "C" fn(*const i8, usize)>("crc32").err());
    println!("{:?}", library.get::<extern "C" fn()>("crc64").err());
    println!("{:?}", library.get::<extern "C" fn() -> *const u8>("rtt_mod_type_crc32").err());
}
