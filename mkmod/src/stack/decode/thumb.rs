//! Thumb: the instructions of 16 bits. Those of 32 are in [`super::thumb32`].

use super::bits::{bit, bits, half, register, signed};
use super::{Expression, Flow, Instruction, Register, thumb32};

const SP: u8 = 13;
const LR: u8 = 14;
const PC: u8 = 15;

/// Decodes the instruction at the beginning of `bytes`.
pub fn decode(bytes: &[u8], address: u64) -> Option<Instruction> {
    let first = half(bytes)?;
    if first >> 11 >= 0b11101 {
        return Some(thumb32::decode(first, half(&bytes[2..])?, address));
    }
    Some(decode_half(first, address))
}

/// What an instruction reads as the program counter, where it is a multiple of four.
pub fn aligned_pc(address: u64) -> u64 {
    address.wrapping_add(4) & !3
}

/// A branch from `address` over a signed distance.
pub fn branch(address: u64, distance: i64) -> Expression {
    Expression::Number(address.wrapping_add(4).wrapping_add_signed(distance))
}

/// `bx register`, or `mov pc, register`.
pub fn jump_to(target: u8) -> Flow {
    if target == LR { Flow::Return } else { Flow::Jump(Expression::Plus(Register(target), 0)) }
}

fn decode_half(code: u32, address: u64) -> Instruction {
    let plain = Instruction::new(2);
    let low = |start| bits(code, start, 3) as u8;
    let plus = |register, number: u32| Expression::Plus(Register(register), number.into());
    let minus = |register, number: u32| Expression::Plus(Register(register), -i64::from(number));
    let immediate = bits(code, 0, 8);
    let words = bits(code, 6, 5) * 4;
    match code >> 11 {
        // movs between registers is a shift by nothing.
        0b00000 if words == 0 => plain.write(low(0), plus(low(3), 0)),
        0b00000..=0b00010 => plain.clobber([low(0)]),
        0b00011 => {
            let (left, right) = (Register(low(3)), Register(low(6)));
            plain.write(
                low(0),
                match bits(code, 9, 2) {
                    0b00 => Expression::Sum(left, right),
                    0b01 => Expression::Difference(left, right),
                    0b10 => plus(low(3), bits(code, 6, 3)),
                    _ => minus(low(3), bits(code, 6, 3)),
                },
            )
        }
        0b00100 => plain.write(low(8), Expression::Number(immediate.into())),
        0b00101 => plain,
        0b00110 => plain.write(low(8), plus(low(8), immediate)),
        0b00111 => plain.write(low(8), minus(low(8), immediate)),
        0b01000 if !bit(code, 10) => match bits(code, 6, 4) {
            // tst, cmp, cmn
            8 | 10 | 11 => plain,
            _ => plain.clobber([low(0)]),
        },
        0b01000 => high_register(code, address),
        0b01001 => plain.write(low(8), Expression::Word(aligned_pc(address) + u64::from(immediate) * 4)),
        0b01010 | 0b01011 => match bits(code, 9, 3) {
            0..=2 => plain,
            _ => plain.clobber([low(0)]),
        },
        0b01100 => plain.store(low(3), words.into(), low(0)),
        0b01101 => plain.write(low(0), Expression::Load(Register(low(3)), words.into())),
        0b01110 | 0b10000 => plain,
        0b01111 | 0b10001 => plain.clobber([low(0)]),
        0b10010 => plain.store(SP, i64::from(immediate) * 4, low(8)),
        0b10011 => plain.write(low(8), Expression::Load(Register(SP), i64::from(immediate) * 4)),
        0b10100 => plain.write(low(8), Expression::Number(aligned_pc(address) + u64::from(immediate) * 4)),
        0b10101 => plain.write(low(8), plus(SP, immediate * 4)),
        0b10110 | 0b10111 => miscellaneous(code, address),
        0b11000 => multiple(plain, low(8), immediate, Multiple { is_load: false, is_written_back: true }),
        0b11001 => {
            let is_written_back = !bit(immediate, low(8).into());
            multiple(plain, low(8), immediate, Multiple { is_load: true, is_written_back })
        }
        0b11010 | 0b11011 => match bits(code, 8, 4) {
            0b1110 => plain.flow(Flow::Trap),
            0b1111 => plain,
            _ => plain.flow(Flow::Jump(branch(address, signed(code, 8) * 2))).conditional(true),
        },
        _ => plain.flow(Flow::Jump(branch(address, signed(code, 11) * 2))),
    }
}

/// Instructions that reach all registers.
fn high_register(code: u32, address: u64) -> Instruction {
    let plain = Instruction::new(2);
    let from = register(code, 3);
    let to = (bits(code, 7, 1) << 3 | bits(code, 0, 3)) as u8;
    let pc = address.wrapping_add(4);
    match bits(code, 8, 2) {
        0b00 if to == PC => plain.flow(Flow::Table),
        0b00 if from == PC => plain.write(to, Expression::Plus(Register(to), pc.cast_signed())),
        0b00 => plain.write(to, Expression::Sum(Register(to), Register(from))),
        0b01 => plain,
        0b10 if to == PC => plain.flow(jump_to(from)),
        0b10 if from == PC => plain.write(to, Expression::Number(pc)),
        0b10 => plain.write(to, Expression::Plus(Register(from), 0)),
        _ if bit(code, 7) => plain.flow(Flow::Call(Expression::Plus(Register(from), 0))),
        _ => plain.flow(jump_to(from)),
    }
}

fn miscellaneous(code: u32, address: u64) -> Instruction {
    let plain = Instruction::new(2);
    let list = bits(code, 0, 8);
    match bits(code, 8, 4) {
        0b0000 => {
            let bytes = i64::from(bits(code, 0, 7)) * 4;
            plain.write(SP, Expression::Plus(Register(SP), if bit(code, 7) { -bytes } else { bytes }))
        }
        // cbz, cbnz
        0b0001 | 0b0011 | 0b1001 | 0b1011 => {
            let distance = bits(code, 9, 1) << 6 | bits(code, 3, 5) << 1;
            plain.flow(Flow::Jump(branch(address, distance.into()))).conditional(true)
        }
        0b0100 | 0b0101 => push(plain, list | bits(code, 8, 1) << LR),
        0b1100 | 0b1101 => pop(plain, list | bits(code, 8, 1) << PC),
        // Extensions and reversals of bytes.
        0b0010 | 0b1010 => plain.clobber([bits(code, 0, 3) as u8]),
        0b1110 => plain.flow(Flow::Trap),
        0b1111 => Instruction { conditional_next: if_then(list), ..plain },
        _ => plain,
    }
}

/// How many instructions follow `it`; none if it is a hint. The mask ends with a one.
fn if_then(operand: u32) -> u8 {
    let mask = operand & 0xf;
    if mask == 0 { 0 } else { 4 - mask.trailing_zeros() as u8 }
}

/// Stores of the registers in `list` below the stack pointer.
pub fn push(instruction: Instruction, list: u32) -> Instruction {
    let bytes = i64::from(list.count_ones()) * 4;
    let stored = (0..16).filter(|&register| bit(list, register));
    let stored = stored.zip(0i64..).map(|(register, place)| (register as u8, place * 4 - bytes));
    stored
        .fold(instruction, |instruction, (register, offset)| instruction.store(SP, offset, register))
        .write(SP, Expression::Plus(Register(SP), -bytes))
}

/// Loads of the registers in `list` from the stack pointer on.
pub fn pop(instruction: Instruction, list: u32) -> Instruction {
    let is_return = bit(list, PC.into());
    let popped = multiple(instruction, SP, list & !(1 << PC), Multiple { is_load: true, is_written_back: false });
    let bytes = i64::from(list.count_ones()) * 4;
    let popped = popped.write(SP, Expression::Plus(Register(SP), bytes));
    if is_return { popped.flow(Flow::Return) } else { popped }
}

/// What kind of load or store of several registers.
#[derive(Clone, Copy)]
pub struct Multiple {
    /// Whether it is a load.
    pub is_load: bool,
    /// Whether the base is behind the last word afterwards.
    pub is_written_back: bool,
}

/// Loads or stores the registers in `list` from the base on.
pub fn multiple(instruction: Instruction, base: u8, list: u32, kind: Multiple) -> Instruction {
    let registers = (0..16).filter(|&register| bit(list, register));
    let places = registers.zip(0i64..).map(|(register, place)| (register as u8, place * 4));
    let done = places.fold(instruction, |instruction, (register, offset)| match kind.is_load {
        true => instruction.write(register, Expression::Load(Register(base), offset)),
        false => instruction.store(base, offset, register),
    });
    let bytes = i64::from(list.count_ones()) * 4;
    if kind.is_written_back { done.write(base, Expression::Plus(Register(base), bytes)) } else { done }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    fn decode(code: &[u16]) -> Instruction {
        let bytes: Vec<u8> = code.iter().flat_map(|half| half.to_le_bytes()).collect();
        Code::Thumb.decode(&bytes, 0x100).unwrap()
    }

    fn sp(code: &[u16]) -> Option<Expression> {
        decode(code).writes.into_iter().rev().find_map(|(register, value)| (register.0 == SP).then_some(value))
    }

    #[test]
    fn stacks_grow_and_shrink() {
        let by = |bytes| Some(Expression::Plus(Register(SP), bytes));
        assert_eq!(sp(&[0xb5f0]), by(-20), "push {{r4-r7, lr}}");
        assert_eq!(sp(&[0xbdf0]), by(20), "pop {{r4-r7, pc}}");
        assert_eq!(sp(&[0xb086]), by(-24), "sub sp, #24");
        assert_eq!(sp(&[0xb006]), by(24), "add sp, #24");
        assert_eq!(sp(&[0xe92d, 0x4ff0]), by(-36), "push.w {{r4-r11, lr}}");
        assert_eq!(sp(&[0xe8bd, 0x8ff0]), by(36), "pop.w {{r4-r11, pc}}");
        assert_eq!(sp(&[0xf5ad, 0x5dbc]), by(-6016), "sub.w sp, sp, #6016");
        assert_eq!(sp(&[0xf2ad, 0x4d04]), by(-1028), "subw sp, sp, #1028");
        assert_eq!(sp(&[0xf84d, 0xbd04]), by(-4), "str r11, [sp, #-4]!");
        assert_eq!(sp(&[0xf85d, 0xbb04]), by(4), "ldr r11, [sp], #4");
        assert_eq!(sp(&[0xed2d, 0x8b04]), by(-16), "vpush {{d8, d9}}");
        assert_eq!(sp(&[0xecbd, 0x8b04]), by(16), "vpop {{d8, d9}}");
        assert_eq!(sp(&[0xe96d, 0x4502]), by(-8), "strd r4, r5, [sp, #-8]!");
        assert_eq!(sp(&[0x44a5]), Some(Expression::Sum(Register(SP), Register(4))), "add sp, r4");
        assert_eq!(sp(&[0xebad, 0x0d04]), Some(Expression::Difference(Register(SP), Register(4))), "sub.w sp, sp, r4");
        assert_eq!(sp(&[0x46bd]), Some(Expression::Plus(Register(7), 0)), "mov sp, r7");
        assert_eq!(sp(&[0xf1a7, 0x0d08]), Some(Expression::Plus(Register(7), -8)), "sub.w sp, r7, #8");
        assert_eq!(sp(&[0x9001]), None, "str r0, [sp, #4]");
    }

    #[test]
    fn branches_know_where_they_go() {
        let number = Expression::Number;
        assert_eq!(decode(&[0xf000, 0xf802]).flow, Flow::Call(number(0x108)), "bl");
        assert_eq!(decode(&[0xf7ff, 0xfffe]).flow, Flow::Call(number(0x100)), "bl to itself");
        assert_eq!(decode(&[0xf000, 0xb802]).flow, Flow::Jump(number(0x108)), "b.w");
        assert_eq!(decode(&[0xe7fe]).flow, Flow::Jump(number(0x100)), "b to itself");
        assert_eq!(decode(&[0x4770]).flow, Flow::Return, "bx lr");
        assert_eq!(decode(&[0x4798]).flow, Flow::Call(Expression::Plus(Register(3), 0)), "blx r3");
        assert_eq!(decode(&[0x4718]).flow, Flow::Jump(Expression::Plus(Register(3), 0)), "bx r3");
        assert_eq!(decode(&[0xe8df, 0xf000]).flow, Flow::Table, "tbb [pc, r0]");
        assert_eq!(decode(&[0xdefe]).flow, Flow::Trap, "udf");
        assert_eq!(decode(&[0xf8df, 0xf000]).flow, Flow::Jump(Expression::Word(0x104)), "ldr.w pc, [pc]");
        let cbz = decode(&[0xb108]);
        assert_eq!((cbz.flow, cbz.is_conditional), (Flow::Jump(number(0x106)), true), "cbz r0");
        let beq = decode(&[0xf000, 0x8002]);
        assert_eq!((beq.flow, beq.is_conditional), (Flow::Jump(number(0x108)), true), "beq.w");
    }

    #[test]
    fn an_it_block_has_up_to_four_instructions() {
        assert_eq!(decode(&[0xbf08]).conditional_next, 1, "it eq");
        assert_eq!(decode(&[0xbf01]).conditional_next, 4, "itttt eq");
        assert_eq!(decode(&[0xbf00]).conditional_next, 0, "nop");
    }

    #[test]
    fn addresses_are_numbers() {
        let written = |code: &[u16]| decode(code).writes;
        assert_eq!(written(&[0x4801]), [(Register(0), Expression::Word(0x108))], "ldr r0, [pc, #4]");
        assert_eq!(written(&[0x4478]), [(Register(0), Expression::Plus(Register(0), 0x104))], "add r0, pc");
        assert_eq!(written(&[0xf242, 0x1034]), [(Register(0), Expression::Number(0x2134))], "movw r0, #0x2134");
        assert_eq!(written(&[0xf2c0, 0x0001]), [(Register(0), Expression::UpperHalf(Register(0), 1))], "movt r0, #1");
        assert_eq!(written(&[0x68cb]), [(Register(3), Expression::Load(Register(1), 12))], "ldr r3, [r1, #12]");
    }
}
