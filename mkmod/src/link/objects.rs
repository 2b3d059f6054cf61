//! The objects that went into a link, opened again for what lld does not carry over.

use std::collections::BTreeMap;
use std::path::Path;

use super::diagnostic::Object;
use super::error::LinkError;
use super::map::LinkMap;
use super::target::{Attributes, Width};
use crate::elf::{ARM_ATTRIBUTES, Archive, ArmAttributes, ElfError, ElfFile};
use crate::machine::Machine;

/// What all code in the link needs, joined. (lld keeps the attributes of the first object only.)
///
/// # Errors
///
/// When an object can't be read.
pub fn attributes(map: &LinkMap) -> Result<Attributes, LinkError> {
    let mut by_file: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let objects: Vec<Object> = map.objects().into_iter().map(Object::from).collect();
    for object in &objects {
        match object.member() {
            Some((archive, member)) => by_file.entry(archive).or_default().push(member),
            None => drop(by_file.entry(&object.0).or_default()),
        }
    }
    let mut joined = Attributes::default();
    for (path, members) in by_file {
        let path = Path::new(path);
        let data = std::fs::read(path).map_err(|source| LinkError::Read { path: path.into(), source })?;
        let of_file = of_file(&data, &members)
            .map_err(|source| LinkError::Malformed { what: path.display().to_string(), source })?;
        joined = joined.join(of_file);
    }
    Ok(joined)
}

fn of_file(data: &[u8], members: &[&str]) -> Result<Attributes, ElfError> {
    if members.is_empty() {
        return of_object(data);
    }
    let mut joined = Attributes::default();
    for member in Archive::parse(data)?.members() {
        let (name, object) = member?;
        if members.contains(&name) {
            joined = joined.join(of_object(object)?);
        }
    }
    Ok(joined)
}

/// Bitcode and linker scripts have no attributes.
fn of_object(data: &[u8]) -> Result<Attributes, ElfError> {
    if !data.starts_with(b"\x7fELF") {
        return Ok(Attributes::default());
    }
    let file = ElfFile::parse(data)?;
    match (Machine::of(&file), file.section_by_name(ARM_ATTRIBUTES)) {
        (Some(Machine::Riscv32), _) => Ok(Attributes::riscv(Width::Bits32, file.flags())),
        (Some(Machine::Riscv64), _) => Ok(Attributes::riscv(Width::Bits64, file.flags())),
        (_, Some(section)) => ArmAttributes::parse(section.data).map(Attributes::arm),
        (_, None) => Ok(Attributes::default()),
    }
}
