//! The target of a new application.

use crate::symbols::Processor;
use std::str::FromStr;

/// A Rust target that modules can be built for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target(String);

/// Why a target is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "use thumbv6m, thumbv7m, thumbv7em, thumbv8m.base, thumbv8m.main or armv7a with -none-eabi or -none-eabihf, \
     or riscv32imac-unknown-none-elf or riscv64imac-unknown-none-elf"
)]
pub struct TargetError;

impl Target {
    /// The name of the target in rustc.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(target: &str) -> Result<Self, TargetError> {
        let is_abi = ["-none-eabi", "-none-eabihf", "-unknown-none-elf"].iter().any(|abi| target.ends_with(abi));
        Processor::of_target(target).filter(|_| is_abi).map(|_| Self(target.into())).ok_or(TargetError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_those_of_modules() {
        assert!("thumbv8m.main-none-eabihf".parse::<Target>().is_ok());
        assert!("riscv32imac-unknown-none-elf".parse::<Target>().is_ok());
        assert!("riscv64imac-unknown-none-elf".parse::<Target>().is_ok());
        for target in ["x86_64-unknown-linux-gnu", "thumbv7m-none-gnu", "thumbv7m"] {
            assert_eq!(target.parse::<Target>(), Err(TargetError), "{target}");
        }
    }
}
