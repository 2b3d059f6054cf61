//! Calls and jumps in code, found without its relocations, which GNU ld does not keep.

use crate::elf::{ElfFile, Section};

/// A call or jump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    /// Where it is.
    pub from: u64,
    /// Where it goes.
    pub to: u64,
}

/// What the bytes from an address on are, by the mapping symbols `$a`, `$t`, `$x` and `$d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// ARM code.
    Arm,
    /// Thumb code.
    Thumb,
    /// RISC-V code.
    Riscv,
    /// No code.
    Data,
}

/// Where the code changes its state, in the order of the addresses.
pub fn states(file: &ElfFile<'_>) -> Vec<(u64, State)> {
    let mut states: Vec<_> = file
        .symbols()
        .filter_map(|symbol| {
            let section = file.section(symbol.section()?)?;
            let state = match symbol.name().ok()?.split('.').next()? {
                "$a" => State::Arm,
                "$t" => State::Thumb,
                "$d" => State::Data,
                // The instruction set may follow, as in `$xrv64imac`.
                name if name.starts_with("$x") => State::Riscv,
                _ => return None,
            };
            section.is_code().then_some((symbol.address(), state))
        })
        .collect();
    states.sort_by_key(|(address, _)| *address);
    states.dedup();
    states
}

/// All direct branches in the code.
pub fn branches(file: &ElfFile<'_>) -> Vec<Branch> {
    let states = states(file);
    let mut found = vec![];
    for Section { address: start, data, .. } in file.sections().filter(|section| section.is_code()) {
        let end = start.saturating_add(data.len() as u64);
        let changes = states.iter().filter(|(address, _)| (*start..end).contains(address));
        let ends = changes.clone().skip(1).map(|(address, _)| *address).chain([end]);
        for ((from, state), to) in changes.zip(ends) {
            let code = &data[(from - start) as usize..(to - start) as usize];
            match state {
                State::Thumb => found.extend(thumb_branches(code, *from)),
                State::Arm => found.extend(arm_branches(code, *from)),
                State::Riscv => found.extend(riscv_branches(code, *from)),
                State::Data => {}
            }
        }
    }
    found
}

/// `BL`, `BLX` and `B.W` of Thumb-2.
fn thumb_branches(code: &[u8], start: u64) -> Vec<Branch> {
    let half = |at: usize| code.get(at..at + 2).map(|bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
    let mut found = vec![];
    let mut at = 0;
    while let Some(first) = half(at) {
        let is_long = first >> 11 > 0b11100;
        if let (true, Some(second)) = (first >> 11 == 0b11110, half(at + 2)) {
            let from = start + at as u64;
            found.extend(thumb_target(first, second, from).map(|to| Branch { from, to }));
        }
        at += if is_long { 4 } else { 2 };
    }
    found
}

fn thumb_target(first: u16, second: u16, from: u64) -> Option<u64> {
    let (changes_state, is_branch) = match (second >> 14, second >> 12 & 1) {
        (0b11, link) => (link == 0, true),
        (0b10, 1) => (false, true),
        _ => (false, false),
    };
    let sign = u32::from(first >> 10 & 1);
    let near = |bit: u16| 1 ^ (u32::from(second >> bit & 1) ^ sign);
    let offset =
        sign << 24 | near(13) << 23 | near(11) << 22 | u32::from(first & 0x3ff) << 12 | u32::from(second & 0x7ff) << 1;
    let offset = (offset << 7).cast_signed() >> 7;
    let base = if changes_state { (from + 4) & !3 } else { from + 4 };
    is_branch.then(|| base.wrapping_add_signed(offset.into()) & 0xffff_ffff)
}

/// `B`, `BL` and `BLX` of ARM.
fn arm_branches(code: &[u8], start: u64) -> Vec<Branch> {
    let words = code.chunks_exact(4).map(|bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    let branches = words.zip((start..).step_by(4)).filter(|(word, _)| word >> 25 & 7 == 0b101);
    branches
        .map(|(word, from)| {
            let offset = (word << 8).cast_signed() >> 6;
            Branch { from, to: (from + 8).wrapping_add_signed(offset.into()) & 0xffff_ffff }
        })
        .collect()
}

/// `JAL`, `C.J`, and `AUIPC` with `JALR` behind it.
fn riscv_branches(code: &[u8], start: u64) -> Vec<Branch> {
    let half = |at: usize| Some(u32::from(u16::from_le_bytes(code.get(at..at + 2)?.try_into().ok()?)));
    let word = |at: usize| Some(half(at)? | half(at + 2)? << 16);
    let mut found = vec![];
    let mut at = 0;
    while let Some(low) = half(at) {
        let is_long = low & 3 == 3;
        let offset = match word(at).filter(|_| is_long) {
            Some(instruction) => riscv_offset(instruction, word(at + 4)),
            None => riscv_short_offset(low),
        };
        let from = start + at as u64;
        found.extend(offset.map(|offset| Branch { from, to: from.wrapping_add_signed(offset.into()) }));
        at += if is_long { 4 } else { 2 };
    }
    found
}

fn riscv_offset(instruction: u32, next: Option<u32>) -> Option<i32> {
    let bits = |value: u32, from: u32, count: u32| value >> from & ((1 << count) - 1);
    match (instruction & 0x7f, next) {
        (0x6f, _) => {
            let sign = bits(instruction, 31, 1);
            let low = bits(instruction, 20, 1) << 11 | bits(instruction, 21, 10) << 1;
            Some(((sign << 20 | bits(instruction, 12, 8) << 12 | low) << 11).cast_signed() >> 11)
        }
        (0x17, Some(next)) if next & 0x7f == 0x67 && bits(next, 15, 5) == bits(instruction, 7, 5) => {
            Some((instruction & !0xfff).cast_signed().wrapping_add(next.cast_signed() >> 20))
        }
        _ => None,
    }
}

fn riscv_short_offset(instruction: u32) -> Option<i32> {
    // Where the bits of the offset are in the instruction, and where they belong.
    const BITS: [(u32, u32); 11] =
        [(12, 11), (11, 4), (10, 9), (9, 8), (8, 10), (7, 6), (6, 7), (5, 3), (4, 2), (3, 1), (2, 5)];
    let offset = BITS.iter().fold(0, |offset, (from, to)| offset | (instruction >> from & 1) << to);
    (instruction & 0xe003 == 0xa001).then_some((offset << 20).cast_signed() >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thumb_calls_and_jumps_are_found() {
        // bl +8; movs r0, #0; b.w -8
        let code = [0x00, 0xf0, 0x02, 0xf8, 0x00, 0x20, 0xff, 0xf7, 0xfa, 0xbf];
        assert_eq!(thumb_branches(&code, 0x100), [Branch { from: 0x100, to: 0x108 }, Branch { from: 0x106, to: 0xfe }]);
    }

    #[test]
    fn arm_calls_are_found() {
        // nop; bl .-8
        let code = [0x00, 0x00, 0xa0, 0xe1, 0xfc, 0xff, 0xff, 0xeb];
        assert_eq!(arm_branches(&code, 0x100), [Branch { from: 0x104, to: 0xfc }]);
    }

    #[test]
    fn riscv_calls_and_jumps_are_found() {
        // jal ra, .+8; nop; auipc t1, 0; jalr ra, -4(t1); j .-18; jr ra
        let code = [
            0xef, 0x00, 0x80, 0x00, 0x01, 0x00, 0x17, 0x03, 0x00, 0x00, 0xe7, 0x00, 0xc3, 0xff, 0xfd, 0xb7, 0x82, 0x80,
        ];
        assert_eq!(
            riscv_branches(&code, 0x100),
            [Branch { from: 0x100, to: 0x108 }, Branch { from: 0x106, to: 0x102 }, Branch { from: 0x10e, to: 0xfc },]
        );
    }
}
