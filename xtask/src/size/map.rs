//! The sizes of kernel-glue's files in a firmware, read from the linker's map, which lists what `--gc-sections` has left.

use std::collections::BTreeMap;
use std::path::Path;

use super::cost::Cost;

/// Prefixes of sections that are in the file but not in memory.
const NOT_LOADED: [&str; 4] = [".debug", ".comment", ".ARM.attributes", ".riscv.attributes"];

/// The sizes of kernel-glue's objects in a map of GNU ld, without empty ones.
pub fn costs(map: &str) -> BTreeMap<String, Cost> {
    let (_, placed) = map.split_once("Linker script and memory map").unwrap_or_default();
    let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
    // A section with a long name has a line for its name alone.
    let mut section = "";
    for line in placed.lines() {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        if line.starts_with(' ') && words.len() == 1 {
            section = words[0];
            continue;
        }
        if line.starts_with("    ") {
            words.insert(0, section);
        }
        section = "";
        if let [section, address, size, path @ ..] = &words[..]
            && let (Some(address), Some(size)) = (number(address), number(size))
            && address > 0
            && size > 0
            && let Some(name) = glue_object(&path.join(" "))
        {
            *costs.entry(name).or_default() += cost(section, size);
        }
    }
    costs.retain(|_, cost| *cost != Cost::default());
    costs
}

fn number(text: &str) -> Option<i64> {
    i64::from_str_radix(text.strip_prefix("0x")?, 16).ok()
}

fn cost(section: &str, size: i64) -> Cost {
    match section {
        _ if section.starts_with(".bss") || section == "COMMON" => Cost { rom: 0, ram: size },
        _ if section.starts_with(".data") => Cost { rom: size, ram: size },
        _ if NOT_LOADED.iter().any(|prefix| section.starts_with(prefix)) => Cost::default(),
        _ => Cost { rom: size, ram: 0 },
    }
}

/// The name of a file of kernel-glue or of the loader: `end.c` for `…/kernel-glue/src/end.c.o`.
fn glue_object(path: &str) -> Option<String> {
    let name = Path::new(path).file_name()?.to_str()?;
    let is_of_glue = path.contains("/kernel-glue/") || name == "rttm_loader.o";
    is_of_glue.then(|| name.strip_suffix(".o").unwrap_or(name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "
Discarded input sections
 .text.gone     0x00000000       0x10 /t/kernel-glue/src/end.c.o
Linker script and memory map
 .text.rttm_end
                0x00001000       0x20 /t/kernel-glue/src/end.c.o
 .rodata        0x00001020        0x4 /t/kernel-glue/src/end.c.o
 .text          0x00001024      0x100 /t/rt-thread/src/idle.c.o
 .bss.waiters   0x20000000        0x8 /t/kernel-glue/src/run.c.o
 .data.x        0x20000008        0x2 /t/kernel-glue/src/run.c.o
 .debug_info    0x00000010       0x99 /t/kernel-glue/src/run.c.o
 .ARM.attributes
                0x0000002d       0x2d /t/kernel-glue/src/run.c.o
 .text.load     0x00001124        0x6 /t/loader/rttm_loader.o
";

    #[test]
    fn what_is_left_of_the_glue_is_added_up() {
        let expected = [("end.c", 36, 0), ("rttm_loader", 6, 0), ("run.c", 2, 10)];
        let expected = expected.map(|(name, rom, ram)| (name.to_owned(), Cost { rom, ram }));
        assert_eq!(costs(MAP), BTreeMap::from(expected));
    }
}
