//! `mkmod trace`: puts function, file and line to the addresses in the reports of a kernel.
//!
//! A report of a fault, a stack overflow or a quarantine has addresses in the image of a module, and the module's build. The
//! ELF file of the same build has the names, of inlined functions too. Text passes through unchanged; the names are printed
//! behind the line that has the addresses.

mod line;
mod program;
mod programs;

use std::fmt::Write as _;
use std::io;

use line::{Address, Line, Place};
use program::Program;
pub use program::build_in;
pub use programs::{Programs, TraceError, find};

use crate::terminal::Screen;

/// The names behind the addresses of a console.
pub struct Tracer {
    programs: Programs,
    /// The line that is not complete yet.
    line: Vec<u8>,
    /// The build in the report that is being printed.
    build: Option<[u8; 8]>,
}

impl Tracer {
    /// A tracer that takes the names from these programs.
    pub fn new(programs: Programs) -> Self {
        Self { programs, line: vec![], build: None }
    }

    /// Returns the next text of the console, with the names in it.
    pub fn take(&mut self, text: &[u8]) -> Vec<u8> {
        let mut traced = vec![];
        for &byte in text {
            traced.push(byte);
            self.line.push(byte);
            if byte == b'\n' {
                let line = std::mem::take(&mut self.line);
                traced.extend(self.names(&line));
            }
        }
        traced
    }

    /// The names for a line, with the same end of line as it has.
    fn names(&mut self, line: &[u8]) -> Vec<u8> {
        let text = String::from_utf8_lossy(line);
        let Line { addresses, build } = Line::read(text.trim_end());
        if build.is_some() {
            self.build = build;
        }
        let names: String = addresses.iter().map(|address| self.name(address)).collect();
        if text.ends_with("\r\n") { names.replace('\n', "\r\n").into() } else { names.into() }
    }

    fn name(&mut self, address: &Address) -> String {
        let (program, shown) = match (address.place, self.build) {
            (Place::Kernel, _) => (self.programs.kernel(), format!("{:#010x}", address.value)),
            (Place::Module, None) => return String::new(),
            (Place::Module, Some(build)) => match self.programs.of_build(build) {
                Some(program) => (Some(program), format!("image+{:#x}", address.value)),
                None => return self.programs.complaint(build),
            },
        };
        program.map(|program| frames(program, address, &shown)).unwrap_or_default()
    }
}

fn frames(program: &Program, address: &Address, shown: &str) -> String {
    let mut text = String::new();
    for (index, frame) in program.frames(address.of_instruction()).iter().enumerate() {
        let (prefix, place) = if index == 0 { (shown, "") } else { ("", "inlined into ") };
        let line = frame.line.as_ref().map(|line| format!(" at {line}")).unwrap_or_default();
        // A String takes everything.
        let _ = writeln!(text, "    {prefix:<14} {place}{}{line}", frame.function);
    }
    text
}

/// A screen that shows the names too.
pub struct Traced<S> {
    tracer: Tracer,
    screen: S,
}

impl<S: Screen> Traced<S> {
    /// Shows the text and the names on `screen`.
    pub fn new(tracer: Tracer, screen: S) -> Self {
        Self { tracer, screen }
    }
}

impl<S: Screen> Screen for Traced<S> {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        self.screen.show(&self.tracer.take(text))
    }
}
