//! What code is compiled for: read from `.ARM.attributes`, from the flags of an ELF header, or from the name of a Rust target.

use crate::elf::flags::{EF_RISCV_FLOAT_ABI, EF_RISCV_FLOAT_ABI_SOFT};
use crate::elf::{ArmAttributes, ElfError};
use std::fmt;

/// What code needs of its processor, or a processor gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processor {
    /// The instruction set.
    pub architecture: Architecture,
    /// The kind of core.
    pub profile: Profile,
    /// How functions pass floating-point numbers.
    pub float_abi: FloatAbi,
    /// Whether there are floating-point instructions.
    pub float_unit: bool,
}

/// An instruction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// A version of ARM's: `Tag_CPU_arch`.
    Arm(u64),
    /// RISC-V's of 32 bits, with multiplication, atomics and compressed instructions.
    Rv32,
    /// RISC-V's of 64 bits, with multiplication, atomics and compressed instructions.
    Rv64,
}

/// A kind of core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Cortex-A, Cortex-R and the classic cores: ARM and Thumb code.
    Application,
    /// Cortex-M: Thumb code only.
    Microcontroller,
    /// RISC-V.
    Riscv,
}

/// How functions pass floating-point numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatAbi {
    /// In the registers for integers.
    Soft,
    /// In the registers of the floating-point unit.
    Hard,
}

/// The names of RISC-V's.
const RV32: &str = "rv32";
const RV64: &str = "rv64";

impl Architecture {
    const ARM_NAMES: [(u64, &str); 17] = [
        (1, "v4"),
        (2, "v4T"),
        (3, "v5T"),
        (4, "v5TE"),
        (5, "v5TEJ"),
        (6, "v6"),
        (7, "v6KZ"),
        (8, "v6T2"),
        (9, "v6K"),
        (10, "v7"),
        (11, "v6-M"),
        (12, "v6S-M"),
        (13, "v7E-M"),
        (14, "v8"),
        (16, "v8-M.base"),
        (17, "v8-M.main"),
        (21, "v8.1-M.main"),
    ];

    /// Whether every instruction of `self` is one of `other` too.
    pub fn is_part_of(self, other: Self) -> bool {
        const V6_M: [u64; 2] = [11, 12];
        const V7_M: [u64; 5] = [10, 13, 17, 21, 22];
        let (Self::Arm(part), Self::Arm(whole)) = (self, other) else { return self == other };
        let one_of = |group: &[u64]| group.contains(&whole);
        match part {
            11 | 12 => one_of(&V6_M) || one_of(&V7_M) || whole == 16,
            16 => one_of(&[16, 17, 21, 22]),
            10 => one_of(&V7_M) || whole == 14,
            13 => one_of(&[13, 17, 21, 22]),
            17 | 21 | 22 => whole >= part && one_of(&[17, 21, 22]),
            classic => classic <= whole,
        }
    }

    fn is_microcontroller(self) -> bool {
        matches!(self, Self::Arm(11 | 12 | 13 | 16 | 17 | 21 | 22))
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            RV32 => Some(Self::Rv32),
            RV64 => Some(Self::Rv64),
            _ => Self::ARM_NAMES.iter().find(|(_, name)| *name == text).map(|&(number, _)| Self::Arm(number)),
        }
    }
}

impl fmt::Display for Architecture {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match *self {
            Self::Arm(number) => number,
            Self::Rv32 => return out.write_str(RV32),
            Self::Rv64 => return out.write_str(RV64),
        };
        match Self::ARM_NAMES.iter().find(|(known, _)| *known == number) {
            Some((_, name)) => out.write_str(name),
            None => write!(out, "arch-{number}"),
        }
    }
}

/// As in the head of a text: `v7 microcontroller soft-float`.
impl fmt::Display for Processor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let profile = match self.profile {
            Profile::Application => "application",
            Profile::Microcontroller => "microcontroller",
            Profile::Riscv => "risc-v",
        };
        let float = match self.float_abi {
            FloatAbi::Soft => "soft-float",
            FloatAbi::Hard => "hard-float",
        };
        write!(out, "{} {profile} {float}{}", self.architecture, if self.float_unit { " fpu" } else { "" })
    }
}

impl Processor {
    /// Reads what `Display` writes.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let architecture = Architecture::from_text(words.next()?)?;
        let profile = match words.next()? {
            "application" => Profile::Application,
            "microcontroller" => Profile::Microcontroller,
            "risc-v" => Profile::Riscv,
            _ => return None,
        };
        let float_abi = match words.next()? {
            "soft-float" => FloatAbi::Soft,
            "hard-float" => FloatAbi::Hard,
            _ => return None,
        };
        let float_unit = match words.next() {
            None => false,
            Some("fpu") => true,
            Some(_) => return None,
        };
        Some(Self { architecture, profile, float_abi, float_unit })
    }

    /// The Rust target whose code it runs, with its floating-point unit if functions pass numbers in it.
    pub fn target(self) -> String {
        let is_hard = self.float_abi == FloatAbi::Hard;
        let riscv = |soft, hard| format!("{}-unknown-none-elf", if is_hard { hard } else { soft });
        let architecture = match self.architecture {
            Architecture::Arm(architecture) => architecture,
            Architecture::Rv32 => return riscv("riscv32imac", "riscv32imafc"),
            Architecture::Rv64 => return riscv("riscv64imac", "riscv64gc"),
        };
        let core = match (architecture, self.profile) {
            (11 | 12, _) => "thumbv6m",
            (13, _) => "thumbv7em",
            (16, _) => "thumbv8m.base",
            (17 | 21 | 22, _) => "thumbv8m.main",
            (_, Profile::Microcontroller) => "thumbv7m",
            (10 | 14, Profile::Application) => "armv7a",
            _ => "armv5te",
        };
        format!("{core}-none-{}", if is_hard { "eabihf" } else { "eabi" })
    }

    /// What a Rust target compiles for.
    pub fn of_target(target: &str) -> Option<Self> {
        let (name, abi) = target.split_once("-none-")?;
        let architecture = match name {
            "armv5te" => 4,
            "thumbv6m" => 11,
            "thumbv7m" | "armv7a" | "thumbv7a" | "armv7r" | "thumbv7r" => 10,
            "thumbv7em" => 13,
            "thumbv8m.base" => 16,
            "thumbv8m.main" => 17,
            "riscv32imac-unknown" => return Some(Self::riscv(Architecture::Rv32, FloatAbi::Soft)),
            "riscv32imafc-unknown" => return Some(Self::riscv(Architecture::Rv32, FloatAbi::Hard)),
            "riscv64imac-unknown" => return Some(Self::riscv(Architecture::Rv64, FloatAbi::Soft)),
            "riscv64gc-unknown" => return Some(Self::riscv(Architecture::Rv64, FloatAbi::Hard)),
            _ => return None,
        };
        let is_microcontroller = name.ends_with(['m']) || name.contains("m.");
        let is_hard = abi == "eabihf";
        Some(Self {
            architecture: Architecture::Arm(architecture),
            profile: if is_microcontroller { Profile::Microcontroller } else { Profile::Application },
            float_abi: if is_hard { FloatAbi::Hard } else { FloatAbi::Soft },
            float_unit: is_hard,
        })
    }

    /// What an ELF file for RISC-V with these `e_flags` is compiled for.
    pub(crate) fn of_riscv_flags(architecture: Architecture, flags: u32) -> Self {
        let is_soft = flags & EF_RISCV_FLOAT_ABI == EF_RISCV_FLOAT_ABI_SOFT;
        Self::riscv(architecture, if is_soft { FloatAbi::Soft } else { FloatAbi::Hard })
    }

    fn riscv(architecture: Architecture, float_abi: FloatAbi) -> Self {
        let float_unit = float_abi == FloatAbi::Hard;
        Self { architecture, profile: Profile::Riscv, float_abi, float_unit }
    }

    /// What the contents of a section `.ARM.attributes` tell.
    pub(crate) fn of_attributes(section: &[u8]) -> Result<Self, ElfError> {
        let found = ArmAttributes::parse(section)?;
        let architecture = Architecture::Arm(found.architecture);
        let is_microcontroller = found.profile == u64::from(b'M') || architecture.is_microcontroller();
        Ok(Self {
            architecture,
            profile: if is_microcontroller { Profile::Microcontroller } else { Profile::Application },
            float_abi: if found.float_arguments == 1 { FloatAbi::Hard } else { FloatAbi::Soft },
            float_unit: found.float_unit != 0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let targets = [
            "thumbv6m-none-eabi",
            "thumbv7em-none-eabihf",
            "armv7a-none-eabi",
            "thumbv8m.main-none-eabi",
            "riscv32imac-unknown-none-elf",
            "riscv32imafc-unknown-none-elf",
            "riscv64imac-unknown-none-elf",
            "riscv64gc-unknown-none-elf",
        ];
        for target in targets {
            let processor = Processor::of_target(target).unwrap();
            assert_eq!(Processor::from_text(&processor.to_string()), Some(processor), "{target}");
            assert_eq!(processor.target(), target);
        }
        assert_eq!(Processor::of_target("x86_64-unknown-linux-gnu"), None);
    }

    #[test]
    fn larger_cores_run_the_code_of_smaller_ones() {
        let of = |target| Processor::of_target(target).unwrap().architecture;
        let runs = |module, kernel| of(module).is_part_of(of(kernel));
        assert!(runs("thumbv6m-none-eabi", "thumbv7em-none-eabi"));
        assert!(runs("thumbv7m-none-eabi", "thumbv8m.main-none-eabi"));
        assert!(!runs("thumbv7em-none-eabi", "thumbv7m-none-eabi"));
        assert!(!runs("thumbv7m-none-eabi", "thumbv8m.base-none-eabi"));
        assert!(runs("riscv64imac-unknown-none-elf", "riscv64gc-unknown-none-elf"));
        assert!(!runs("armv7a-none-eabi", "riscv64imac-unknown-none-elf"));
        assert!(!runs("riscv32imac-unknown-none-elf", "riscv64imac-unknown-none-elf"));
    }
}
