//! Whether the stack that a module asks for is large enough, and how large it is if nobody says.

use super::kernel::ROUNDING;
use super::report::{Entry, EntryKind, Report, Way};

/// What a program says of its stack.
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

/// A stack that is too small for what runs on it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Refusal {
    /// The name of the module's file.
    pub file: String,
    /// What the program says of its stack.
    pub requested: StackSize,
    /// What runs on it.
    pub runs: String,
    /// The attribute that says how large it is.
    pub attribute: &'static str,
    /// What that needs.
    pub way: Way,
    /// The smallest stack on its processor.
    pub smallest: u32,
}

/// The size of the stack that a module asks for: for its `main` or its `init`, and for its shell commands. A module without
/// any of them has what it says.
///
/// # Errors
/// When what the program says is less than what one of them needs even if it does not panic. When it leaves that to the
/// linker: when that is more than what is usual, and is not proven to be all; or when more is proven than there can be. Only
/// measured figures of the kernel's functions count against a program.
pub fn check(report: &Report, requested: StackSize) -> Result<u32, Box<Refusal>> {
    let (StackSize::Bytes(said) | StackSize::Automatic { default: said }) = requested;
    let deepest = |way: fn(&Entry) -> &Way| report.on_its_stack().max_by_key(|entry| way(entry).need.bytes());
    let (Some(least), Some(most)) = (deepest(|entry| &entry.least), deepest(|entry| &entry.with_panics)) else {
        return Ok(said);
    };
    let is_resident = report.entries.iter().any(|entry| entry.kind == EntryKind::Init);
    let attribute = if is_resident { "#[rtt_mod::init]" } else { "#[rtt_mod::main]" };
    let refused = |entry: &Entry, way: &Way| {
        Box::new(Refusal {
            file: report.file.clone(),
            requested,
            runs: entry.runs(),
            attribute,
            way: way.clone(),
            smallest: report.smallest_stack,
        })
    };
    let is_proven = report.on_its_stack().all(|entry| entry.with_panics.need.proven().is_some());
    if is_proven && matches!(requested, StackSize::Automatic { .. }) {
        let bytes = u32::try_from(rounded(most.with_panics.need.bytes()));
        let bytes = bytes.ok().filter(|bytes| *bytes <= MAX_BYTES);
        return bytes.map(|bytes| bytes.max(report.smallest_stack)).ok_or_else(|| refused(most, &most.with_panics));
    }
    if least.least.need.bytes() > said.into() || said < report.smallest_stack {
        Err(refused(least, &least.least))
    } else {
        Ok(said)
    }
}

impl Entry {
    /// What runs on the stack, in a message.
    fn runs(&self) -> String {
        match self.kind {
            EntryKind::Main => "its main thread".to_owned(),
            EntryKind::Init => "its `init`".to_owned(),
            EntryKind::Constructor => format!("its constructor {}", self.name),
            EntryKind::Destructor => format!("its destructor {}", self.name),
            _ => format!("its shell command {}", self.name),
        }
    }
}

impl Refusal {
    fn message(&self) -> String {
        let Self { file, requested, runs, attribute, way, smallest } = self;
        let needed = way.need.bytes();
        let (cause, mend) = match requested {
            StackSize::Bytes(bytes) if bytes < smallest => (
                format!("a stack of {bytes} bytes is too small for any thread on its processor"),
                format!("allow it `stack = {smallest}` in `{attribute}` or more, or `stack = \"auto\"`"),
            ),
            StackSize::Bytes(bytes) => (
                format!("{runs} needs {needed} bytes of stack, and has {bytes}"),
                format!("allow it `stack = {}` in `{attribute}` or more, or `stack = \"auto\"`", rounded(needed)),
            ),
            StackSize::Automatic { .. } if needed > MAX_BYTES.into() => (
                format!("{runs} needs {needed} bytes of stack, and {MAX_BYTES} is the most that there is"),
                "keep large variables in a `static`, or in a `Box`".to_owned(),
            ),
            StackSize::Automatic { default } => (
                format!(
                    "{runs} needs at least {needed} bytes of stack, which is more than the usual {default}, and there is no \
                     proof of how much it needs at most"
                ),
                format!("say how much in `{attribute}`: `stack = {}`, or more", rounded(needed)),
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
    use super::super::guard::Frames;
    use super::super::kind::Kind;
    use super::super::report::{Frame, Need};
    use super::*;

    fn way(need: Need) -> Way {
        let bytes = need.bytes() - 240;
        let frame = |name: &str, bytes| Frame { name: name.into(), bytes };
        let frames = vec![
            frame("the kernel, above it", 172),
            frame("main", bytes),
            frame("an exception and a switch of threads", 68),
        ];
        Way { need, frames, is_endless: false }
    }

    fn report(without: Need, with: Need) -> Report {
        let main = entry(EntryKind::Main, "main", without, with);
        Report {
            file: "blink.mo".into(),
            stack_bytes: None,
            smallest_stack: 512,
            worker_stack: 1648,
            interrupt_stack: 2048,
            largest_frame: 0,
            frames: Frames::default(),
            app: None,
            entries: vec![main],
        }
    }

    fn entry(kind: EntryKind, name: &str, without: Need, with: Need) -> Entry {
        let least = way(without.clone());
        let (without_panics, with_panics) = (way(without), way(with));
        Entry { kind, name: name.into(), line: None, without_panics, with_panics, least, in_interrupt: None }
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
    fn a_stack_may_be_too_small_for_the_processor() {
        let report = Report { smallest_stack: 1152, ..report(proven(400), proven(400)) };
        assert!(check(&report, StackSize::Bytes(1152)).is_ok());
        insta::assert_snapshot!(check(&report, StackSize::Bytes(1024)).unwrap_err());
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

    #[test]
    fn a_constructor_runs_on_the_stack_of_main() {
        let mut report = report(proven(800), proven(1600));
        report.entries.push(entry(EntryKind::Constructor, "fill_table", proven(1700), proven(1800)));
        assert_eq!(check(&report, StackSize::Automatic { default: 4096 }), Ok(1856));
        let refusal = check(&report, StackSize::Bytes(1024)).unwrap_err().to_string();
        assert!(refusal.contains("its constructor fill_table needs 1700 bytes of stack"), "{refusal}");
    }

    #[test]
    fn a_command_has_a_stack_of_the_same_size() {
        let mut report = report(proven(800), proven(1600));
        report.entries.push(entry(EntryKind::Kernel(Kind::Command), "blink::faster", proven(1700), proven(1800)));
        report.entries.push(entry(EntryKind::Kernel(Kind::Timer), "blink::tick", proven(9000), proven(9000)));
        assert_eq!(check(&report, StackSize::Automatic { default: 4096 }), Ok(1856));
        insta::assert_snapshot!(check(&report, StackSize::Bytes(1024)).unwrap_err());
    }
}
