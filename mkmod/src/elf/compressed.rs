//! Sections of debug information that the linker has compressed.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::ZlibDecoder;
use goblin::container::Ctx;
use goblin::elf::compression_header::{CompressionHeader, ELFCOMPRESS_ZLIB, ELFCOMPRESS_ZSTD};
use ruzstd::decoding::StreamingDecoder;

use super::Section;

/// What is in a section, compressed or not. `None`: it can't be decompressed.
pub(super) fn uncompressed<'data>(section: &Section<'data>, context: Ctx) -> Option<Cow<'data, [u8]>> {
    if !section.is_compressed() {
        return Some(section.data.into());
    }
    let header = CompressionHeader::parse(section.data, 0, context).ok()?;
    let data = section.data.get(CompressionHeader::size(context)..)?;
    match header.ch_type {
        ELFCOMPRESS_ZLIB => read(ZlibDecoder::new(data), header.ch_size),
        ELFCOMPRESS_ZSTD => read(StreamingDecoder::new(data).ok()?, header.ch_size),
        _ => None,
    }
}

/// Reads no more than it is said to be.
fn read<'data>(decoder: impl Read, size: u64) -> Option<Cow<'data, [u8]>> {
    let mut bytes = vec![];
    decoder.take(size).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == size).then_some(bytes.into())
}
