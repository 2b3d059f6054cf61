//! Reports of faults, panics and asserts stand out on a terminal.

use std::io;

use anstyle::{AnsiColor, Style};

use crate::terminal::Screen;

const REPORT: Style = AnsiColor::BrightRed.on_default().bold();

/// A line that is longer is not a report.
const LONGEST: usize = 512;

/// A screen on which the first line of a report is coloured: when it is complete, it is shown once more, over itself.
pub struct Highlighted<S> {
    screen: S,
    /// What the line has so far.
    line: Vec<u8>,
    /// How many characters the terminal has in a line. `None`: it shows no colours.
    columns: Option<usize>,
}

impl<S> Highlighted<S> {
    /// Colours what is shown on `screen`, unless it has no `columns`.
    pub fn new(screen: S, columns: Option<usize>) -> Self {
        Self { screen, line: vec![], columns }
    }
}

impl Highlighted<()> {
    /// The columns of this terminal, if the standard output is one that shows colours.
    pub fn columns() -> Option<usize> {
        let is_coloured = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
        let (columns, _) = crossterm::terminal::size().ok().filter(|_| is_coloured)?;
        Some(usize::from(columns).max(1))
    }
}

impl<S: Screen> Screen for Highlighted<S> {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        let Some(columns) = self.columns else {
            return self.screen.show(text);
        };
        let mut shown = Vec::with_capacity(text.len());
        for &byte in text {
            if byte == b'\n' {
                let line = std::mem::take(&mut self.line);
                shown.extend(again(&String::from_utf8_lossy(&line), columns).into_bytes());
            } else if self.line.len() < LONGEST {
                self.line.push(byte);
            }
            shown.push(byte);
        }
        self.screen.show(&shown)
    }
}

/// What shows a line again in colour, if it is the first of a report: the cursor is at its end.
fn again(line: &str, columns: usize) -> String {
    let line = line.trim_end_matches('\r');
    if !is_report(line) {
        return String::new();
    }
    let rows_above = line.chars().count().saturating_sub(1) / columns;
    let up = if rows_above == 0 { String::new() } else { format!("\x1b[{rows_above}A") };
    format!("{up}\r{REPORT}{line}{REPORT:#}")
}

/// Whether a line is the first of a report: of a panic, of a fault or an overflow, of a quarantine, or of the kernel's.
fn is_report(line: &str) -> bool {
    let of_module = line.starts_with("module '") && line.contains("', thread '");
    let of_panic = line.starts_with("thread '") && line.contains("' panicked at ");
    let of_kernel = ["assertion failed at function:", "hard fault on "];
    of_module || of_panic || line.contains(": quarantined: ") || of_kernel.iter().any(|begin| line.contains(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Shown(Vec<u8>);

    impl Screen for Shown {
        fn show(&mut self, text: &[u8]) -> io::Result<()> {
            self.0.extend(text);
            Ok(())
        }
    }

    fn shown(text: &str, columns: Option<usize>) -> String {
        let mut screen = Highlighted::new(Shown(vec![]), columns);
        // A console brings a line in pieces.
        text.as_bytes().chunks(5).for_each(|piece| screen.show(piece).unwrap());
        String::from_utf8(screen.screen.0).unwrap()
    }

    #[test]
    fn the_first_line_of_a_report_is_shown_again_in_colour() {
        for line in [
            "thread 'greet' panicked at src/main.rs:5:9:",
            "module 'faulty', thread 'faulty': bus fault in a data access at 0xf0000000",
            "hook: quarantined: hooks+0x4 (at 0x20000010) points to its image+0x91, build 0102030405060708",
            "(rt_object_get_type(&m->parent) == 5) assertion failed at function:rt_mutex_take, line number:640 ",
        ] {
            let expected = format!("{line}\r\r{REPORT}{line}{REPORT:#}\nmsh />");
            assert_eq!(shown(&format!("{line}\r\nmsh />"), Some(200)), expected);
        }
    }

    #[test]
    fn a_line_of_several_rows_is_covered_from_its_first() {
        let line = "thread 'a' panicked at src/main.rs:5:9:";
        assert!(shown(&format!("{line}\n"), Some(20)).contains(&format!("\x1b[1A\r{REPORT}")));
        assert!(shown(&format!("{line}\n"), Some(39)).contains(&format!(":\r{REPORT}")));
    }

    #[test]
    fn other_text_and_files_get_no_colours() {
        for text in ["msh />ls\r\nthread 'a' sleeps\r\n", "module 'x'\r\n"] {
            assert_eq!(shown(text, Some(80)), text);
        }
        let text = "thread 'a' panicked at b:1:2:\r\n";
        assert_eq!(shown(text, None), text);
    }
}
