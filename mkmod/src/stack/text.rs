//! The report for people: at most 80 columns.

use std::fmt::{self, Write as _};

use super::report::{Entry, EntryKind, Need, Report, Way};
use crate::size::shortened;

const COLUMNS: usize = 80;

/// A step of a way: indentation, its bytes, those so far, its name.
const STEP: usize = 19;

/// What the module asks for, what is needed, and in parentheses what is not proven.
const ROW: usize = 35;

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}: stack of its threads and callbacks\n", self.file)?;
        writeln!(out, "{:>10} {:>13} {:>8}  entry", "needs", "with panics", "has")?;
        for entry in &self.entries {
            self.row(out, entry)?;
        }
        if self.entries.iter().any(super::report::Entry::is_open) {
            writeln!(out, "\n+ and perhaps more: there is no proof that it is all")?;
        }
        for entry in &self.entries {
            let (without, with) = (&entry.without_panics, &entry.with_panics);
            write!(out, "\n{}: {}\n{}", entry.title(COLUMNS - 30), without.message(), without.table())?;
            if with != without {
                write!(out, "with panics: {}\n{}", with.message(), with.table())?;
            }
        }
        Ok(())
    }
}

impl Report {
    fn row(&self, out: &mut impl fmt::Write, entry: &Entry) -> fmt::Result {
        let bytes = self.stack_bytes.filter(|_| entry.kind.is_on_its_stack());
        let has = bytes.map_or_else(|| "-".to_owned(), |bytes| bytes.to_string());
        let [without, with] = [&entry.without_panics, &entry.with_panics].map(|way| way.need.short());
        writeln!(out, "{without:>10} {with:>13} {has:>8}  {}", entry.title(COLUMNS - ROW))
    }
}

impl Entry {
    /// What it is, in at most `width` columns.
    fn title(&self, width: usize) -> String {
        let kind = match self.kind {
            EntryKind::Main | EntryKind::Init => return shortened(&self.name, width),
            EntryKind::Kernel(kind) => kind.name(),
            EntryKind::Constructor => "constructor",
            EntryKind::Destructor => "destructor",
            EntryKind::Export => "export",
            EntryKind::Loader => "loader",
        };
        let place = self.line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
        let room = width.saturating_sub(kind.len() + 1 + place.chars().count()).max(16);
        format!("{kind} {}{place}", shortened(&self.name, room))
    }

    fn is_open(&self) -> bool {
        [&self.without_panics, &self.with_panics].iter().any(|way| way.need.proven().is_none())
    }
}

impl Need {
    fn short(&self) -> String {
        match self {
            Self::Proven { bytes } => format!("{bytes} "),
            Self::AtLeast { bytes, .. } => format!("{bytes}+"),
        }
    }
}

impl Way {
    fn message(&self) -> String {
        match &self.need {
            Need::Proven { bytes } => format!("{bytes} bytes"),
            Need::AtLeast { bytes, reason } => format!("at least {bytes} bytes\n  {reason}"),
        }
    }

    /// What is on the stack, line by line.
    pub fn table(&self) -> String {
        let mut out = format!("{:>8} {:>8}  on the stack\n", "bytes", "in all");
        let mut depth = 0u64;
        for frame in &self.frames {
            depth = depth.saturating_add(frame.bytes);
            let name = shortened(&frame.name, COLUMNS - STEP);
            // A `String` takes all that is written to it.
            let _ = writeln!(out, "{:>8} {depth:>8}  {name}", frame.bytes);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::guard::Frames;
    use super::super::kind::Kind;
    use super::super::report::Frame;
    use super::*;

    fn way(need: Need, frames: &[(&str, u64)]) -> Way {
        let frames = frames.iter().map(|(name, bytes)| Frame { name: (*name).into(), bytes: *bytes });
        Way { need, frames: frames.collect(), is_endless: false }
    }

    #[test]
    fn each_entry_has_its_way() {
        let switch = ("an exception and a switch of threads", 68);
        let above = ("the kernel, above it", 172);
        let main = [above, ("main", 64), ("rttm_print (kernel)", 304), switch];
        let thread = [above, ("rtt_mod::sys::thread::packet::enter", 40), ("rttm_thread_sleep (kernel)", 272), switch];
        let deeper = [
            above,
            ("rtt_mod::sys::thread::packet::enter", 40),
            ("blinker::walk_through_a_tree_of_many_branches::with_a_long_name", 900),
            switch,
        ];
        let report = Report {
            file: "blinker.mo".into(),
            stack_bytes: Some(1024),
            smallest_stack: 512,
            worker_stack: 1648,
            interrupt_stack: 2048,
            largest_frame: 900,
            frames: Frames::default(),
            app: None,
            entries: vec![
                Entry {
                    kind: EntryKind::Main,
                    name: "main".into(),
                    line: None,
                    without_panics: way(Need::Proven { bytes: 608 }, &main),
                    with_panics: way(Need::Proven { bytes: 608 }, &main),
                    least: way(Need::Proven { bytes: 608 }, &main),
                    in_interrupt: None,
                },
                Entry {
                    kind: EntryKind::Kernel(Kind::Thread),
                    name: "blinker::main::{closure#0}".into(),
                    line: Some("src/main.rs:12".into()),
                    without_panics: way(Need::Proven { bytes: 552 }, &thread),
                    with_panics: way(
                        Need::AtLeast { bytes: 1180, reason: "blinker::walk calls itself".into() },
                        &deeper,
                    ),
                    least: way(Need::Proven { bytes: 552 }, &thread),
                    in_interrupt: None,
                },
            ],
        };
        insta::assert_snapshot!(report);
    }
}
