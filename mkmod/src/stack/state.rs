//! What is known of registers and of the words on the stack, at one place of a function.

use std::collections::BTreeMap;

use super::body::Surroundings;
use super::decode::{Code, Expression, Instruction, Register};

/// How many registers there are at most.
const REGISTERS: usize = 32;

/// What is known of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Unknown,
    /// An address on the stack: so far from where the stack pointer was at the beginning of the function.
    Stack(i64),
    /// A number, or an address in the program.
    Number(u64),
    /// An argument of the function.
    Argument(u8),
    /// What was in memory, so far from an address that is not known.
    Loaded(i64),
    /// The result of a calculation.
    Computed,
}

/// What is known at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    code: Code,
    registers: [Value; REGISTERS],
    /// Words on the stack, by their distance from where the stack pointer was.
    words: BTreeMap<i64, Value>,
    /// From here on others may have the address of what is on the stack.
    shared_from: i64,
}

impl State {
    /// What is known where a function begins.
    pub fn at_entry(code: Code) -> Self {
        let mut registers = [Value::Unknown; REGISTERS];
        registers[usize::from(code.stack_pointer().0)] = Value::Stack(0);
        for (number, register) in (0..).zip(code.arguments()) {
            registers[usize::from(register.0)] = Value::Argument(number);
        }
        Self { code, registers, words: BTreeMap::new(), shared_from: 0 }
    }

    /// How many bytes are on the stack. `None` if that is not known.
    pub fn depth(&self) -> Option<u64> {
        match self.register(self.code.stack_pointer()) {
            Value::Stack(offset) => Some(offset.min(0).unsigned_abs()),
            _ => None,
        }
    }

    /// What is known of a register.
    pub fn register(&self, register: Register) -> Value {
        self.registers[usize::from(register.0) % REGISTERS]
    }

    /// What is known whichever of two ways was taken. Of two depths, the greater one counts.
    pub fn join(&self, other: &Self) -> Self {
        let mut joined = self.clone();
        for (mine, theirs) in joined.registers.iter_mut().zip(other.registers) {
            if *mine != theirs {
                *mine = Value::Unknown;
            }
        }
        let sp = self.code.stack_pointer();
        if let (Value::Stack(mine), Value::Stack(theirs)) = (self.register(sp), other.register(sp)) {
            joined.registers[usize::from(sp.0)] = Value::Stack(mine.min(theirs));
        }
        joined.words.retain(|place, word| other.words.get(place) == Some(word));
        joined.shared_from = self.shared_from.min(other.shared_from);
        joined
    }

    /// Does what an instruction does to registers and to the stack.
    pub fn apply(&mut self, instruction: &Instruction, surroundings: &impl Surroundings) {
        let values = instruction.writes.iter().map(|&(to, expression)| (to, self.value(expression, surroundings)));
        let values: Vec<(Register, Value)> = values.collect();
        for store in &instruction.stores {
            let value = self.register(store.from);
            self.share(value);
            match self.register(store.base) {
                Value::Stack(base) => drop(self.words.insert(base.saturating_add(store.offset), value)),
                _ => self.forget_shared(),
            }
        }
        for (to, value) in values {
            let value =
                if instruction.is_conditional && self.register(to) != value { self.either(to, value) } else { value };
            self.registers[usize::from(to.0) % REGISTERS] = value;
        }
    }

    /// A register that may have got a value, or kept its own.
    fn either(&self, to: Register, value: Value) -> Value {
        match (self.register(to), value) {
            (Value::Stack(kept), Value::Stack(got)) if to == self.code.stack_pointer() => Value::Stack(kept.min(got)),
            _ => Value::Unknown,
        }
    }

    /// Forgets what a function that is called may change.
    pub fn call(&mut self) {
        for number in 0..REGISTERS as u8 {
            let register = Register(number);
            if register != self.code.stack_pointer() && !self.code.is_preserved(register) {
                self.share(self.register(register));
                self.registers[usize::from(number)] = Value::Unknown;
            }
        }
        self.forget_shared();
    }

    /// Others may have the address that is in `value`.
    fn share(&mut self, value: Value) {
        if let Value::Stack(offset) = value {
            self.shared_from = self.shared_from.min(offset);
        }
    }

    fn forget_shared(&mut self) {
        self.words.split_off(&self.shared_from);
    }

    /// What an expression is.
    pub fn value(&self, expression: Expression, surroundings: &impl Surroundings) -> Value {
        match expression {
            Expression::Unknown => Value::Unknown,
            Expression::Computed => Value::Computed,
            Expression::Number(number) => self.number(number),
            Expression::Plus(register, number) => self.plus(self.register(register), number),
            Expression::Sum(left, right) => self.sum(self.register(left), self.register(right)),
            Expression::Difference(left, right) => match self.register(right) {
                Value::Number(number) => self.plus(self.register(left), self.signed(number).saturating_neg()),
                _ => Value::Computed,
            },
            Expression::Aligned(register, unit) => match self.register(register) {
                // The stack pointer is a multiple of four, at least; what is lost depends on the caller's.
                Value::Stack(offset) => Value::Stack(offset.saturating_sub_unsigned(unit.saturating_sub(4))),
                _ => Value::Computed,
            },
            Expression::UpperHalf(register, half) => match self.register(register) {
                Value::Number(low) => self.number(low & 0xffff | u64::from(half) << 16),
                _ => Value::Unknown,
            },
            Expression::Word(address) => {
                surroundings.constant(address).map_or(Value::Unknown, |word| self.number(word))
            }
            Expression::Load(base, offset) => self.load(self.register(base), offset, surroundings),
        }
    }

    fn load(&self, base: Value, offset: i64, surroundings: &impl Surroundings) -> Value {
        match base {
            Value::Stack(base) => self.words.get(&base.saturating_add(offset)).copied().unwrap_or(Value::Unknown),
            Value::Number(base) => {
                surroundings.constant(base.wrapping_add_signed(offset)).map_or(Value::Unknown, |word| self.number(word))
            }
            _ => Value::Loaded(offset),
        }
    }

    fn sum(&self, left: Value, right: Value) -> Value {
        match (left, right) {
            (Value::Number(number), other) | (other, Value::Number(number)) => self.plus(other, self.signed(number)),
            _ => Value::Computed,
        }
    }

    fn plus(&self, value: Value, number: i64) -> Value {
        match value {
            value if number == 0 => value,
            Value::Stack(offset) => Value::Stack(offset.saturating_add(number)),
            Value::Number(other) => self.number(other.wrapping_add_signed(number)),
            _ => Value::Computed,
        }
    }

    /// A number of the processor's width.
    fn number(&self, number: u64) -> Value {
        Value::Number(match self.code {
            Code::Thumb | Code::Arm | Code::Riscv32 => number & 0xffff_ffff,
            Code::Riscv64 => number,
        })
    }

    fn signed(&self, number: u64) -> i64 {
        match self.code {
            Code::Thumb | Code::Arm | Code::Riscv32 => i64::from((number as u32).cast_signed()),
            Code::Riscv64 => number.cast_signed(),
        }
    }
}
