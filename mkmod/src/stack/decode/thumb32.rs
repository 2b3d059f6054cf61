//! Thumb: the instructions of 32 bits.

use super::bits::{bit, bits, distance, register, signed};
use super::thumb::{Multiple, aligned_pc, branch, multiple, pop, push};
use super::{Expression, Flow, Instruction, Register};

const SP: u8 = 13;
const PC: u8 = 15;

/// Decodes an instruction of two halves.
pub fn decode(first: u32, second: u32, address: u64) -> Instruction {
    let plain = Instruction::new(4);
    match bits(first, 9, 4) {
        0b0100 if !bit(first, 6) => load_or_store_multiple(plain, first, second),
        0b0100 => load_or_store_dual(plain, first, second, address),
        0b0101 => shifted_register(plain, first, second),
        0b0110 | 0b0111 | 0b1110 | 0b1111 => coprocessor(plain, first, second),
        0b1000..=0b1011 if bit(second, 15) => control(plain, first, second, address),
        0b1000 | 0b1010 => modified_immediate(plain, first, second),
        0b1001 | 0b1011 => plain_immediate(plain, first, second, address),
        0b1100 if bit(first, 4) => load(plain, first, second, address),
        0b1100 if bit(first, 8) => vector_elements(plain, first, second),
        0b1100 => store(plain, first, second),
        // Shifts, extensions, multiplications: results in one register, or two.
        _ if bits(first, 7, 2) == 0b11 => plain.clobber([register(second, 8), register(second, 12)]),
        _ => plain.clobber([register(second, 8)]),
    }
}

fn load_or_store_multiple(plain: Instruction, first: u32, second: u32) -> Instruction {
    let (base, is_load, is_written_back) = (register(first, 0), bit(first, 4), bit(first, 5));
    let is_down = bits(first, 7, 2) == 0b10;
    match (is_load, is_down) {
        (false, true) if base == SP && is_written_back => push(plain, second),
        (true, false) if base == SP && is_written_back => pop(plain, second),
        (is_load, false) => {
            let is_written_back = is_written_back && !(is_load && bit(second, base.into()));
            let loaded = multiple(plain, base, second & 0x7fff, Multiple { is_load, is_written_back });
            let jumps = is_load && bit(second, PC.into());
            if jumps { loaded.flow(Flow::Jump(Expression::Unknown)) } else { loaded }
        }
        (_, true) => {
            let bytes = -i64::from(second.count_ones()) * 4;
            let list = if is_load { second & 0x7fff } else { 0 };
            let registers = (0..15u8).filter(|&register| bit(list, register.into()));
            let done = registers.fold(plain, |plain, register| plain.clobber([register]));
            match is_written_back {
                true => done.write(base, Expression::Plus(Register(base), bytes)),
                false => done,
            }
        }
    }
}

/// Also exclusive accesses, and branches by a table.
fn load_or_store_dual(plain: Instruction, first: u32, second: u32, address: u64) -> Instruction {
    let (base, is_load) = (register(first, 0), bit(first, 4));
    let (to, to_second) = (register(second, 12), register(second, 8));
    if first & 0xfff0 == 0xe8d0 && second & 0xffe0 == 0xf000 {
        return plain.flow(Flow::Table);
    }
    let is_exclusive = !bit(first, 8) && !bit(first, 5);
    match (is_exclusive, is_load) {
        (true, true) => return plain.clobber([to, to_second]),
        // The status is in one of two places.
        (true, false) if bit(first, 7) => return plain.clobber([register(second, 0)]),
        (true, false) => return plain.clobber([to_second]),
        (false, _) => {}
    }
    let distance = distance(bits(second, 0, 8) * 4, bit(first, 7));
    let offset = if bit(first, 8) { distance } else { 0 };
    let done = match is_load {
        true if base == PC => {
            let place = aligned_pc(address).wrapping_add_signed(offset);
            plain.write(to, Expression::Word(place)).write(to_second, Expression::Word(place.wrapping_add(4)))
        }
        true => plain
            .write(to, Expression::Load(Register(base), offset))
            .write(to_second, Expression::Load(Register(base), offset + 4)),
        false => plain.store(base, offset, to).store(base, offset + 4, to_second),
    };
    if bit(first, 5) { done.write(base, Expression::Plus(Register(base), distance)) } else { done }
}

fn shifted_register(plain: Instruction, first: u32, second: u32) -> Instruction {
    let (left, to, right) = (register(first, 0), register(second, 8), register(second, 0));
    let is_shifted = second & 0x70f0 != 0;
    let only_compares = to == PC && bit(first, 4);
    let expression = match bits(first, 5, 4) {
        0b0000 | 0b0100 | 0b1000 | 0b1101 if only_compares => return plain,
        _ if is_shifted => Expression::Unknown,
        0b0010 if left == PC => Expression::Plus(Register(right), 0),
        0b1000 => Expression::Sum(Register(left), Register(right)),
        0b1101 => Expression::Difference(Register(left), Register(right)),
        _ => Expression::Unknown,
    };
    plain.write(to, expression)
}

/// Also what is left of the vector instructions: they do not write to core registers.
fn coprocessor(plain: Instruction, first: u32, second: u32) -> Instruction {
    let is_load = bit(first, 4);
    match bits(first, 8, 2) {
        // Two core registers at once.
        0b00 if bits(first, 5, 3) == 0b010 => match is_load {
            true => plain.clobber([register(second, 12), register(first, 0)]),
            false => plain,
        },
        0b00 | 0b01 if bit(first, 5) => {
            let base = register(first, 0);
            let distance = distance(bits(second, 0, 8) * 4, bit(first, 7));
            plain.write(base, Expression::Plus(Register(base), distance))
        }
        0b10 if is_load && bit(second, 4) => plain.clobber([register(second, 12)]),
        _ => plain,
    }
}

fn modified_immediate(plain: Instruction, first: u32, second: u32) -> Instruction {
    let (left, to) = (register(first, 0), register(second, 8));
    let number = expand(bits(first, 10, 1) << 11 | bits(second, 12, 3) << 8 | bits(second, 0, 8));
    let only_compares = to == PC && bit(first, 4);
    let expression = match bits(first, 5, 4) {
        0b0000 | 0b0100 | 0b1000 | 0b1101 if only_compares => return plain,
        0b0001 => aligned(left, number),
        0b0010 if left == PC => Expression::Number(number.into()),
        0b0011 if left == PC => Expression::Number((!number).into()),
        0b1000 => Expression::Plus(Register(left), number.cast_signed().into()),
        0b1101 => Expression::Plus(Register(left), -i64::from(number.cast_signed())),
        _ => Expression::Unknown,
    };
    plain.write(to, expression)
}

/// `bic` with the lowest bits set.
pub fn aligned(register: u8, cleared: u32) -> Expression {
    match cleared.checked_add(1) {
        Some(unit) if unit.is_power_of_two() => Expression::Aligned(Register(register), unit.into()),
        _ => Expression::Unknown,
    }
}

/// The constant that 12 bits stand for.
fn expand(code: u32) -> u32 {
    let byte = bits(code, 0, 8);
    match bits(code, 8, 4) {
        0b0000 => byte,
        0b0001 => byte << 16 | byte,
        0b0010 => byte << 24 | byte << 8,
        0b0011 => byte << 24 | byte << 16 | byte << 8 | byte,
        _ => (byte | 0x80).rotate_right(bits(code, 7, 5)),
    }
}

fn plain_immediate(plain: Instruction, first: u32, second: u32, address: u64) -> Instruction {
    let (left, to) = (register(first, 0), register(second, 8));
    let number = bits(first, 10, 1) << 11 | bits(second, 12, 3) << 8 | bits(second, 0, 8);
    let long = u32::from(left) << 12 | number;
    let expression = match bits(first, 4, 5) {
        0b00000 if left == PC => Expression::Number(aligned_pc(address).wrapping_add(number.into())),
        0b01010 if left == PC => Expression::Number(aligned_pc(address).wrapping_sub(number.into())),
        0b00000 => Expression::Plus(Register(left), number.into()),
        0b01010 => Expression::Plus(Register(left), -i64::from(number)),
        0b00100 => Expression::Number(long.into()),
        0b01100 => Expression::UpperHalf(Register(to), long as u16),
        // bfc from bit 0 on.
        0b10110 if left == PC && second & 0x70c0 == 0 => {
            Expression::Aligned(Register(to), 1 << (u64::from(bits(second, 0, 5)) + 1))
        }
        _ => Expression::Unknown,
    };
    plain.write(to, expression)
}

/// Branches, and what is about the processor's state.
fn control(plain: Instruction, first: u32, second: u32, address: u64) -> Instruction {
    let (sign, j1, j2) = (bits(first, 10, 1), bits(second, 13, 1), bits(second, 11, 1));
    let far = || {
        let high = sign << 24 | ((j1 ^ sign) ^ 1) << 23 | ((j2 ^ sign) ^ 1) << 22;
        signed(high | bits(first, 0, 10) << 12 | bits(second, 0, 11) << 1, 25)
    };
    match (bit(second, 14), bit(second, 12)) {
        (true, true) => plain.flow(Flow::Call(branch(address, far()))),
        // Into Arm code.
        (true, false) => {
            plain.flow(Flow::Call(Expression::Number(aligned_pc(address).wrapping_add_signed(far() & !3))))
        }
        (false, true) => plain.flow(Flow::Jump(branch(address, far()))),
        (false, false) if bits(first, 7, 3) != 0b111 => {
            let near = sign << 20 | j2 << 19 | j1 << 18 | bits(first, 0, 6) << 12 | bits(second, 0, 11) << 1;
            plain.flow(Flow::Jump(branch(address, signed(near, 21)))).conditional(true)
        }
        (false, false) if first & 0xfff0 == 0xf7f0 && second & 0xf000 == 0xa000 => plain.flow(Flow::Trap),
        // mrs
        (false, false) if first & 0xffe0 == 0xf3e0 => plain.clobber([register(second, 8)]),
        (false, false) => plain,
    }
}

fn vector_elements(plain: Instruction, first: u32, second: u32) -> Instruction {
    let base = register(first, 0);
    if register(second, 0) == PC { plain } else { plain.clobber([base]) }
}

/// How a load or a store of one register finds its address.
enum Address {
    /// At the base and a number.
    At(i64),
    /// At the base and a number; the base has a number added afterwards.
    Moving(i64, i64),
    /// At the base and another register.
    Other,
}

fn address_of(first: u32, second: u32) -> Address {
    if bit(first, 7) {
        return Address::At(bits(second, 0, 12).into());
    }
    if !bit(second, 11) {
        return Address::Other;
    }
    let number = distance(bits(second, 0, 8), bit(second, 9));
    match (bit(second, 10), bit(second, 8)) {
        (true, false) => Address::At(number),
        (true, true) => Address::Moving(number, number),
        (false, _) => Address::Moving(0, number),
    }
}

fn load(plain: Instruction, first: u32, second: u32, address: u64) -> Instruction {
    let (base, to) = (register(first, 0), register(second, 12));
    let is_word = bits(first, 5, 2) == 0b10 && !bit(first, 8);
    let place = address_of(first, second);
    let value = match place {
        _ if !is_word => Expression::Unknown,
        _ if base == PC => {
            let distance = distance(bits(second, 0, 12), bit(first, 7));
            Expression::Word(aligned_pc(address).wrapping_add_signed(distance))
        }
        Address::At(offset) | Address::Moving(offset, _) => Expression::Load(Register(base), offset),
        Address::Other => Expression::Unknown,
    };
    let moved = match place {
        Address::Moving(_, number) if base != PC => plain.write(base, Expression::Plus(Register(base), number)),
        _ => plain,
    };
    let pops = matches!(place, Address::Moving(0, _)) && base == SP;
    match to {
        // Hints to caches are loads of bytes to nowhere.
        PC if !is_word => moved,
        PC if pops => moved.flow(Flow::Return),
        PC => moved.flow(Flow::Jump(value)),
        to => moved.write(to, value),
    }
}

fn store(plain: Instruction, first: u32, second: u32) -> Instruction {
    let (base, from) = (register(first, 0), register(second, 12));
    let is_word = bits(first, 5, 2) == 0b10;
    let (offset, moved) = match address_of(first, second) {
        Address::At(offset) => (Some(offset), None),
        Address::Moving(offset, number) => (Some(offset), Some(number)),
        Address::Other => (None, None),
    };
    let stored = match offset {
        Some(offset) if is_word => plain.store(base, offset, from),
        _ => plain,
    };
    match moved {
        Some(number) => stored.write(base, Expression::Plus(Register(base), number)),
        None => stored,
    }
}
