//! What the code of a module is made for: read from the `.ARM.attributes` of the objects in it, or for RISC-V from the
//! flags in their headers.

use super::error::LinkError;
use super::isa::Isa;
use crate::elf::ArmAttributes;
use crate::elf::flags::{
    EF_ARM_EABI_VER5, EF_RISCV_FLOAT_ABI, EF_RISCV_FLOAT_ABI_DOUBLE, EF_RISCV_FLOAT_ABI_SINGLE,
    EF_RISCV_FLOAT_ABI_SOFT, EF_RISCV_RVC,
};

/// What an object tells of where its code runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Attributes {
    arm: ArmAttributes,
    riscv: Option<Riscv>,
}

/// What the header of an object for RISC-V tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Riscv {
    width: Width,
    /// `e_flags`.
    flags: u32,
}

/// The size of a RISC-V's registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Width {
    /// 32 bits.
    Bits32,
    /// 64 bits.
    Bits64,
}

impl Attributes {
    /// Of code for RISC-V, whose object has these `e_flags`.
    pub fn riscv(width: Width, elf_flags: u32) -> Self {
        Self { riscv: Some(Riscv { width, flags: elf_flags }), ..Self::default() }
    }

    /// Of code for Arm, whose object has these.
    pub fn arm(arm: ArmAttributes) -> Self {
        Self { arm, riscv: None }
    }

    /// What code from both needs.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            arm: join(self.arm, other.arm),
            riscv: match (self.riscv, other.riscv) {
                (Some(one), Some(other)) => Some(Riscv { flags: one.flags | other.flags, ..one }),
                (one, other) => one.or(other),
            },
        }
    }

    /// # Errors
    ///
    /// When no Rust target that RT-Thread runs on has these attributes.
    pub fn target(self) -> Result<Target, LinkError> {
        self.riscv.map_or_else(|| self.arm_target(), Riscv::target)
    }

    fn arm_target(self) -> Result<Target, LinkError> {
        let ArmAttributes { architecture: arch, profile, float_arguments, .. } = self.arm;
        let hard = float_arguments == 1;
        let (isa, triple) = match (arch, profile as u8, hard) {
            (11 | 12, _, false) => (Isa::Thumb1, "thumbv6m-none-eabi"),
            (10, b'M', false) => (Isa::Thumb2, "thumbv7m-none-eabi"),
            (13, _, false) => (Isa::Thumb2, "thumbv7em-none-eabi"),
            (13, _, true) => (Isa::Thumb2, "thumbv7em-none-eabihf"),
            (16, _, false) => (Isa::Thumb1, "thumbv8m.base-none-eabi"),
            (17 | 21, _, false) => (Isa::Thumb2, "thumbv8m.main-none-eabi"),
            (17 | 21, _, true) => (Isa::Thumb2, "thumbv8m.main-none-eabihf"),
            (10, b'R', false) => (Isa::Arm, "armv7r-none-eabi"),
            (10, b'R', true) => (Isa::Arm, "armv7r-none-eabihf"),
            (10 | 14, b'A', false) => (Isa::Arm, "armv7a-none-eabi"),
            (10 | 14, b'A', true) => (Isa::Arm, "armv7a-none-eabihf"),
            (3 | 4, _, false) => (Isa::Arm, "armv5te-none-eabi"),
            _ => return Err(LinkError::UnknownTarget { arch, profile }),
        };
        Ok(Target { isa, triple, elf_flags: EF_ARM_EABI_VER5 })
    }
}

fn join(one: ArmAttributes, other: ArmAttributes) -> ArmAttributes {
    let newer = if generation(other.architecture) > generation(one.architecture) { other } else { one };
    ArmAttributes {
        architecture: newer.architecture,
        profile: if newer.profile == 0 { one.profile.max(other.profile) } else { newer.profile },
        float_unit: one.float_unit.max(other.float_unit),
        float_arguments: one.float_arguments.max(other.float_arguments),
    }
}

impl Riscv {
    /// Code without compressed instructions is none of Rust's targets', and would not get on with our thunks.
    fn target(self) -> Result<Target, LinkError> {
        let Self { width, flags } = self;
        let (isa, triple) = match (width, flags & EF_RISCV_FLOAT_ABI) {
            _ if flags & EF_RISCV_RVC == 0 => return Err(LinkError::UnknownRiscv { flags }),
            (Width::Bits32, EF_RISCV_FLOAT_ABI_SOFT) => (Isa::Riscv32, "riscv32imac-unknown-none-elf"),
            (Width::Bits32, EF_RISCV_FLOAT_ABI_SINGLE) => (Isa::Riscv32, "riscv32imafc-unknown-none-elf"),
            (Width::Bits64, EF_RISCV_FLOAT_ABI_SOFT) => (Isa::Riscv64, "riscv64imac-unknown-none-elf"),
            (Width::Bits64, EF_RISCV_FLOAT_ABI_DOUBLE) => (Isa::Riscv64, "riscv64gc-unknown-none-elf"),
            _ => return Err(LinkError::UnknownRiscv { flags }),
        };
        Ok(Target { isa, triple, elf_flags: flags })
    }
}

/// `Tag_CPU_arch` numbers are in the order in which they were given out.
fn generation(arch: u64) -> u64 {
    match arch {
        11 | 12 => 9,
        other => other,
    }
}

/// Where a module runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The instruction set of its thunks.
    pub isa: Isa,
    /// The Rust target.
    pub triple: &'static str,
    /// `e_flags` of its objects, as far as they must not differ.
    pub elf_flags: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    const V7M: Attributes = cortex_m(10, 0);
    const V7EM_HARD: Attributes = cortex_m(13, 1);

    const fn cortex_m(architecture: u64, float_arguments: u64) -> Attributes {
        let profile = b'M' as u64;
        let arm = ArmAttributes { architecture, profile, float_unit: float_arguments, float_arguments };
        Attributes { arm, riscv: None }
    }

    #[test]
    fn one_object_for_a_larger_core_decides() {
        assert_eq!(V7M.join(V7EM_HARD), V7EM_HARD);
        assert_eq!(V7EM_HARD.join(V7M), V7EM_HARD);
        assert_eq!(V7M.join(Attributes::default()), V7M);
    }

    #[test]
    fn target_names_are_those_of_rustc() {
        assert_eq!(V7M.target().unwrap().triple, "thumbv7m-none-eabi");
        assert_eq!(V7EM_HARD.target().unwrap().triple, "thumbv7em-none-eabihf");
        let riscv = |width, flags| Attributes::riscv(width, flags).target();
        assert_eq!(riscv(Width::Bits32, 1).unwrap().triple, "riscv32imac-unknown-none-elf");
        assert_eq!(riscv(Width::Bits32, 3).unwrap().triple, "riscv32imafc-unknown-none-elf");
        assert!(matches!(riscv(Width::Bits32, 5), Err(LinkError::UnknownRiscv { flags: 5 })), "ilp32d");
        assert_eq!(riscv(Width::Bits64, 1).unwrap().triple, "riscv64imac-unknown-none-elf");
        assert_eq!(riscv(Width::Bits64, 5).unwrap().triple, "riscv64gc-unknown-none-elf");
        assert!(matches!(riscv(Width::Bits64, 0), Err(LinkError::UnknownRiscv { flags: 0 })));
        assert!(matches!(Attributes::default().target(), Err(LinkError::UnknownTarget { .. })));
    }
}
