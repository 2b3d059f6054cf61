//! Divides the image of a module into parts. Each byte belongs to one part.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Place;
use super::program::{Program, Section, Symbol};

/// A gap without a symbol that is shorter than this is padding, since nothing in a module has a larger alignment.
const LARGEST_ALIGNMENT: u64 = 8;

/// A part of the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its addresses.
    pub range: Range<u64>,
    /// The kind of its memory.
    pub place: Place,
    /// Its content.
    pub content: Content,
}

/// The content of a part of the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A function or a variable.
    Symbol {
        /// Its name as in the ELF file.
        name: String,
        /// The source file or the codegen unit that it comes from.
        unit: Option<String>,
    },
    /// A piece of a section without a symbol, such as the string that a constant points to.
    Unnamed {
        /// The name of the section.
        section: String,
    },
    /// A gap for alignment.
    Padding,
}

/// Divides the image, of `resident` bytes from address 0, into parts without gaps or overlaps.
pub fn cut(program: &Program, resident: u64) -> Vec<Part> {
    let targets: BTreeSet<u64> = program.references.iter().map(|reference| reference.to).collect();
    let mut cutter = Cutter { parts: vec![], at: 0 };
    for section in &program.sections {
        cutter.padding(section.range.start, section.place);
        cutter.section(section, &program.symbols, &targets);
    }
    cutter.padding(resident, Place::Data);
    cutter.parts
}

/// The index of the part at an address.
pub fn part_at(parts: &[Part], address: u64) -> Option<usize> {
    let index = parts.partition_point(|part| part.range.end <= address);
    (index < parts.len()).then_some(index)
}

struct Cutter {
    parts: Vec<Part>,
    at: u64,
}

impl Cutter {
    fn section(&mut self, section: &Section, symbols: &[Symbol], targets: &BTreeSet<u64>) {
        let mut inside: Vec<&Symbol> =
            symbols.iter().filter(|symbol| section.range.contains(&symbol.range.start)).collect();
        // Of several symbols at one address the largest counts, then the first by name.
        inside.sort_by_key(|symbol| (symbol.range.start, u64::MAX - symbol.range.end, &symbol.name));
        for (index, symbol) in inside.iter().enumerate() {
            self.gap(section, symbol.range.start, targets);
            let end = match symbol.range.is_empty() {
                true => inside[index + 1..]
                    .iter()
                    .map(|next| next.range.start)
                    .find(|&start| start > symbol.range.start)
                    .unwrap_or(section.range.end),
                false => symbol.range.end.min(section.range.end),
            };
            let content = Content::Symbol { name: symbol.name.clone(), unit: symbol.unit.clone() };
            self.part(end, section.place, content);
        }
        self.gap(section, section.range.end, targets);
    }

    /// Adds the bytes without a symbol, up to `end`.
    fn gap(&mut self, section: &Section, end: u64, targets: &BTreeSet<u64>) {
        if self.at >= end {
            return;
        }
        let starts: Vec<u64> = targets.range(self.at..end).copied().collect();
        let first = starts.first().copied().unwrap_or(end);
        if first - self.at < LARGEST_ALIGNMENT && is_filling(section, self.at..first) {
            self.padding(first, section.place);
        }
        for next in starts.into_iter().chain([end]) {
            self.part(next, section.place, Content::Unnamed { section: section.name.clone() });
        }
    }

    fn padding(&mut self, end: u64, place: Place) {
        self.part(end, place, Content::Padding);
    }

    fn part(&mut self, end: u64, place: Place, content: Content) {
        if self.at < end {
            self.parts.push(Part { range: self.at..end, place, content });
            self.at = end;
        }
    }
}

/// Whether bytes without a reference are padding. Code is padded with instructions.
fn is_filling(section: &Section, range: Range<u64>) -> bool {
    let offset = |address: u64| (address - section.range.start) as usize;
    let bytes = section.bytes.get(offset(range.start)..offset(range.end)).unwrap_or_default();
    section.place == Place::Text || bytes.iter().all(|&byte| byte == 0)
}

#[cfg(test)]
mod tests {
    use super::super::program::Reference;
    use super::*;

    fn program(bytes: &[u8], symbols: &[(&str, Range<u64>)], targets: &[u64]) -> Program {
        let range = 4..4 + bytes.len() as u64;
        let section = Section { name: ".rodata".into(), range, place: Place::Rodata, bytes: bytes.to_vec() };
        let symbol =
            |(name, range): &(&str, Range<u64>)| Symbol { name: (*name).to_owned(), range: range.clone(), unit: None };
        Program {
            sections: vec![section],
            symbols: symbols.iter().map(symbol).collect(),
            references: targets.iter().map(|&to| Reference { from: 0, to, is_branch: false }).collect(),
        }
    }

    fn told(program: &Program, resident: u64) -> Vec<(u64, String)> {
        let parts = cut(program, resident);
        assert_eq!(parts.iter().map(|part| part.range.end - part.range.start).sum::<u64>(), resident);
        let tell = |part: Part| match part.content {
            Content::Symbol { name, .. } => (part.range.start, name),
            Content::Unnamed { section } => (part.range.start, section),
            Content::Padding => (part.range.start, "padding".to_owned()),
        };
        parts.into_iter().map(tell).collect()
    }

    fn expected(parts: &[(u64, &str)]) -> Vec<(u64, String)> {
        parts.iter().map(|&(start, name)| (start, name.to_owned())).collect()
    }

    #[test]
    fn bytes_without_a_symbol_are_padding_or_unnamed() {
        let program = program(b"abcd\0\0\0\0efgh", &[("a", 4..8), ("e", 12..16)], &[]);
        assert_eq!(
            told(&program, 20),
            expected(&[(0, "padding"), (4, "a"), (8, "padding"), (12, "e"), (16, "padding")])
        );
    }

    #[test]
    fn bytes_with_a_reference_are_not_padding() {
        let program = program(b"ab\0\0cd\0ef\0", &[("ab", 4..6)], &[8, 11]);
        assert_eq!(
            told(&program, 14),
            expected(&[(0, "padding"), (4, "ab"), (6, "padding"), (8, ".rodata"), (11, ".rodata")])
        );
    }

    #[test]
    fn overlapping_symbols_count_once() {
        let symbols = [("memcpy", 4..12), ("__aeabi_memcpy", 4..12), ("inner", 6..14)];
        assert_eq!(
            told(&program(&[1; 12], &symbols, &[]), 16),
            expected(&[(0, "padding"), (4, "__aeabi_memcpy"), (12, "inner"), (14, ".rodata")])
        );
    }

    #[test]
    fn a_function_without_a_size_goes_as_far_as_the_next() {
        let symbols = [("in_assembly", 4..4), ("next", 12..16)];
        assert_eq!(
            told(&program(&[1; 12], &symbols, &[]), 16),
            expected(&[(0, "padding"), (4, "in_assembly"), (12, "next")])
        );
    }
}
