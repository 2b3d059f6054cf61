//! What a function does to its stack, and what it calls from which depth.
//!
//! The instructions are followed along all branches, with what is known of each register. The stack pointer is known at
//! each of them, so that a call in the middle of a function, or in place of its end, is counted from where it is.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::decode::{Code, Expression, Flow, Instruction};
use super::state::{State, Value};

/// What a function does to its stack.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The most that it takes itself, in bytes.
    pub frame: u64,
    /// What it calls.
    pub sites: Vec<Site>,
    /// Whether it ever returns.
    pub returns: bool,
    /// Whether it jumps back to where it was.
    pub loops: bool,
    /// Whether its stack pointer gets something that is not known.
    pub is_dynamic: bool,
}

/// A call, or a jump to another function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Where the instruction is.
    pub address: u64,
    /// What is on the stack by then, in bytes.
    pub depth: u64,
    /// Where it goes.
    pub target: Target,
    /// The first arguments, as far as they are addresses in the program.
    pub arguments: [Option<u64>; 4],
}

/// Where a call goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the function at an address.
    Function(u64),
    /// To what was in memory at this distance from an address that is not known.
    Slot(i64),
    /// To what the function has as one of its arguments.
    Argument(u8),
    /// Not known.
    Unknown,
}

impl Target {
    fn of(value: Value) -> Self {
        match value {
            Value::Number(address) => Self::Function(address & !1),
            Value::Loaded(offset) => Self::Slot(offset),
            Value::Argument(number) => Self::Argument(number),
            _ => Self::Unknown,
        }
    }
}

/// What the walk wants to know of the program around a function.
pub trait Surroundings {
    /// Whether the function at an address ever returns.
    fn returns(&self, function: u64) -> bool;
    /// The word at an address, if it never changes.
    fn constant(&self, address: u64) -> Option<u64>;
}

/// The code of a function.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// Its instruction set.
    pub code: Code,
    /// Its addresses.
    pub range: Range<u64>,
    /// What is there.
    pub bytes: &'a [u8],
    /// What of it is no code.
    pub data: Vec<Range<u64>>,
}

/// So many times the stack pointer of a place may turn out to be lower. Then it is in a loop that goes on pushing.
const MAX_CHANGES: u32 = 8;

/// Follows the instructions of a function.
pub fn read(source: &Source<'_>, surroundings: &impl Surroundings) -> Body {
    let leaders = source.leaders();
    let mut walk = Walk {
        source,
        surroundings,
        leaders,
        entered: BTreeMap::new(),
        work: vec![(source.range.start, State::at_entry(source.code))],
        covered: BTreeSet::new(),
        tables: None,
        sites: BTreeMap::new(),
        body: Body::default(),
    };
    walk.run();
    walk.body.sites = walk.sites.into_values().collect();
    walk.body
}

impl Source<'_> {
    fn decode(&self, address: u64) -> Option<Instruction> {
        let offset = usize::try_from(address.checked_sub(self.range.start)?).ok()?;
        if address >= self.range.end || self.data.iter().any(|data| data.contains(&address)) {
            return None;
        }
        self.code.decode(self.bytes.get(offset..)?, address)
    }

    /// Where branches of the function's own go.
    fn leaders(&self) -> BTreeSet<u64> {
        let mut leaders = BTreeSet::new();
        let mut address = self.range.start;
        while address < self.range.end {
            let Some(instruction) = self.decode(address) else {
                address += self.code.step();
                continue;
            };
            if let Flow::Jump(Expression::Number(target)) = instruction.flow {
                leaders.insert(target);
            }
            address += instruction.length;
        }
        leaders
    }
}

struct Walk<'a, S> {
    source: &'a Source<'a>,
    surroundings: &'a S,
    leaders: BTreeSet<u64>,
    /// What is known where branches meet, and how often that has changed.
    entered: BTreeMap<u64, (State, u32)>,
    work: Vec<(u64, State)>,
    covered: BTreeSet<u64>,
    /// What is known where the program goes on at one of several places.
    tables: Option<State>,
    sites: BTreeMap<u64, Site>,
    body: Body,
}

impl<S: Surroundings> Walk<'_, S> {
    fn run(&mut self) {
        loop {
            while let Some((address, state)) = self.work.pop() {
                self.follow(address, state);
            }
            // What nothing else has led to, a table leads to.
            let Some(state) = self.tables.clone() else { return };
            let Some(address) = self.first_uncovered() else { return };
            self.leaders.insert(address);
            self.work.push((address, state));
        }
    }

    fn first_uncovered(&self) -> Option<u64> {
        let mut address = self.source.range.start;
        while address < self.source.range.end {
            match self.source.decode(address) {
                Some(_) if !self.covered.contains(&address) => return Some(address),
                Some(instruction) => address += instruction.length,
                None => address += self.source.code.step(),
            }
        }
        None
    }

    /// Follows the instructions from an address on, until one branches away or others have come by.
    fn follow(&mut self, mut address: u64, mut state: State) {
        let mut conditional = 0;
        loop {
            if self.leaders.contains(&address) || address == self.source.range.start {
                match self.enter(address, &state) {
                    Some(joined) => state = joined,
                    None => return,
                }
            }
            let Some(mut instruction) = self.source.decode(address) else {
                return self.fall_off(address, &state);
            };
            self.covered.insert(address);
            if conditional > 0 {
                instruction.is_conditional = true;
                conditional -= 1;
            }
            conditional = conditional.max(instruction.conditional_next);
            let next = address + instruction.length;
            if !self.step(address, &instruction, &mut state) {
                return;
            }
            address = next;
        }
    }

    /// Joins what is known at a place where branches meet. `None` if that is nothing new.
    fn enter(&mut self, address: u64, state: &State) -> Option<State> {
        let Some((known, changes)) = self.entered.get_mut(&address) else {
            self.entered.insert(address, (state.clone(), 0));
            return Some(state.clone());
        };
        let joined = known.join(state);
        if joined == *known {
            return None;
        }
        if joined.depth() != known.depth() {
            *changes += 1;
        }
        if *changes > MAX_CHANGES {
            self.body.is_dynamic = true;
            return None;
        }
        known.clone_from(&joined);
        Some(joined)
    }

    /// Does what an instruction does. Whether the next one comes after it.
    fn step(&mut self, address: u64, instruction: &Instruction, state: &mut State) -> bool {
        let before = state.clone();
        state.apply(instruction, self.surroundings);
        self.note_depth(state);
        let goes_on = match instruction.flow {
            Flow::Next => return true,
            Flow::Trap => false,
            Flow::Return => {
                self.body.returns = true;
                false
            }
            Flow::Call(to) => {
                let target = Target::of(before.value(to, self.surroundings));
                self.site(address, &before, target);
                state.call();
                let is_last = self.source.decode(address + instruction.length).is_none();
                !is_last && self.comes_back(target)
            }
            Flow::Jump(to) => {
                self.jump(address, before.value(to, self.surroundings), state);
                false
            }
            Flow::Table => {
                self.table(state);
                false
            }
        };
        match instruction.is_conditional {
            // What goes on here, has not done it.
            true if !goes_on => *state = before,
            true => *state = state.join(&before),
            false => {}
        }
        goes_on || instruction.is_conditional
    }

    fn jump(&mut self, address: u64, to: Value, state: &State) {
        match to {
            Value::Number(target) if self.source.range.contains(&(target & !1)) => {
                self.body.loops |= target <= address;
                self.work.push((target & !1, state.clone()));
            }
            // A function goes on in another one when its own frame is gone.
            Value::Computed => self.table(state),
            _ if state.depth() != Some(0) && !matches!(to, Value::Number(_)) => self.table(state),
            to => self.tail_call(address, state, Target::of(to)),
        }
    }

    fn table(&mut self, state: &State) {
        self.tables = Some(match &self.tables {
            Some(known) => known.join(state),
            None => state.clone(),
        });
    }

    fn tail_call(&mut self, address: u64, state: &State, target: Target) {
        self.site(address, state, target);
        self.body.returns |= self.comes_back(target);
    }

    /// The function's code ends here, or there is data.
    fn fall_off(&mut self, address: u64, state: &State) {
        if address == self.source.range.end {
            self.tail_call(address, state, Target::Function(address));
        }
    }

    fn comes_back(&self, target: Target) -> bool {
        match target {
            Target::Function(function) => self.surroundings.returns(function),
            _ => true,
        }
    }

    fn site(&mut self, address: u64, state: &State, target: Target) {
        let depth = state.depth().unwrap_or(self.body.frame);
        let arguments = self.source.code.arguments().map(|register| match state.register(register) {
            Value::Number(number) => Some(number),
            _ => None,
        });
        self.sites.insert(address, Site { address, depth, target, arguments });
    }

    fn note_depth(&mut self, state: &State) {
        match state.depth() {
            Some(depth) => self.body.frame = self.body.frame.max(depth),
            None => self.body.is_dynamic = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All functions return but the one at 0x1000. All words are 0x2000.
    struct Anything;

    impl Surroundings for Anything {
        fn returns(&self, function: u64) -> bool {
            function != 0x1000
        }

        fn constant(&self, _: u64) -> Option<u64> {
            Some(0x2000)
        }
    }

    fn body_of(code: Code, bytes: &[u8], data: Vec<Range<u64>>) -> Body {
        let range = 0x100..0x100 + bytes.len() as u64;
        read(&Source { code, range, bytes, data }, &Anything)
    }

    fn thumb(code: &[u16]) -> Body {
        let bytes: Vec<u8> = code.iter().flat_map(|half| half.to_le_bytes()).collect();
        body_of(Code::Thumb, &bytes, vec![])
    }

    fn sites(body: &Body) -> Vec<(u64, Target)> {
        body.sites.iter().map(|site| (site.depth, site.target)).collect()
    }

    #[test]
    fn a_call_is_counted_from_where_it_is() {
        // push {r4, lr}; sub sp, #8; ldr r3, [r1, #12]; blx r3; add sp, #8; pop.w {r4, lr}; bx r2
        let body = thumb(&[0xb510, 0xb082, 0x68cb, 0x4798, 0xb002, 0xe8bd, 0x4010, 0x4710]);
        assert_eq!((body.frame, body.returns), (16, true));
        assert_eq!(sites(&body), [(16, Target::Slot(12)), (0, Target::Unknown)]);
    }

    #[test]
    fn what_comes_behind_a_call_that_does_not_return_is_not_reached() {
        // push {r7, lr}; bl 0x1000; sub sp, #400; bx lr
        let body = thumb(&[0xb580, 0xf000, 0xff7d, 0xb0e4, 0x4770]);
        assert_eq!(sites(&body), [(8, Target::Function(0x1000))]);
        assert_eq!((body.frame, body.returns), (8, false));
    }

    #[test]
    fn a_conditional_return_leaves_the_stack_to_what_follows() {
        // push {r7, lr}; mov r7, sp; cmp r0, #0; it eq; popeq {r7, pc}; sub sp, #8; mov sp, r7; pop {r7, pc}
        let body = thumb(&[0xb580, 0x466f, 0x2800, 0xbf08, 0xbd80, 0xb082, 0x46bd, 0xbd80]);
        assert_eq!((body.frame, body.is_dynamic, body.returns), (16, false, true));
    }

    #[test]
    fn a_table_leads_to_what_nothing_else_leads_to() {
        // push {r7, lr}; tbb [pc, r0]; two bytes of data; bl 0x200; pop {r7, pc}
        let code: [u16; 7] = [0xb580, 0xe8df, 0xf000, 0x0201, 0xf000, 0xf87a, 0xbd80];
        let bytes: Vec<u8> = code.iter().flat_map(|half| half.to_le_bytes()).collect();
        let data = 0x106..0x108;
        let body = body_of(Code::Thumb, &bytes, Vec::from([data]));
        assert_eq!(sites(&body), [(8, Target::Function(0x200))]);
        assert!(body.returns);
    }

    #[test]
    fn a_loop_that_goes_on_pushing_has_no_frame() {
        // push {r0}; b to itself
        assert!(thumb(&[0xb401, 0xe7fd]).is_dynamic);
        // sub.w sp, sp, r0; bx lr
        assert!(thumb(&[0xebad, 0x0d00, 0x4770]).is_dynamic);
    }

    #[test]
    fn a_large_frame_is_a_number_in_a_register() {
        // movw r12, #6000; sub.w sp, sp, r12; bx lr
        assert_eq!(thumb(&[0xf241, 0x7c70, 0xebad, 0x0d0c, 0x4770]).frame, 6000);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_body(bytes in proptest::collection::vec(any::<u8>(), 0..256), start in 0u64..300, size in 0u64..40) {
            for code in [Code::Thumb, Code::Arm, Code::Riscv32, Code::Riscv64] {
                let data = 0x100 + start..0x100 + start + size;
                body_of(code, &bytes, vec![data.clone()]);
            }
        }

        #[test]
        fn any_bytes_are_an_instruction(bytes in any::<[u8; 8]>(), address in any::<u64>()) {
            for code in [Code::Thumb, Code::Arm, Code::Riscv32, Code::Riscv64] {
                let instruction = code.decode(&bytes, address).unwrap();
                prop_assert!(matches!(instruction.length, 2 | 4));
                prop_assert!(instruction.writes.iter().all(|(register, _)| register.0 < 32));
            }
        }
    }
}
