//! Whether what a module does in interrupts keeps to its part of the stack there.
//!
//! That stack is the firmware's, and all interrupts that are nested share it: an overflow can't be contained, and stops the
//! kernel. So a build fails if a closure that is called there may recur without end, unless its package allows that.

use super::report::{Entry, Need, Report, Way};

/// How much of the stack of interrupts the closures of a package may take, panics included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterruptStack {
    /// So many bytes, and there has to be a proof.
    Bytes(u64),
    /// What is usual on the processor. What can't be proven for another reason than a recursion is trusted: no safe code alone
    /// goes on without end.
    Usual,
    /// Whatever they take.
    Unlimited,
}

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
    /// What the package says of it.
    pub allowed: InterruptStack,
    /// How many bytes that is.
    pub most: u64,
    /// What it needs.
    pub way: Way,
}

/// Holds the closures of hard timers, of devices and of pins to what is allowed of the stack of interrupts.
///
/// # Errors
/// When one needs more, or may need more.
pub fn check(report: &Report, allowed: InterruptStack) -> Result<(), Box<InterruptRefusal>> {
    let most = match allowed {
        InterruptStack::Bytes(bytes) => bytes,
        InterruptStack::Usual => report.interrupt_stack,
        InterruptStack::Unlimited => return Ok(()),
    };
    let ways = report.entries.iter().filter_map(|entry| Some((entry, entry.in_interrupt.as_ref()?)));
    let deepest = ways.filter(|(_, way)| exceeds(way, allowed, most)).max_by_key(|(_, way)| way.rank());
    match deepest {
        None => Ok(()),
        Some((Entry { name, line, .. }, way)) => Err(Box::new(InterruptRefusal {
            file: report.file.clone(),
            name: name.clone(),
            line: line.clone(),
            allowed,
            most,
            way: way.clone(),
        })),
    }
}

fn exceeds(way: &Way, allowed: InterruptStack, most: u64) -> bool {
    let is_unproven = match allowed {
        InterruptStack::Bytes(_) => way.need.proven().is_none(),
        InterruptStack::Usual | InterruptStack::Unlimited => way.is_endless,
    };
    is_unproven || way.need.bytes() > most
}

impl Way {
    /// The worst one comes last.
    fn rank(&self) -> (bool, u64) {
        (self.is_endless, self.need.bytes())
    }
}

impl InterruptRefusal {
    fn message(&self) -> String {
        let Self { file, name, line, way, .. } = self;
        let place = line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
        format!("{file}: {name}{place} {}; {}\n{}", self.cause(), self.mend(), way.table())
    }

    fn cause(&self) -> String {
        let Self { allowed, most, way, .. } = self;
        match (&way.need, allowed) {
            (Need::AtLeast { reason, .. }, InterruptStack::Usual) if way.is_endless => {
                format!("may use up the stack of interrupts, which stops the kernel: {reason}")
            }
            (need, InterruptStack::Usual) => {
                format!("needs {} bytes of the stack of interrupts, and {most} are usual", need.bytes())
            }
            (Need::Proven { bytes }, _) => {
                format!("needs {bytes} bytes of the stack of interrupts; `max-interrupt-stack` allows {most}")
            }
            (Need::AtLeast { bytes, reason }, _) => format!(
                "needs at least {bytes} bytes of the stack of interrupts, and there is no proof of the most: {reason}; \
                 `max-interrupt-stack` allows {most}"
            ),
        }
    }

    fn mend(&self) -> String {
        const MEND: &str = "let a thread do the work, and only wake it there";
        let value = match self.allowed {
            InterruptStack::Usual if self.way.is_endless => "\"unlimited\"".to_owned(),
            InterruptStack::Usual => self.way.need.bytes().to_string(),
            InterruptStack::Bytes(_) | InterruptStack::Unlimited => return MEND.to_owned(),
        };
        format!("{MEND}, or set `max-interrupt-stack = {value}` in `[package.metadata.mkmod]` of its Cargo.toml")
    }
}

#[cfg(test)]
mod tests {
    use super::super::guard::Frames;
    use super::super::kind::Kind;
    use super::super::report::{EntryKind, Frame};
    use super::*;

    fn report(kind: Kind, need: Need) -> Report {
        let is_endless = need.proven().is_none();
        let frames = vec![Frame { name: "blink::tick".into(), bytes: need.bytes() - 68 }];
        let way = Way { need, frames, is_endless };
        let entry = Entry {
            kind: EntryKind::Kernel(kind),
            name: "blink::tick".into(),
            line: Some("src/main.rs:12".into()),
            without_panics: way.clone(),
            with_panics: way.clone(),
            least: way.clone(),
            in_interrupt: kind.is_in_interrupt().then_some(way),
        };
        let (file, stack_bytes, smallest_stack, largest_frame) = ("blink.mo".into(), None, 512, 0);
        Report {
            file,
            stack_bytes,
            smallest_stack,
            worker_stack: 1648,
            interrupt_stack: 2048,
            largest_frame,
            frames: Frames::default(),
            app: None,
            entries: vec![entry],
        }
    }

    #[test]
    fn a_proven_need_is_held_to_the_budget() {
        let report = report(Kind::Interrupt, Need::Proven { bytes: 600 });
        assert!(check(&report, InterruptStack::Bytes(600)).is_ok());
        insta::assert_snapshot!(check(&report, InterruptStack::Bytes(512)).unwrap_err());
    }

    #[test]
    fn what_is_not_proven_exceeds_every_budget() {
        let need = Need::AtLeast { bytes: 100, reason: "blink::walk calls itself".into() };
        insta::assert_snapshot!(check(&report(Kind::Callback, need), InterruptStack::Bytes(512)).unwrap_err());
    }

    #[test]
    fn what_runs_in_a_thread_has_no_budget() {
        assert!(check(&report(Kind::Timer, Need::Proven { bytes: 6000 }), InterruptStack::Bytes(512)).is_ok());
    }

    #[test]
    fn without_a_budget_a_recursion_is_refused() {
        let need = Need::AtLeast { bytes: 100, reason: "blink::walk calls itself".into() };
        let report = report(Kind::Interrupt, need);
        assert!(check(&report, InterruptStack::Unlimited).is_ok());
        insta::assert_snapshot!(check(&report, InterruptStack::Usual).unwrap_err());
    }

    #[test]
    fn without_a_budget_the_usual_one_holds() {
        let need = |bytes| report(Kind::Callback, Need::Proven { bytes });
        assert!(check(&need(2048), InterruptStack::Usual).is_ok());
        assert!(check(&need(2049), InterruptStack::Unlimited).is_ok());
        insta::assert_snapshot!(check(&need(2049), InterruptStack::Usual).unwrap_err());
    }

    #[test]
    fn without_a_budget_a_call_that_is_not_known_is_trusted() {
        let need = Need::AtLeast { bytes: 100, reason: "what rt_pin_write needs is not known".into() };
        let mut report = report(Kind::Interrupt, need);
        for way in report.entries.iter_mut().filter_map(|entry| entry.in_interrupt.as_mut()) {
            way.is_endless = false;
        }
        assert!(check(&report, InterruptStack::Usual).is_ok());
        assert!(check(&report, InterruptStack::Bytes(512)).is_err());
    }
}
