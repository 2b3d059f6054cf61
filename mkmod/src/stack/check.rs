//! Whether the stack of the main thread is large enough, and how large it is if nobody says.

use super::report::{Need, Report, Way};

/// What a program says of the stack of its main thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackSize {
    /// So many bytes.
    Bytes(u32),
    /// As many as it needs; so many if that can't be proven.
    Automatic {
        /// What is usual on the processor.
        default: u32,
    },
}

/// The largest stack that the kernel gives.
pub const MAX_BYTES: u32 = 32 << 10;

/// The smallest.
const MIN_BYTES: u32 = 512;

/// A need is rounded up to a multiple of that.
const ROUNDING: u64 = 64;

/// A stack that is too small for its main thread.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Refusal {
    /// The name of the module's file.
    pub file: String,
    /// What the program says of its stack.
    pub requested: StackSize,
    /// What the main thread needs.
    pub way: Way,
}

/// The size of the main thread's stack. A module without one has none.
///
/// # Errors
/// When what the program says is less than what its main thread needs even if it does not panic. When it leaves that to
/// the linker: when that is more than what is usual, and is not proven to be all; or when more is proven than there can
/// be. Only measured figures of the kernel's functions count against a program.
pub fn check(report: &Report, requested: StackSize) -> Result<u32, Refusal> {
    let (Some(main), Some(least)) = (report.main(), &report.least) else {
        return Ok(match requested {
            StackSize::Bytes(bytes) | StackSize::Automatic { default: bytes } => bytes,
        });
    };
    let refused = |way: &Way| Refusal { file: report.file.clone(), requested, way: way.clone() };
    match (requested, &main.with_panics.need) {
        (StackSize::Automatic { .. }, Need::Proven { bytes }) => {
            match u32::try_from(bytes.next_multiple_of(ROUNDING)) {
                Ok(bytes) if bytes <= MAX_BYTES => Ok(bytes.max(MIN_BYTES)),
                _ => Err(refused(&main.with_panics)),
            }
        }
        (StackSize::Bytes(bytes) | StackSize::Automatic { default: bytes }, _) => {
            match least.need.bytes() > bytes.into() {
                true => Err(refused(least)),
                false => Ok(bytes),
            }
        }
    }
}

impl Refusal {
    fn message(&self) -> String {
        let Self { file, requested, way } = self;
        let needed = way.need.bytes();
        let (cause, mend) = match requested {
            StackSize::Bytes(bytes) => (
                format!("its main thread needs {needed} bytes of stack, and has {bytes}"),
                format!("allow it `stack = {}` in `#[rtt_mod::main]` or more, or `stack = \"auto\"`", rounded(needed)),
            ),
            StackSize::Automatic { .. } if needed > MAX_BYTES.into() => (
                format!("its main thread needs {needed} bytes of stack, and {MAX_BYTES} is the most that there is"),
                "keep large variables in a `static`, or in a `Box`".to_owned(),
            ),
            StackSize::Automatic { default } => (
                format!(
                    "its main thread needs at least {needed} bytes of stack, which is more than the usual {default}, and \
                     there is no proof of how much it needs at most"
                ),
                format!("say how much in `#[rtt_mod::main]`: `stack = {}`, or more", rounded(needed)),
            ),
        };
        format!("{file}: {cause}; {mend}\n{}", way.table())
    }
}

fn rounded(bytes: u64) -> u64 {
    bytes.next_multiple_of(ROUNDING)
}

#[cfg(test)]
mod tests {
    use super::super::report::{Entry, EntryKind, Frame};
    use super::*;

    fn way(need: Need) -> Way {
        let bytes = need.bytes() - 240;
        let frame = |name: &str, bytes| Frame { name: name.into(), bytes };
        let frames = vec![
            frame("the kernel, above it", 172),
            frame("main", bytes),
            frame("an exception and a switch of threads", 68),
        ];
        Way { need, frames }
    }

    fn report(without: Need, with: Need) -> Report {
        let least = Some(way(without.clone()));
        let main = Entry {
            kind: EntryKind::Main,
            name: "main".into(),
            line: None,
            without_panics: way(without),
            with_panics: way(with),
        };
        Report { file: "blink.mo".into(), stack_bytes: None, largest_frame: 0, app: None, least, entries: vec![main] }
    }

    fn proven(bytes: u64) -> Need {
        Need::Proven { bytes }
    }

    fn at_least(bytes: u64) -> Need {
        Need::AtLeast { bytes, reason: "walk calls itself".into() }
    }

    #[test]
    fn a_stack_may_be_too_small_for_panics() {
        let report = report(proven(800), proven(1600));
        assert_eq!(check(&report, StackSize::Bytes(1024)), Ok(1024));
        insta::assert_snapshot!(check(&report, StackSize::Bytes(512)).unwrap_err());
    }

    #[test]
    fn a_lower_bound_refuses_too() {
        assert!(check(&report(at_least(800), at_least(1600)), StackSize::Bytes(512)).is_err());
    }

    #[test]
    fn the_automatic_size_is_the_need_with_panics() {
        let automatic = StackSize::Automatic { default: 4096 };
        assert_eq!(check(&report(proven(800), proven(1601)), automatic), Ok(1664));
        assert_eq!(check(&report(proven(300), proven(300)), automatic), Ok(512));
        assert_eq!(check(&report(proven(800), proven(6000)), automatic), Ok(6016));
        insta::assert_snapshot!(check(&report(proven(800), proven(40_000)), automatic).unwrap_err());
    }

    #[test]
    fn the_automatic_size_without_a_proof_is_the_usual_one() {
        let automatic = StackSize::Automatic { default: 4096 };
        assert_eq!(check(&report(proven(800), at_least(1600)), automatic), Ok(4096));
        insta::assert_snapshot!(check(&report(at_least(5000), at_least(6000)), automatic).unwrap_err());
    }
}
