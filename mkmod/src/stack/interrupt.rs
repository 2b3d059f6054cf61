//! Whether what a module does in interrupts keeps to its budget of the stack there.
//!
//! That stack is the firmware's, and all interrupts that are nested share it: an overflow can't be contained.

use super::report::{Entry, EntryKind, Need, Report, Way};

/// A closure that may take too much of the stack of interrupts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct InterruptRefusal {
    /// The name of the module's file.
    pub file: String,
    /// What is called in an interrupt.
    pub name: String,
    /// Where it begins.
    pub line: Option<String>,
    /// What it may take, in bytes.
    pub most: u64,
    /// What it needs.
    pub way: Way,
}

/// Holds the closures of hard timers and of devices to `most` bytes of the stack of interrupts, panics included.
///
/// # Errors
/// When one needs more, or when there is no proof that it does not.
pub fn check(report: &Report, most: u64) -> Result<(), Box<InterruptRefusal>> {
    let exceeds = |entry: &&Entry| entry.with_panics.need.proven().is_none_or(|bytes| bytes > most);
    let deepest = report.entries.iter().filter(|entry| is_in_interrupt(entry.kind)).filter(exceeds);
    match deepest.max_by_key(|entry| entry.with_panics.need.bytes()) {
        None => Ok(()),
        Some(Entry { name, line, with_panics, .. }) => Err(Box::new(InterruptRefusal {
            file: report.file.clone(),
            name: name.clone(),
            line: line.clone(),
            most,
            way: with_panics.clone(),
        })),
    }
}

fn is_in_interrupt(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Kernel(kind) if kind.is_in_interrupt())
}

impl InterruptRefusal {
    fn message(&self) -> String {
        let Self { file, name, line, most, way } = self;
        let place = line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
        let cause = match &way.need {
            Need::Proven { bytes } => format!("needs {bytes} bytes of the stack of interrupts"),
            Need::AtLeast { bytes, reason } => {
                format!(
                    "needs at least {bytes} bytes of the stack of interrupts, and there is no proof of the most: {reason}"
                )
            }
        };
        format!(
            "{file}: {name}{place} {cause}; `max-interrupt-stack` allows {most}; let a thread do the work, and only wake it \
             there\n{}",
            way.table()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::guard::Frames;
    use super::super::kind::Kind;
    use super::super::report::Frame;
    use super::*;

    fn report(kind: Kind, need: Need) -> Report {
        let frames = vec![Frame { name: "blink::tick".into(), bytes: need.bytes() - 68 }];
        let way = Way { need, frames };
        let entry = Entry {
            kind: EntryKind::Kernel(kind),
            name: "blink::tick".into(),
            line: Some("src/main.rs:12".into()),
            without_panics: way.clone(),
            with_panics: way.clone(),
            least: way,
        };
        let (file, stack_bytes, smallest_stack, largest_frame) = ("blink.mo".into(), None, 512, 0);
        Report {
            file,
            stack_bytes,
            smallest_stack,
            worker_stack: 1648,
            largest_frame,
            frames: Frames::default(),
            app: None,
            entries: vec![entry],
        }
    }

    #[test]
    fn a_proven_need_is_held_to_the_budget() {
        let report = report(Kind::Interrupt, Need::Proven { bytes: 600 });
        assert!(check(&report, 600).is_ok());
        insta::assert_snapshot!(check(&report, 512).unwrap_err());
    }

    #[test]
    fn what_is_not_proven_exceeds_every_budget() {
        let need = Need::AtLeast { bytes: 100, reason: "blink::walk calls itself".into() };
        insta::assert_snapshot!(check(&report(Kind::Callback, need), 512).unwrap_err());
    }

    #[test]
    fn what_runs_in_a_thread_has_no_budget() {
        assert!(check(&report(Kind::Timer, Need::Proven { bytes: 6000 }), 512).is_ok());
    }
}
