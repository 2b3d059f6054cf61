//! The description of a module for people: at most 80 columns.

use super::{About, Info, Size};
use crate::escape::escaped;
use std::fmt;

const COLUMNS: usize = 80;

impl fmt::Display for Info {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.note {
            Some(about) => title(out, about)?,
            None => writeln!(out, "{}: a module without a note, not made by mkmod-ld", self.file)?,
        }
        writeln!(out)?;
        sizes(out, &self.size)?;
        if let Some(about) = &self.note {
            writeln!(out)?;
            wishes(out, about)?;
        }
        list(out, "imports", self.imports.len(), &self.imports)?;
        list(out, "exports", self.exports.len(), &self.exports)?;
        let relocations: Vec<_> = self.relocations.iter().map(|(name, count)| format!("{name} {count}")).collect();
        list(out, "relocations", self.relocations.values().sum(), &relocations)
    }
}

fn title(out: &mut fmt::Formatter<'_>, about: &About) -> fmt::Result {
    let name = format!("{} {}", escaped(&about.name), escaped(&about.version));
    let description = escaped(&about.description);
    if description.is_empty() {
        return writeln!(out, "{name}");
    }
    let lines = wrapped(description.split_whitespace(), " ", COLUMNS - name.len().min(40) - 2);
    let mut lines = lines.iter();
    writeln!(out, "{name}: {}", lines.next().map_or("", |line| line))?;
    lines.try_for_each(|line| writeln!(out, "  {line}"))
}

fn sizes(out: &mut fmt::Formatter<'_>, size: &Size) -> fmt::Result {
    field(out, "file", &format!("{:>8} bytes", size.file))?;
    field(out, "resident", &format!("{:>8} bytes ({} loaded, {} zeroed)", size.resident, size.loaded, size.zeroed))?;
    if size.heap > 0 {
        let rest = size.resident_without_heap;
        field(out, "heap", &format!("{:>8} bytes of it; {rest} resident without", size.heap))?;
    }
    field(out, "load peak", &format!("{:>8} bytes (file and image, in RT-Thread's own loader)", size.load_peak))?;
    field(out, "alignment", &format!("{:>8} bytes", size.alignment))
}

fn wishes(out: &mut fmt::Formatter<'_>, about: &About) -> fmt::Result {
    field(out, "target", &escaped(&about.target))?;
    field(out, "ABI", about.abi.as_deref().unwrap_or("none"))?;
    field(out, "starts", &starts(about))?;
    if let Some(memheap) = &about.memory {
        field(out, "memory", &format!("the memheap {}", escaped(memheap)))?;
    }
    if let Some(stack) = about.stack {
        let proven = if about.stack_is_proven { ", proven to be enough" } else { "" };
        field(out, "stack", &format!("{stack} bytes{proven}"))?;
        if let Some(frame) = about.largest_frame {
            field(out, "frame", &format!("{frame} bytes, the largest that may lie at the end of a stack"))?;
        }
        let priority = about.priority.map(|priority| priority.to_string());
        field(out, "priority", priority.as_deref().unwrap_or("that of the thread that loads it"))?;
    }
    field(out, "build id", &about.build_id)?;
    let verdict = if about.checksum_is_true { "right" } else { "WRONG: the file is damaged" };
    field(out, "checksum", &format!("{} ({verdict})", about.checksum))
}

fn starts(about: &About) -> String {
    if about.library && !about.resident {
        return "a library: opened by other modules".into();
    }
    let when = if about.autostart { "at boot" } else { "by name" };
    let from = if about.command { ", as a command in /bin" } else { "" };
    let then = if about.resident { "; resident: it stays until it is unloaded" } else { "" };
    format!("{when}{from}{then}")
}

fn field(out: &mut fmt::Formatter<'_>, name: &str, value: &str) -> fmt::Result {
    writeln!(out, "  {name:<10} {value}")
}

fn list(out: &mut fmt::Formatter<'_>, name: &str, count: usize, items: &[String]) -> fmt::Result {
    writeln!(out, "\n{name} ({count})")?;
    let lines = wrapped(items.iter().map(String::as_str), ", ", COLUMNS - 3);
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

/// Joins `items` to lines of at most `width` characters, where each fits.
fn wrapped<'t>(items: impl Iterator<Item = &'t str>, separator: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for item in items {
        match lines.last_mut() {
            Some(line) if line.chars().count() + separator.len() + item.chars().count() <= width => {
                line.push_str(separator);
                line.push_str(item);
            }
            last => {
                if let Some(line) = last {
                    line.push_str(separator.trim_end());
                }
                lines.push(item.into());
            }
        }
    }
    lines
}
