//! Fields of instructions.

/// The `count` bits from bit `start` on.
pub fn bits(word: u32, start: u32, count: u32) -> u32 {
    word >> start & ((1 << count) - 1)
}

/// Whether bit `number` is set.
pub fn bit(word: u32, number: u32) -> bool {
    bits(word, number, 1) != 0
}

/// A register in four bits from bit `start` on.
pub fn register(word: u32, start: u32) -> u8 {
    bits(word, start, 4) as u8
}

/// The number whose lowest `count` bits are those of `word`, with the sign in the highest of them.
pub fn signed(word: u32, count: u32) -> i64 {
    let shift = 32 - count;
    i64::from((word << shift).cast_signed() >> shift)
}

/// The 16 bits at the beginning of `bytes`.
pub fn half(bytes: &[u8]) -> Option<u32> {
    Some(u16::from_le_bytes(*bytes.first_chunk()?).into())
}

/// The 32 bits at the beginning of `bytes`.
pub fn word(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}

/// `distance` with the sign that a bit of ARM's instructions gives it.
pub fn distance(distance: u32, is_added: bool) -> i64 {
    if is_added { distance.into() } else { -i64::from(distance) }
}
