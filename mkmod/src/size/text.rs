//! The report as text of at most 80 columns.

use std::fmt::{self, Write as _};

use super::{CallPath, Feature, Report, Split};

const COLUMNS: usize = 80;

/// The default number of functions.
pub const TOP: usize = 20;

/// The most call paths that are shown for a feature.
const PATHS: usize = 3;

impl Report {
    /// The report with the `top` largest functions.
    pub fn text(&self, top: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, top).map_or_else(|fmt::Error| String::new(), |()| out)
    }

    fn write(&self, out: &mut String, top: usize) -> fmt::Result {
        writeln!(out, "{}: {} resident bytes\n", self.file, self.resident)?;
        writeln!(out, "{:>8} {:>6} {:>7} {:>7} {:>7} {:>7}  crate", "bytes", "%", "text", "rodata", "data", "bss")?;
        for row in &self.crates {
            self.row(out, row.bytes, row.split, &row.name)?;
        }
        self.row(out, self.resident, self.split, "all")?;
        writeln!(out, "\n{:>8} {:>6} {:>7} {:>7}  function", "bytes", "%", "text", "rodata")?;
        for row in self.functions.iter().take(top) {
            let Split { text, rodata, .. } = row.split;
            let percent = self.percent(row.bytes);
            let name = shortened(&row.name, COLUMNS - 33);
            writeln!(out, "{:>8} {percent:>6} {:>7} {:>7}  {name}", row.bytes, count(text), count(rodata))?;
        }
        let rest = self.functions.get(top..).unwrap_or_default();
        if !rest.is_empty() {
            let bytes: u64 = rest.iter().map(|row| row.bytes).sum();
            writeln!(out, "{bytes:>8} {:>6} {:16}  in {} more", self.percent(bytes), "", rest.len())?;
        }
        self.features.iter().try_for_each(|feature| {
            writeln!(
                out,
                "\n{}: {} bytes ({}){}",
                feature.name,
                feature.bytes,
                self.percent(feature.bytes),
                used_by(feature)
            )?;
            if feature.paths.is_empty() && feature.used_by.is_empty() {
                writeln!(out, "  the callers are not known; link with `--emit-relocs`")?;
            }
            feature.paths.iter().take(PATHS).try_for_each(|it| call_path(out, it))?;
            match feature.paths.len().saturating_sub(PATHS) {
                0 => Ok(()),
                more => writeln!(out, "  and {more} more"),
            }
        })
    }

    fn row(&self, out: &mut String, bytes: u64, split: Split, name: &str) -> fmt::Result {
        let kinds = [split.text, split.rodata, split.data, split.bss].map(count);
        let [text, rodata, data, bss] = kinds;
        let name = shortened(name, COLUMNS - 49);
        writeln!(out, "{bytes:>8} {:>6} {text:>7} {rodata:>7} {data:>7} {bss:>7}  {name}", self.percent(bytes))
    }

    fn percent(&self, bytes: u64) -> String {
        let thousandths = (bytes * 1000 + self.resident / 2) / self.resident.max(1);
        format!("{}.{}%", thousandths / 10, thousandths % 10)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text(TOP))
    }
}

/// A number, with `-` for 0.
fn count(bytes: u64) -> String {
    if bytes == 0 { "-".to_owned() } else { bytes.to_string() }
}

/// A name of at most `width` characters. A longer one has `…` in place of its middle.
pub fn shortened(name: &str, width: usize) -> String {
    let characters: Vec<char> = name.chars().collect();
    if characters.len() <= width {
        return name.to_owned();
    }
    let head = width / 3;
    let tail = characters.len() - (width - head - 1);
    characters[..head].iter().chain(&['…']).chain(&characters[tail..]).collect()
}

fn used_by(feature: &Feature) -> String {
    match &feature.used_by[..] {
        [] => String::new(),
        others => format!(", used by {}", others.join(" and ")),
    }
}

fn call_path(out: &mut String, path: &CallPath) -> fmt::Result {
    let mut line = String::new();
    for (index, step) in path.steps.iter().enumerate() {
        let place = step.line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
        let room = (COLUMNS - 6).saturating_sub(place.chars().count()).max(20);
        let word = shortened(&step.function, room) + &place;
        if index == 0 {
            line = format!("  {word}");
        } else if line.chars().count() + 3 + word.chars().count() > COLUMNS {
            writeln!(out, "{line}")?;
            line = format!("    → {word}");
        } else {
            line += &format!(" → {word}");
        }
    }
    writeln!(out, "{line}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_lose_their_middle() {
        assert_eq!(shortened("core::fmt::write", 16), "core::fmt::write");
        assert_eq!(shortened("core::fmt::Formatter::pad", 16), "core:…atter::pad");
        assert_eq!(shortened("abcdefghij", 7), "ab…ghij");
    }
}
