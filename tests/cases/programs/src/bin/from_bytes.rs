//! Opens the library in a buffer that it frees before it calls the library.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "the types of symbols in a library are not known")]

use rtt_mod::dl::{Error, Library};
use rtt_mod::{fs, println};

/// The functions of the example `library`.
type Checksum = unsafe extern "C" fn(*const u8, usize) -> u32;

#[rtt_mod::main(stack = "4K")]
fn main() {
    let bytes = fs::read("/library.mo").unwrap_or_default();
    let library = Library::from_bytes("checksum", &bytes);
    drop(bytes);
    match library.and_then(|library| crc32(&library)) {
        Ok(sum) => println!("crc32: {sum:08x}"),
        Err(error) => println!("checksum: {error}"),
    }
    println!("an empty one is refused: {}", Library::from_bytes("empty", &[]).is_err());
}

fn crc32(library: &Library) -> Result<u32, Error> {
    // SAFETY: that is how the library declares it.
    let crc32 = unsafe { library.get_unchecked::<Checksum>("crc32") }?;
    let text = b"123456789";
    // SAFETY: it reads as many bytes as there are.
    Ok(unsafe { crc32(text.as_ptr(), text.len()) })
}
