//! Opens a library, and keeps it open.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{dl::Library, println, thread};

#[rtt_mod::main]
fn main() {
    let library = Library::open("/library.mo");
    println!("opened: {}", library.is_ok());
    thread::sleep(Duration::MAX);
    drop(library);
}
