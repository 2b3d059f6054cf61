//! The report for people: at most 80 columns.

use std::fmt::{self, Write as _};

use super::{Cause, Chain, Report, Split};

const COLUMNS: usize = 80;

/// How many functions are told, if nobody says how many.
pub const TOP: usize = 20;

/// How many chains are told of one cause.
const CHAINS: usize = 3;

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
        self.causes.iter().try_for_each(|cause| {
            writeln!(out, "\n{}: {} bytes ({}){}", cause.what, cause.bytes, self.percent(cause.bytes), used_by(cause))?;
            if cause.chains.is_empty() && cause.used_by.is_empty() {
                writeln!(out, "  nothing tells who uses it; is it linked with `--emit-relocs`?")?;
            }
            cause.chains.iter().take(CHAINS).try_for_each(|it| chain(out, it))?;
            match cause.chains.len().saturating_sub(CHAINS) {
                0 => Ok(()),
                more => writeln!(out, "  and from {more} more"),
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

/// A number, and for none a sign that is quieter than 0.
fn count(bytes: u64) -> String {
    if bytes == 0 { "-".to_owned() } else { bytes.to_string() }
}

/// A name of at most `width` characters, with `…` for what its middle does not have room for.
pub fn shortened(name: &str, width: usize) -> String {
    let characters: Vec<char> = name.chars().collect();
    if characters.len() <= width {
        return name.to_owned();
    }
    let head = width / 3;
    let tail = characters.len() - (width - head - 1);
    characters[..head].iter().chain(&['…']).chain(&characters[tail..]).collect()
}

fn used_by(cause: &Cause) -> String {
    match &cause.used_by[..] {
        [] => String::new(),
        others => format!(", used by {}", others.join(" and ")),
    }
}

fn chain(out: &mut String, chain: &Chain) -> fmt::Result {
    let mut line = String::new();
    for (index, step) in chain.steps.iter().enumerate() {
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
