//! Checksums, for other modules to call: a library, found by `dlopen` and `dlsym`.
#![no_std]
#![no_main]

use core::slice;

rtt_mod::library!();

/// CRC-32, as Ethernet and zip files have it.
///
/// # Safety
///
/// `bytes` points to `length` bytes.
#[rtt_mod::export]
pub unsafe fn crc32(bytes: *const u8, length: usize) -> u32 {
    // SAFETY: the caller's promise.
    let bytes = unsafe { slice::from_raw_parts(bytes, length) };
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}

/// Adler-32, as zlib has it.
///
/// # Safety
///
/// `bytes` points to `length` bytes.
#[rtt_mod::export]
pub unsafe fn adler32(bytes: *const u8, length: usize) -> u32 {
    // SAFETY: the caller's promise.
    let bytes = unsafe { slice::from_raw_parts(bytes, length) };
    let (a, b) = bytes.iter().fold((1, 0), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65521;
        (a, (b + a) % 65521)
    });
    b << 16 | a
}
