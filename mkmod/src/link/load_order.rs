//! The order in which a loader reads a module, and where it may read the tables to.

use super::module::{Import, Module, Relocation, RelocationKind};
use format::Workspace;

/// The unit of the workspace's offset in a note.
const UNIT: u64 = 4;

/// What a relocation in the workspace costs the loader, which has to read it again, and its symbol and name if it has one.
const COST: u64 = 1;
const COST_WITH_IMPORT: u64 = 20;

/// `module` with its relocations in the order of their places, and its imports in the order in which they are used first.
pub fn ordered(module: &Module) -> Module {
    let mut relocations = module.relocations.clone();
    relocations.sort_by_key(|relocation| relocation.place);
    let mut numbers: Vec<Option<usize>> = vec![None; module.imports.len()];
    let mut imports: Vec<Import> = Vec::new();
    let mut number_of = |import: usize| {
        *numbers[import].get_or_insert_with(|| {
            imports.push(module.imports[import].clone());
            imports.len() - 1
        })
    };
    for relocation in &mut relocations {
        relocation.kind = match relocation.kind {
            RelocationKind::Relative => RelocationKind::Relative,
            RelocationKind::Absolute(import) => RelocationKind::Absolute(number_of(import)),
            RelocationKind::GlobalData(import) => RelocationKind::GlobalData(number_of(import)),
            RelocationKind::JumpSlot(import) => RelocationKind::JumpSlot(number_of(import)),
        };
    }
    (0..module.imports.len()).for_each(|import| _ = number_of(import));
    Module { relocations, imports, ..module.clone() }
}

/// Where the workspace is that costs the loader least, in units of a word. Of several places, the last: what is in no file
/// is there. `u16::MAX` if there is none.
///
/// `tables` are the bytes of relocations, symbols and names.
pub fn workspace(module: &Module, segments: usize, tables: [u32; 3]) -> u16 {
    let size = module.image.size.max(module.image.bytes.len().next_multiple_of(module.machine.word() as usize) as u64);
    let Some(workspace) = Workspace::of(size as u32, tables).filter(|_| segments == 1) else {
        return u16::MAX;
    };
    let last = (size - u64::from(workspace.bytes())).min(UNIT * u64::from(u16::MAX - 1)) / UNIT * UNIT;
    let places = module.relocations.iter().map(|relocation| relocation.place + 8).chain([0, last]);
    let places = places.map(|place| place.next_multiple_of(8)).filter(|&place| place <= last);
    let cost = |start: u64| cost(&module.relocations, start, start + u64::from(workspace.bytes()));
    let best = places.min_by_key(|&start| (cost(start), last - start)).unwrap_or(last);
    u16::try_from(best / UNIT).unwrap_or(u16::MAX)
}

/// What the relocations cost whose places are in a range. They are in the order of their places.
fn cost(relocations: &[Relocation], start: u64, end: u64) -> u64 {
    let first = relocations.partition_point(|relocation| relocation.place + 8 <= start);
    let within = relocations[first..].iter().take_while(|relocation| relocation.place < end);
    within.map(|relocation| if relocation.kind.import().is_some() { COST_WITH_IMPORT } else { COST }).sum()
}

#[cfg(test)]
mod tests {
    use super::super::module::Image;
    use super::*;
    use crate::machine::Machine;

    const TABLES: [u32; 3] = [4000; 3];

    fn module(size: u64, relocations: &[(RelocationKind, u64)]) -> Module {
        Module {
            machine: Machine::Arm,
            elf_flags: 0,
            image: Image { bytes: vec![0; 64], gaps: Vec::new(), code_end: 64, size, alignment: 4 },
            entry: 0,
            exports: Vec::new(),
            imports: ["a", "b", "c"].map(Import::global).into(),
            relocations: relocations.iter().map(|&(kind, place)| Relocation { kind, place }).collect(),
        }
    }

    #[test]
    fn imports_are_numbered_in_the_order_of_their_first_use() {
        let kinds =
            [(RelocationKind::Absolute(2), 8), (RelocationKind::Absolute(0), 12), (RelocationKind::Relative, 4)];
        let ordered = ordered(&module(64, &kinds));
        let names: Vec<&str> = ordered.imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names, ["c", "a", "b"]);
        let kinds = ordered.relocations.iter().map(|relocation| (relocation.kind.import(), relocation.place));
        assert_eq!(kinds.collect::<Vec<_>>(), [(None, 4), (Some(0), 8), (Some(1), 12)]);
    }

    #[test]
    fn the_workspace_is_where_nothing_is_relocated() {
        let free = module(4000, &[(RelocationKind::Absolute(0), 0), (RelocationKind::Relative, 3600)]);
        assert_eq!(workspace(&free, 1, TABLES), 2, "between the two");
        assert_eq!(workspace(&module(4000, &[]), 1, TABLES), (4000 - 1712) / 4, "at the end");
        assert_eq!(workspace(&module(100, &[]), 1, TABLES), u16::MAX, "a small image has none");
        assert_eq!(workspace(&module(4000, &[]), 2, TABLES), u16::MAX, "with two segments there is none");
    }
}
