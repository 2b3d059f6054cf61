//! RISC-V, with compressed instructions. Some of these differ between 32 and 64 bits.

use super::bits::{bit, bits, half, signed, word};
use super::{Expression, Flow, Instruction, Register};

const ZERO: u8 = 0;
const RA: u8 = 1;
const SP: u8 = 2;
/// The other link register, that prologues in a function of their own return to.
const T0: u8 = 5;

/// The size of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// 32 bits.
    Bits32,
    /// 64 bits.
    Bits64,
}

impl Width {
    /// `funct3` of the load and of the store of a register.
    fn access(self) -> u32 {
        match self {
            Self::Bits32 => 0b010,
            Self::Bits64 => 0b011,
        }
    }
}

/// Decodes the instruction at the beginning of `bytes`.
pub fn decode(bytes: &[u8], address: u64, width: Width) -> Option<Instruction> {
    let first = half(bytes)?;
    let decoded = match first & 3 {
        0b11 => long(word(bytes)?, address, width),
        0b00 => memory(first, width),
        0b01 => arithmetic(first, address, width),
        _ => stack_and_jumps(first, width),
    };
    Some(Instruction { writes: decoded.writes.into_iter().filter(|(to, _)| to.0 != ZERO).collect(), ..decoded })
}

/// A register and a number. Register 0 is 0.
fn plus(register: u8, number: i64) -> Expression {
    match register {
        ZERO => Expression::Number(number.cast_unsigned()),
        register => Expression::Plus(Register(register), number),
    }
}

fn long_register(code: u32, start: u32) -> u8 {
    bits(code, start, 5) as u8
}

fn short_register(code: u32, start: u32) -> u8 {
    8 + bits(code, start, 3) as u8
}

fn relative(address: u64, distance: i64) -> Expression {
    Expression::Number(address.wrapping_add_signed(distance))
}

/// A jump to `target`, with the place behind it in `link`.
fn jump(plain: Instruction, link: u8, target: Expression) -> Instruction {
    match (link, target) {
        (ZERO, Expression::Plus(Register(RA | T0), 0)) => plain.flow(Flow::Return),
        (ZERO, target) => plain.flow(Flow::Jump(target)),
        (link, target) => plain.clobber([link]).flow(Flow::Call(target)),
    }
}

/// The first quadrant: loads and stores of eight registers.
fn memory(code: u32, width: Width) -> Instruction {
    let plain = Instruction::new(2);
    let (base, to) = (short_register(code, 7), short_register(code, 2));
    let doubles = i64::from(bits(code, 5, 2) << 6 | bits(code, 10, 3) << 3);
    let words = i64::from(bits(code, 5, 1) << 6 | bits(code, 10, 3) << 3 | bits(code, 6, 1) << 2);
    match (bits(code, 13, 3), width) {
        (0b000, _) if code == 0 => plain.flow(Flow::Trap),
        (0b000, _) => {
            let number = bits(code, 7, 4) << 6 | bits(code, 11, 2) << 4 | bits(code, 5, 1) << 3 | bits(code, 6, 1) << 2;
            plain.write(to, plus(SP, number.into()))
        }
        (0b010, Width::Bits32) => plain.write(to, Expression::Load(Register(base), words)),
        (0b010, Width::Bits64) => plain.clobber([to]),
        (0b110, Width::Bits32) => plain.store(base, words, to),
        // Of 32 bits, these two are for floats.
        (0b011, Width::Bits64) => plain.write(to, Expression::Load(Register(base), doubles)),
        (0b111, Width::Bits64) => plain.store(base, doubles, to),
        _ => plain,
    }
}

/// The second quadrant: arithmetic and branches.
fn arithmetic(code: u32, address: u64, width: Width) -> Instruction {
    let plain = Instruction::new(2);
    let register = long_register(code, 7);
    let number = signed(bits(code, 12, 1) << 5 | bits(code, 2, 5), 6);
    match bits(code, 13, 3) {
        0b001 if width == Width::Bits32 => jump(plain, RA, relative(address, far(code))),
        // addiw, too: it adds the lower half of a large number.
        0b000 | 0b001 => plain.write(register, plus(register, number)),
        0b010 => plain.write(register, Expression::Number(number.cast_unsigned())),
        0b011 if register == SP => {
            let high = bits(code, 12, 1) << 9 | bits(code, 3, 2) << 7;
            let low = bits(code, 5, 1) << 6 | bits(code, 2, 1) << 5 | bits(code, 6, 1) << 4;
            plain.write(SP, plus(SP, signed(high | low, 10)))
        }
        0b011 => plain.write(register, Expression::Number((number << 12).cast_unsigned())),
        0b100 => on_short_registers(plain, code, number),
        0b101 => plain.flow(Flow::Jump(relative(address, far(code)))),
        _ => plain.flow(Flow::Jump(relative(address, near(code)))).conditional(true),
    }
}

fn on_short_registers(plain: Instruction, code: u32, number: i64) -> Instruction {
    let (to, right) = (short_register(code, 7), short_register(code, 2));
    match (bits(code, 10, 2), bits(code, 5, 2), bit(code, 12)) {
        (0b10, ..) => plain.write(to, masked(to, number)),
        (0b11, 0b00, false) => plain.write(to, Expression::Difference(Register(to), Register(right))),
        _ => plain.clobber([to]),
    }
}

/// `andi`: it aligns if all but the lowest bits are set.
fn masked(register: u8, mask: i64) -> Expression {
    let unit = mask.wrapping_neg().cast_unsigned();
    match mask < 0 && unit.is_power_of_two() {
        true => Expression::Aligned(Register(register), unit),
        false => Expression::Unknown,
    }
}

fn far(code: u32) -> i64 {
    let high = bits(code, 12, 1) << 11 | bits(code, 8, 1) << 10 | bits(code, 9, 2) << 8 | bits(code, 6, 1) << 7;
    let low = bits(code, 7, 1) << 6 | bits(code, 2, 1) << 5 | bits(code, 11, 1) << 4 | bits(code, 3, 3) << 1;
    signed(high | low, 12)
}

fn near(code: u32) -> i64 {
    let high = bits(code, 12, 1) << 8 | bits(code, 5, 2) << 6 | bits(code, 2, 1) << 5;
    signed(high | bits(code, 10, 2) << 3 | bits(code, 3, 2) << 1, 9)
}

/// The third quadrant: the stack, and jumps to registers.
fn stack_and_jumps(code: u32, width: Width) -> Instruction {
    let plain = Instruction::new(2);
    let (register, right) = (long_register(code, 7), long_register(code, 2));
    match (bits(code, 13, 3), width) {
        (0b010, Width::Bits32) => {
            let offset = bits(code, 2, 2) << 6 | bits(code, 12, 1) << 5 | bits(code, 4, 3) << 2;
            plain.write(register, Expression::Load(Register(SP), offset.into()))
        }
        (0b000 | 0b010, _) => plain.clobber([register]),
        (0b110, Width::Bits32) => plain.store(SP, (bits(code, 7, 2) << 6 | bits(code, 9, 4) << 2).into(), right),
        // Of 32 bits, this and the last are for floats.
        (0b011, Width::Bits64) => {
            let offset = bits(code, 2, 3) << 6 | bits(code, 12, 1) << 5 | bits(code, 5, 2) << 3;
            plain.write(register, Expression::Load(Register(SP), offset.into()))
        }
        (0b100, _) => match (bit(code, 12), register, right) {
            (false, register, ZERO) => jump(plain, ZERO, plus(register, 0)),
            (false, register, right) => plain.write(register, plus(right, 0)),
            (true, ZERO, ZERO) => plain.flow(Flow::Trap),
            (true, register, ZERO) => jump(plain, RA, plus(register, 0)),
            (true, register, right) => plain.write(register, Expression::Sum(Register(register), Register(right))),
        },
        (0b111, Width::Bits64) => plain.store(SP, (bits(code, 7, 3) << 6 | bits(code, 10, 3) << 3).into(), right),
        _ => plain,
    }
}

/// Instructions of 32 bits.
fn long(code: u32, address: u64, width: Width) -> Instruction {
    let plain = Instruction::new(4);
    let (to, left, right) = (long_register(code, 7), long_register(code, 15), long_register(code, 20));
    let (function, number) = (bits(code, 12, 3), signed(code >> 20, 12));
    let upper = i64::from((code & 0xffff_f000).cast_signed());
    match bits(code, 2, 5) {
        0b01101 => plain.write(to, Expression::Number(upper.cast_unsigned())),
        0b00101 => plain.write(to, relative(address, upper)),
        0b11011 => jump(plain, to, relative(address, jump_distance(code))),
        0b11001 => jump(plain, to, plus(left, number)),
        0b11000 => plain.flow(Flow::Jump(relative(address, branch_distance(code)))).conditional(true),
        0b00000 if function == width.access() => plain.write(to, Expression::Load(Register(left), number)),
        0b01000 if function == width.access() => {
            plain.store(left, signed(bits(code, 25, 7) << 5 | bits(code, 7, 5), 12), right)
        }
        0b00100 | 0b00110 if function == 0b000 => plain.write(to, plus(left, number)),
        0b00100 if function == 0b111 => plain.write(to, masked(left, number)),
        0b01100 if function == 0b000 && bits(code, 25, 7) == 0 => {
            plain.write(to, Expression::Sum(Register(left), Register(right)))
        }
        0b01100 if function == 0b000 && bits(code, 25, 7) == 0x20 => {
            plain.write(to, Expression::Difference(Register(left), Register(right)))
        }
        // Comparisons, conversions and moves of floats to core registers.
        0b10100 if matches!(bits(code, 27, 5), 0b10100 | 0b11000 | 0b11100) => plain.clobber([to]),
        0b11100 if function == 0 => system(plain, code),
        // Loads, arithmetic, atomic accesses, the processor's state.
        0b00000 | 0b00100 | 0b00110 | 0b01011 | 0b01100 | 0b01110 | 0b11100 => plain.clobber([to]),
        _ => plain,
    }
}

fn system(plain: Instruction, code: u32) -> Instruction {
    const EBREAK: u32 = 0x0010_0073;
    if code == EBREAK { plain.flow(Flow::Trap) } else { plain }
}

fn jump_distance(code: u32) -> i64 {
    let high = bits(code, 31, 1) << 20 | bits(code, 12, 8) << 12;
    signed(high | bits(code, 20, 1) << 11 | bits(code, 21, 10) << 1, 21)
}

fn branch_distance(code: u32) -> i64 {
    let high = bits(code, 31, 1) << 12 | bits(code, 7, 1) << 11;
    signed(high | bits(code, 25, 6) << 5 | bits(code, 8, 4) << 1, 13)
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Store};
    use super::*;

    fn decode(code: u32) -> Instruction {
        Code::Riscv64.decode(&code.to_le_bytes(), 0x100).unwrap()
    }

    fn decode32(code: u32) -> Instruction {
        Code::Riscv32.decode(&code.to_le_bytes(), 0x100).unwrap()
    }

    fn sp(code: u32) -> Option<Expression> {
        decode(code).writes.into_iter().rev().find_map(|(register, value)| (register.0 == SP).then_some(value))
    }

    #[test]
    fn stacks_grow_and_shrink() {
        let by = |bytes| Some(Expression::Plus(Register(SP), bytes));
        assert_eq!(sp(0x1141), by(-16), "addi sp, sp, -16 (compressed)");
        assert_eq!(sp(0x7139), by(-64), "addi sp, sp, -64 (c.addi16sp)");
        assert_eq!(sp(0x6121), by(64), "addi sp, sp, 64 (c.addi16sp)");
        assert_eq!(sp(0x8101_0113), by(-2032), "addi sp, sp, -2032");
        assert_eq!(sp(0x4051_0133), Some(Expression::Difference(Register(SP), Register(5))), "sub sp, sp, t0");
        assert_eq!(sp(0x9116), Some(Expression::Sum(Register(SP), Register(5))), "add sp, sp, t0 (compressed)");
        assert_eq!(sp(0xff01_7113), Some(Expression::Aligned(Register(SP), 16)), "andi sp, sp, -16");
        assert_eq!(sp(0xe406), None, "sd ra, 8(sp)");
    }

    #[test]
    fn branches_know_where_they_go() {
        let number = Expression::Number;
        assert_eq!(decode(0x0080_00ef).flow, Flow::Call(number(0x108)), "jal ra, 8");
        assert_eq!(decode(0x0080_006f).flow, Flow::Jump(number(0x108)), "j 8");
        assert_eq!(decode(0xa021).flow, Flow::Jump(number(0x108)), "j 8 (compressed)");
        assert_eq!(decode(0x8082).flow, Flow::Return, "ret");
        assert_eq!(decode(0x9502).flow, Flow::Call(Expression::Plus(Register(10), 0)), "jalr a0");
        assert_eq!(decode(0x8502).flow, Flow::Jump(Expression::Plus(Register(10), 0)), "jr a0");
        assert_eq!(decode(0x0103_0067).flow, Flow::Jump(Expression::Plus(Register(6), 16)), "jr 16(t1)");
        assert_eq!(decode(0x0000).flow, Flow::Trap, "unimp");
        let beqz = decode(0xc501);
        assert_eq!((beqz.flow, beqz.is_conditional), (Flow::Jump(number(0x108)), true), "beqz a0, 8");
    }

    #[test]
    fn addresses_are_numbers() {
        let written = |code| decode(code).writes;
        assert_eq!(written(0x0000_1517), [(Register(10), Expression::Number(0x1100))], "auipc a0, 1");
        assert_eq!(written(0x0185_b603), [(Register(12), Expression::Load(Register(11), 24))], "ld a2, 24(a1)");
        assert_eq!(written(0x6d90), [(Register(12), Expression::Load(Register(11), 24))], "ld a2, 24(a1) (compressed)");
        assert_eq!(written(0x6285), [(Register(5), Expression::Number(0x1000))], "lui t0, 1 (compressed)");
    }

    #[test]
    fn words_of_32_bits_are_whole_registers() {
        let written = |code| decode32(code).writes;
        let stored = |code| decode32(code).stores;
        let store = |base, offset, from| vec![Store { base: Register(base), offset, from: Register(from) }];
        assert_eq!(written(0x0185_a603), [(Register(12), Expression::Load(Register(11), 24))], "lw a2, 24(a1)");
        assert_eq!(written(0x4d90), [(Register(12), Expression::Load(Register(11), 24))], "lw a2, 24(a1) (compressed)");
        assert_eq!(written(0x50b2), [(Register(1), Expression::Load(Register(2), 44))], "lw ra, 44(sp) (compressed)");
        assert_eq!(stored(0x00c5_ac23), store(11, 24, 12), "sw a2, 24(a1)");
        assert_eq!(stored(0xcd90), store(11, 24, 12), "sw a2, 24(a1) (compressed)");
        assert_eq!(stored(0xd606), store(2, 44, 1), "sw ra, 44(sp) (compressed)");
        assert_eq!(decode32(0x2021).flow, Flow::Call(Expression::Number(0x108)), "jal 8 (compressed)");
        for float in [0x6d90, 0xed90, 0x7502, 0xfc2a] {
            assert_eq!(decode32(float), Instruction::new(2), "{float:#x}: flw or fsw (compressed)");
        }
    }
}
