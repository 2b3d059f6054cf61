//! A line of a report: the addresses in it, and the build of the module.

/// What a line has.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// In their order.
    pub addresses: Vec<Address>,
    /// Of the module.
    pub build: Option<[u8; 8]>,
}

/// An address of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    /// In the image of the module, or absolute.
    pub value: u64,
    /// Whose code it is.
    pub place: Place,
    /// What is at the address.
    pub role: Role,
}

/// Whose code it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The module's.
    Module,
    /// The kernel's, or nobody's.
    Kernel,
}

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The instruction that it is about.
    Instruction,
    /// The one behind a call.
    Return,
}

/// Marks the line of a report that has the place of the fault.
const PLACE: &str = "; the image is at ";
const CALLER: &str = ", called from ";
const STACK: &str = "  on the stack:";
const QUARANTINED: &str = ": quarantined: ";
const BUILD: &str = ", build ";

impl Line {
    /// Reads a line. One that is no part of a report has nothing.
    pub fn read(line: &str) -> Self {
        if let Some((places, _)) = line.split_once(PLACE) {
            let (here, caller) = places.split_once(CALLER).unwrap_or((places, ""));
            let addresses = [word(here, Role::Instruction), word(caller, Role::Return)];
            Self { addresses: addresses.into_iter().flatten().collect(), build: build(line) }
        } else if let Some(words) = line.strip_prefix(STACK) {
            let addresses = words.split(',').filter_map(|text| word(text, Role::Return)).collect();
            Self { addresses, build: None }
        } else if line.contains(QUARANTINED) {
            let pointer = line.split("points to its ").nth(1).and_then(|text| text.split(',').next());
            let addresses = pointer.and_then(|text| word(text, Role::Instruction));
            Self { addresses: addresses.into_iter().collect(), build: build(line) }
        } else {
            Self::default()
        }
    }
}

impl Address {
    /// The address of a byte of the instruction: a call is in front of its return address.
    pub fn of_instruction(&self) -> u64 {
        match self.role {
            Role::Instruction => self.value & !1,
            Role::Return => (self.value & !1).saturating_sub(1),
        }
    }
}

fn word(text: &str, role: Role) -> Option<Address> {
    let text = text.trim();
    let (digits, place) = match text.strip_prefix("image+") {
        Some(digits) => (digits, Place::Module),
        None => (text, Place::Kernel),
    };
    let value = u64::from_str_radix(digits.strip_prefix("0x")?, 16).ok()?;
    Some(Address { value, place, role })
}

fn build(line: &str) -> Option<[u8; 8]> {
    let digits = line.split_once(BUILD)?.1.get(..16)?;
    Some(u64::from_str_radix(digits, 16).ok()?.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module(value: u64, role: Role) -> Address {
        Address { value, place: Place::Module, role }
    }

    #[test]
    fn a_report_has_addresses_and_a_build() {
        let line = "  image+0xc38, called from 0x00000124; the image is at 0x20003fe4, build 0102030405060708";
        let caller = Address { value: 0x124, place: Place::Kernel, role: Role::Return };
        assert_eq!(
            Line::read(line),
            Line { addresses: vec![module(0xc38, Role::Instruction), caller], build: Some([1, 2, 3, 4, 5, 6, 7, 8]) }
        );
        let line = "  on the stack: image+0x6a0, image+0x916";
        assert_eq!(Line::read(line).addresses, [module(0x6a0, Role::Return), module(0x916, Role::Return)]);
        let line = "hook: quarantined: hooks+0x4 (at 0x20000010) points to its image+0x91, build 0102030405060708; \
                    see `mod unload`";
        assert_eq!(Line::read(line).addresses, [module(0x91, Role::Instruction)]);
    }

    #[test]
    fn other_text_has_none() {
        for line in ["", "image+0x12", "hello 0x1234", "module 'a', thread 'a': bus fault at 0xf0000000"] {
            assert_eq!(Line::read(line), Line::default(), "{line}");
        }
    }
}
