//! Opens a library twice, and goes on with it after one of both is closed.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the types of symbols in a library are not known")]

use rtt_mod::dl::{Error, Library};
use rtt_mod::println;

/// What the function of the library is.
type Checksum = unsafe extern "C" fn(*const u8, usize) -> u32;

#[rtt_mod::main]
fn main() -> Result<(), Error> {
    let (first, second) = (Library::open("/library.mo")?, Library::open("library.mo")?);
    println!("one copy: {}", address(&first)? == address(&second)?);
    drop(first);
    // SAFETY: the function has this type.
    let checksum = unsafe { second.get_unchecked::<Checksum>("crc32") }?;
    let text = b"123456789";
    // SAFETY: the text has as many bytes as it says.
    println!("still there: {:x}", unsafe { checksum(text.as_ptr(), text.len()) });
    Ok(())
}

fn address(library: &Library) -> Result<usize, Error> {
    // SAFETY: the function is not called here.
    Ok(unsafe { library.get_unchecked::<Checksum>("crc32") }.map(|function| *function as usize)?)
}
