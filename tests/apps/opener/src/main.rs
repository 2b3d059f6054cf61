//! Opens a library, and keeps it open.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{Args, dl::Library, println, thread};

#[rtt_mod::main]
fn main(mut args: Args) {
    let library = Library::open("/library.mo");
    println!("opened: {}", library.is_ok());
    if let (Some("types"), Ok(library)) = (args.nth(1), &library) {
        return types(library);
    }
    thread::sleep(Duration::MAX);
    drop(library);
}

/// Finds a function by its type and by others.
fn types(library: &Library) {
    println!("{:?}", library.get::<unsafe extern "C" fn(*const u8, usize) -> u32>("crc32").err());
    println!("{:?}", library.get::<extern "C" fn(*const u8, usize) -> u32>("crc32").err());
    println!("{:?}", library.get::<unsafe extern "C" fn(*const i8, usize)>("crc32").err());
    println!("{:?}", library.get::<extern "C" fn()>("crc64").err());
    println!("{:?}", library.get::<extern "C" fn() -> *const u8>("rtt_mod_type_crc32").err());
}
