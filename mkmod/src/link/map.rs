//! lld's link map: which object a place in the output comes from.

use std::collections::{BTreeMap, BTreeSet};

/// The parts of all output sections.
#[derive(Debug, Default)]
pub struct LinkMap {
    outputs: BTreeMap<String, BTreeMap<u64, Part>>,
}

/// What an output section has from one object.
#[derive(Debug, PartialEq, Eq)]
pub struct Part {
    /// The first address behind it.
    pub end: u64,
    /// The alignment that it asks for.
    pub alignment: u64,
    /// The object: a path, or `ARCHIVE(MEMBER)`.
    pub object: String,
}

/// Four columns of numbers, then names: output sections at once, what they are made of eight columns to the right,
/// symbols sixteen.
const PART_INDENT: usize = 8;

impl LinkMap {
    /// Reads what lld writes for `-Map`.
    pub fn parse(text: &str) -> Self {
        let mut map = Self::default();
        let mut output = "";
        for Row { address, size, alignment, name } in text.lines().skip(1).filter_map(Row::parse) {
            match name.len() - name.trim_start().len() {
                0 => output = name,
                PART_INDENT if size > 0 => {
                    let (object, _section) = name.trim_start().rsplit_once(":(").unwrap_or((name, ""));
                    let part = Part { end: address + size, alignment, object: object.to_owned() };
                    map.outputs.entry(output.to_owned()).or_default().insert(address, part);
                }
                _ => {}
            }
        }
        map
    }

    /// What is at `address` of an output section.
    pub fn part_at(&self, output: &str, address: u64) -> Option<&Part> {
        let (_, part) = self.outputs.get(output)?.range(..=address).next_back()?;
        (address < part.end).then_some(part)
    }

    /// What an output section is made from.
    pub fn parts_in(&self, output: &str) -> impl Iterator<Item = &Part> {
        self.outputs.get(output).into_iter().flat_map(BTreeMap::values)
    }

    /// The objects that an output section is made from.
    pub fn objects_in(&self, output: &str) -> BTreeSet<&str> {
        self.parts_in(output).map(|part| part.object.as_str()).collect()
    }

    /// All objects with something in the output.
    pub fn objects(&self) -> BTreeSet<&str> {
        let parts = self.outputs.values().flat_map(BTreeMap::values);
        parts.map(|part| part.object.as_str()).filter(|object| !object.starts_with('<')).collect()
    }
}

struct Row<'a> {
    address: u64,
    size: u64,
    alignment: u64,
    /// With its indentation.
    name: &'a str,
}

impl<'a> Row<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let (address, rest) = number(line, 16)?;
        let (_load_address, rest) = number(rest, 16)?;
        let (size, rest) = number(rest, 16)?;
        let (alignment, rest) = number(rest, 10)?;
        Some(Self { address, size, alignment, name: rest.strip_prefix(' ')? })
    }
}

fn number(text: &str, radix: u32) -> Option<(u64, &str)> {
    let text = text.trim_start();
    let end = text.find(' ')?;
    Some((u64::from_str_radix(&text[..end], radix).ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "\
     VMA      LMA     Size Align Out     In      Symbol
       0        0        0     1 . = 0
       0        0       8a     4 .text
       0        0       5c     4         app.o:(.text.main)
       0        0        0     1                 $t
       1        1       5c     1                 main
      70       70       1a     2         libc.a(str.o):(.text.strlen)
       0        0       37     1 .rtt_mod.note
       0        0       37     1         app.o:(.rtt_mod.note)
       0        0      150     4 .symtab
       0        0      150     4         <internal>:(.symtab)
";

    #[test]
    fn places_belong_to_objects() {
        let map = LinkMap::parse(MAP);
        let object_at = |output, address| map.part_at(output, address).map(|part| part.object.as_str());
        assert_eq!(object_at(".text", 0x5b), Some("app.o"));
        assert_eq!(object_at(".text", 0x5c), None);
        assert_eq!(object_at(".text", 0x71), Some("libc.a(str.o)"));
        assert_eq!(object_at(".data", 0), None);
        assert_eq!(map.part_at(".text", 0).unwrap().alignment, 4);
    }

    #[test]
    fn objects_are_listed_once() {
        let map = LinkMap::parse(MAP);
        let objects: Vec<&str> = map.objects().into_iter().collect();
        assert_eq!(objects, ["app.o", "libc.a(str.o)"]);
        assert_eq!(map.objects_in(".rtt_mod.note").len(), 1);
    }
}
