//! Arm: instructions of 32 bits, most of them with a condition.

use super::bits::{bit, bits, distance, register, signed, word};
use super::thumb::{Multiple, jump_to, multiple, pop, push};
use super::thumb32::aligned;
use super::{Expression, Flow, Instruction, Register};

const SP: u8 = 13;
const PC: u8 = 15;

/// Decodes the instruction at the beginning of `bytes`.
pub fn decode(bytes: &[u8], address: u64) -> Option<Instruction> {
    let code = word(bytes)?;
    let plain = Instruction::new(4);
    Some(match bits(code, 28, 4) {
        0b1111 => unconditional(plain, code, address),
        condition => with_condition(plain, code, address).conditional(condition != 0b1110),
    })
}

/// What an instruction reads as the program counter.
fn pc(address: u64) -> u64 {
    address.wrapping_add(8)
}

fn branch(code: u32, address: u64) -> Expression {
    Expression::Number(pc(address).wrapping_add_signed(signed(code, 24) * 4))
}

/// `blx` into Thumb code; vectors, hints to caches and barriers do not write to core registers.
fn unconditional(plain: Instruction, code: u32, address: u64) -> Instruction {
    match bits(code, 25, 3) {
        0b101 => {
            let half = u64::from(bits(code, 24, 1)) << 1;
            match branch(code, address) {
                Expression::Number(target) => plain.flow(Flow::Call(Expression::Number(target | half | 1))),
                _ => plain,
            }
        }
        // Elements of vectors, with a base that moves.
        0b010 if !bit(code, 20) && register(code, 0) != PC => plain.clobber([register(code, 16)]),
        _ => plain,
    }
}

fn with_condition(plain: Instruction, code: u32, address: u64) -> Instruction {
    match bits(code, 25, 3) {
        0b000 => register_forms(plain, code, address),
        0b001 => immediate_forms(plain, code, address),
        0b011 if bit(code, 4) => media(plain, code),
        0b010 | 0b011 => load_or_store(plain, code, address),
        0b100 => load_or_store_multiple(plain, code),
        0b101 if bit(code, 24) => plain.flow(Flow::Call(branch(code, address))),
        0b101 => plain.flow(Flow::Jump(branch(code, address))),
        0b110 => coprocessor_memory(plain, code),
        // Core registers that come from a coprocessor.
        _ if !bit(code, 24) && bit(code, 20) && bit(code, 4) => plain.clobber([register(code, 12)]),
        _ => plain,
    }
}

fn register_forms(plain: Instruction, code: u32, address: u64) -> Instruction {
    let target = register(code, 0);
    match code & 0x0fff_fff0 {
        0x012f_ff10 => return plain.flow(jump_to(target)),
        0x012f_ff30 => return plain.flow(Flow::Call(Expression::Plus(Register(target), 0))),
        _ => {}
    }
    match (bits(code, 4, 4), bits(code, 23, 2)) {
        (0b1001, 0b00 | 0b01) => plain.clobber([register(code, 12), register(code, 16)]),
        // Exclusive accesses, also of two registers.
        (0b1001, _) => plain.clobber([register(code, 12), register(code, 12) | 1]),
        (0b1011 | 0b1101 | 0b1111, _) => load_or_store_short(plain, code),
        (0b0111, 0b10) if !bit(code, 20) => plain.flow(Flow::Trap),
        (_, 0b10) if !bit(code, 20) => plain.clobber([register(code, 12), register(code, 16)]),
        _ if bit(code, 4) || bits(code, 5, 7) != 0 => data(plain, code, address, None),
        _ => data(plain, code, address, Some(Operand::Register(target))),
    }
}

fn immediate_forms(plain: Instruction, code: u32, address: u64) -> Instruction {
    let to = register(code, 12);
    let long = bits(code, 16, 4) << 12 | bits(code, 0, 12);
    match bits(code, 20, 5) {
        0b10000 => plain.write(to, Expression::Number(long.into())),
        0b10100 => plain.write(to, Expression::UpperHalf(Register(to), long as u16)),
        // Hints, and writes to the processor's state.
        0b10010 | 0b10110 => plain,
        _ => {
            let number = bits(code, 0, 8).rotate_right(bits(code, 8, 4) * 2);
            data(plain, code, address, Some(Operand::Number(number)))
        }
    }
}

/// The second operand.
#[derive(Clone, Copy)]
enum Operand {
    Register(u8),
    Number(u32),
}

fn data(plain: Instruction, code: u32, address: u64, operand: Option<Operand>) -> Instruction {
    let (left, to) = (register(code, 16), register(code, 12));
    let operation = bits(code, 21, 4);
    if let 0b1000..=0b1011 = operation {
        return plain;
    }
    let plus = |number: i64| match left {
        PC => Expression::Number(pc(address).wrapping_add_signed(number)),
        left => Expression::Plus(Register(left), number),
    };
    let signed = |number: u32| i64::from(number.cast_signed());
    let value = match (operation, operand) {
        (0b0010, Some(Operand::Number(number))) => plus(-signed(number)),
        (0b0100, Some(Operand::Number(number))) => plus(signed(number)),
        (0b1101, Some(Operand::Number(number))) => Expression::Number(number.into()),
        (0b1111, Some(Operand::Number(number))) => Expression::Number((!number).into()),
        (0b1110, Some(Operand::Number(number))) => aligned(left, number),
        (0b1101, Some(Operand::Register(PC))) => Expression::Number(pc(address)),
        (0b1101, Some(Operand::Register(from))) => Expression::Plus(Register(from), 0),
        (0b0100, Some(Operand::Register(right))) if left == PC => {
            Expression::Plus(Register(right), pc(address).cast_signed())
        }
        (0b0100, Some(Operand::Register(PC))) => Expression::Plus(Register(left), pc(address).cast_signed()),
        (0b0100, Some(Operand::Register(right))) => Expression::Sum(Register(left), Register(right)),
        (0b0010, Some(Operand::Register(right))) => Expression::Difference(Register(left), Register(right)),
        (0b0010 | 0b0100, None) => Expression::Computed,
        _ => Expression::Unknown,
    };
    match (to, operation, operand) {
        (PC, 0b1101, Some(Operand::Register(from))) => plain.flow(jump_to(from)),
        // An entry of a table is added to the program counter.
        (PC, ..) => plain.flow(Flow::Table),
        (to, ..) => plain.write(to, value),
    }
}

/// Halves, signed bytes, and pairs of words.
fn load_or_store_short(plain: Instruction, code: u32) -> Instruction {
    let (base, to) = (register(code, 16), register(code, 12));
    let (is_before, is_written_back) = (bit(code, 24), !bit(code, 24) || bit(code, 21));
    let number = bit(code, 22).then(|| distance(bits(code, 8, 4) << 4 | bits(code, 0, 4), bit(code, 23)));
    let offset = number.map(|number| if is_before { number } else { 0 });
    let is_pair = !bit(code, 20) && bit(code, 6);
    let is_load = bit(code, 20) || is_pair && !bit(code, 5);
    let next = (to + 1) & 0xf;
    let done = match (is_load, is_pair, offset) {
        (true, true, Some(offset)) => plain
            .write(to, Expression::Load(Register(base), offset))
            .write(next, Expression::Load(Register(base), offset + 4)),
        (true, true, None) => plain.clobber([to, next]),
        (true, false, _) => plain.clobber([to]),
        (false, true, Some(offset)) => plain.store(base, offset, to).store(base, offset + 4, next),
        (false, ..) => plain,
    };
    write_back(done, base, is_written_back, number)
}

fn write_back(done: Instruction, base: u8, is_written_back: bool, number: Option<i64>) -> Instruction {
    match number {
        _ if !is_written_back => done,
        Some(number) => done.write(base, Expression::Plus(Register(base), number)),
        None => done.clobber([base]),
    }
}

/// Words and bytes.
fn load_or_store(plain: Instruction, code: u32, address: u64) -> Instruction {
    let (base, to) = (register(code, 16), register(code, 12));
    let (is_before, is_load, is_word) = (bit(code, 24), bit(code, 20), !bit(code, 22));
    let is_written_back = !is_before || bit(code, 21);
    let number = (!bit(code, 25)).then(|| distance(bits(code, 0, 12), bit(code, 23)));
    let offset = number.map(|number| if is_before { number } else { 0 });
    let value = match offset {
        Some(offset) if is_word && base == PC => Expression::Word(pc(address).wrapping_add_signed(offset)),
        Some(offset) if is_word => Expression::Load(Register(base), offset),
        _ => Expression::Unknown,
    };
    match (is_load, offset) {
        (true, Some(0)) if to == PC && base == SP && is_written_back => {
            write_back(plain, base, is_written_back, number).flow(Flow::Return)
        }
        // An entry of a table of addresses.
        (true, None) if to == PC => plain.flow(Flow::Table),
        (true, _) if to == PC => write_back(plain, base, is_written_back, number).flow(Flow::Jump(value)),
        (true, _) => write_back(plain, base, is_written_back, number).write(to, value),
        (false, Some(offset)) if is_word => write_back(plain.store(base, offset, to), base, is_written_back, number),
        (false, _) => write_back(plain, base, is_written_back, number),
    }
}

fn load_or_store_multiple(plain: Instruction, code: u32) -> Instruction {
    let (base, list) = (register(code, 16), bits(code, 0, 16));
    let (is_before, is_up, is_written_back, is_load) = (bit(code, 24), bit(code, 23), bit(code, 21), bit(code, 20));
    let bytes = i64::from(list.count_ones()) * 4;
    match (base, is_load, is_up, is_before) {
        (SP, true, true, false) if is_written_back => return pop(plain, list),
        (SP, false, false, true) if is_written_back => return push(plain, list),
        _ => {}
    }
    let loaded = list & 0x7fff;
    let done = match (is_load, is_up && !is_before) {
        (is_load, true) => multiple(plain, base, loaded, Multiple { is_load, is_written_back: false }),
        (true, false) => {
            (0..15u8).filter(|&register| bit(loaded, register.into())).fold(plain, |done, to| done.clobber([to]))
        }
        (false, false) => plain,
    };
    // A base that is loaded keeps what was loaded.
    let is_written_back = is_written_back && !(is_load && bit(list, base.into()));
    let done = write_back(done, base, is_written_back, Some(if is_up { bytes } else { -bytes }));
    match is_load && bit(list, PC.into()) {
        // The epilogue of a function with a frame pointer.
        true if bit(list, SP.into()) || base == 11 => done.flow(Flow::Return),
        true => done.flow(Flow::Jump(Expression::Unknown)),
        false => done,
    }
}

/// Results are in one of two places.
fn media(plain: Instruction, code: u32) -> Instruction {
    let (low, high) = (register(code, 12), register(code, 16));
    if code & 0x0ff0_00f0 == 0x07f0_00f0 {
        return plain.flow(Flow::Trap);
    }
    // bfc from bit 0 on.
    if code & 0x0fe0_0fff == 0x07c0_001f {
        return plain.write(low, Expression::Aligned(Register(low), 1 << (u64::from(bits(code, 16, 5)) + 1)));
    }
    match bits(code, 23, 2) {
        // Multiplications and divisions.
        0b10 => plain.clobber([high, low]),
        _ => plain.clobber([low]),
    }
}

fn coprocessor_memory(plain: Instruction, code: u32) -> Instruction {
    let base = register(code, 16);
    match bits(code, 21, 4) {
        0b0010 if bit(code, 20) => plain.clobber([register(code, 12), base]),
        0b0010 => plain,
        form if form & 1 != 0 => {
            let number = distance(bits(code, 0, 8) * 4, bit(code, 23));
            plain.write(base, Expression::Plus(Register(base), number))
        }
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Code;
    use super::*;

    fn decode(code: u32) -> Instruction {
        Code::Arm.decode(&code.to_le_bytes(), 0x100).unwrap()
    }

    fn sp(code: u32) -> Option<Expression> {
        decode(code).writes.into_iter().rev().find_map(|(register, value)| (register.0 == SP).then_some(value))
    }

    #[test]
    fn stacks_grow_and_shrink() {
        let by = |bytes| Some(Expression::Plus(Register(SP), bytes));
        assert_eq!(sp(0xe92d_48f0), by(-24), "push {{r4-r7, r11, lr}}");
        assert_eq!(sp(0xe8bd_88f0), by(24), "pop {{r4-r7, r11, pc}}");
        assert_eq!(sp(0xe24d_d018), by(-24), "sub sp, sp, #24");
        assert_eq!(sp(0xe24d_dd5e), by(-6016), "sub sp, sp, #6016");
        assert_eq!(sp(0xe28d_d018), by(24), "add sp, sp, #24");
        assert_eq!(sp(0xe52d_b004), by(-4), "str r11, [sp, #-4]!");
        assert_eq!(sp(0xe49d_f004), by(4), "ldr pc, [sp], #4");
        assert_eq!(sp(0xed2d_8b04), by(-16), "vpush {{d8, d9}}");
        assert_eq!(sp(0xecbd_8b04), by(16), "vpop {{d8, d9}}");
        assert_eq!(sp(0xe16d_40f8), by(-8), "strd r4, r5, [sp, #-8]!");
        assert_eq!(sp(0xe24b_d010), Some(Expression::Plus(Register(11), -16)), "sub sp, r11, #16");
        assert_eq!(sp(0xe04d_d00c), Some(Expression::Difference(Register(SP), Register(12))), "sub sp, sp, r12");
        assert_eq!(sp(0xe7c2_d01f), Some(Expression::Aligned(Register(SP), 8)), "bfc sp, #0, #3");
        assert_eq!(sp(0xe58d_0004), None, "str r0, [sp, #4]");
    }

    #[test]
    fn branches_know_where_they_go() {
        let number = Expression::Number;
        assert_eq!(decode(0xeb00_0002).flow, Flow::Call(number(0x110)), "bl");
        assert_eq!(decode(0xea00_0002).flow, Flow::Jump(number(0x110)), "b");
        assert_eq!(decode(0xfa00_0002).flow, Flow::Call(number(0x111)), "blx");
        assert_eq!(decode(0xe12f_ff1e).flow, Flow::Return, "bx lr");
        assert_eq!(decode(0xe12f_ff33).flow, Flow::Call(Expression::Plus(Register(3), 0)), "blx r3");
        assert_eq!(decode(0xe12f_ff13).flow, Flow::Jump(Expression::Plus(Register(3), 0)), "bx r3");
        assert_eq!(decode(0xe51f_f004).flow, Flow::Jump(Expression::Word(0x104)), "ldr pc, [pc, #-4]");
        assert_eq!(decode(0xe08f_f001).flow, Flow::Table, "add pc, pc, r1");
        assert_eq!(decode(0xe7f0_00f0).flow, Flow::Trap, "udf");
        let return_if = decode(0x08bd_8010);
        assert_eq!((return_if.flow, return_if.is_conditional), (Flow::Return, true), "popeq {{r4, pc}}");
    }

    #[test]
    fn addresses_are_numbers() {
        let written = |code| decode(code).writes;
        assert_eq!(written(0xe04c_c103), vec![(Register(12), Expression::Computed)], "sub ip, ip, r3, lsl #2");
        assert_eq!(written(0xe59f_0004), [(Register(0), Expression::Word(0x10c))], "ldr r0, [pc, #4]");
        assert_eq!(written(0xe08f_0000), [(Register(0), Expression::Plus(Register(0), 0x108))], "add r0, pc, r0");
        assert_eq!(written(0xe591_300c), [(Register(3), Expression::Load(Register(1), 12))], "ldr r3, [r1, #12]");
        assert_eq!(written(0xe302_0134), [(Register(0), Expression::Number(0x2134))], "movw r0, #0x2134");
    }
}
