//! lld's link map: which object a place in the output comes from.

use std::collections::BTreeSet;
use std::ops::Range;

/// The parts of all output sections, in the order in which they are laid out.
#[derive(Debug, Default)]
pub struct LinkMap {
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    output: String,
    addresses: Range<u64>,
    object: String,
}

/// Four columns of numbers, then names: output sections at once, what they are made of eight columns to the right,
/// symbols sixteen.
const PART_INDENT: usize = 8;

impl LinkMap {
    /// Reads what lld writes for `-Map`.
    pub fn parse(text: &str) -> Self {
        let mut map = Self::default();
        let mut output = "";
        for line in text.lines().skip(1) {
            let Some((address, size, name)) = columns(line) else {
                continue;
            };
            match name.len() - name.trim_start().len() {
                0 => output = name,
                PART_INDENT => {
                    let (object, _section) = name.trim_start().rsplit_once(":(").unwrap_or((name, ""));
                    map.parts.push(Part {
                        output: output.to_owned(),
                        addresses: address..address + size,
                        object: object.to_owned(),
                    });
                }
                _ => {}
            }
        }
        map
    }

    /// The object that is at `address` of an output section: a path, or `ARCHIVE(MEMBER)`.
    pub fn object_at(&self, output: &str, address: u64) -> Option<&str> {
        self.parts
            .iter()
            .find(|part| part.output == output && part.addresses.contains(&address))
            .map(|part| part.object.as_str())
    }

    /// The objects that an output section is made from.
    pub fn objects_in(&self, output: &str) -> BTreeSet<&str> {
        self.parts
            .iter()
            .filter(|part| part.output == output && !part.addresses.is_empty())
            .map(|part| part.object.as_str())
            .collect()
    }

    /// All objects with something in the output.
    pub fn objects(&self) -> BTreeSet<&str> {
        self.parts.iter().map(|part| part.object.as_str()).filter(|object| !object.starts_with('<')).collect()
    }
}

/// Address, size, and the name with its indentation.
fn columns(line: &str) -> Option<(u64, u64, &str)> {
    let (address, rest) = number(line, 16)?;
    let (_load_address, rest) = number(rest, 16)?;
    let (size, rest) = number(rest, 16)?;
    let (_align, rest) = number(rest, 10)?;
    Some((address, size, rest.strip_prefix(' ')?))
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
        assert_eq!(map.object_at(".text", 0x5b), Some("app.o"));
        assert_eq!(map.object_at(".text", 0x71), Some("libc.a(str.o)"));
        assert_eq!(map.object_at(".text", 0x8b), None);
        assert_eq!(map.object_at(".data", 0), None);
    }

    #[test]
    fn objects_are_listed_once() {
        let map = LinkMap::parse(MAP);
        let objects: Vec<&str> = map.objects().into_iter().collect();
        assert_eq!(objects, ["app.o", "libc.a(str.o)"]);
        assert_eq!(map.objects_in(".rtt_mod.note").len(), 1);
    }
}
