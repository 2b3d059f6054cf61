//! Whether the module's note is there, complete and true. The dry run compares its checksum.

use super::{Case, Cause, Finding, abi};
use crate::module::Note;

/// Looks at the note.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    match &case.module.note {
        Some(Ok(note)) => lies(case, note),
        Some(Err(error)) => vec![Finding::new(Cause::NoteTexts(*error)).help("build it again, or copy it again")],
        None => absent(case),
    }
}

/// A module that uses the ABI has to have one, which the dry run tells.
fn absent(case: &Case<'_>) -> Vec<Finding> {
    let uses_abi = case.module.imports.iter().any(|import| abi::is_marker(&import.name));
    if uses_abi { vec![] } else { vec![Finding::new(Cause::NoNote).help("link it with mkmod-ld")] }
}

fn lies(case: &Case<'_>, note: &Note) -> Vec<Finding> {
    let mut causes = vec![];
    causes.extend(empty_field(note).map(|field| Cause::NoteField { field }));
    let imported = case.module.imports.iter().find_map(|import| abi::version(&import.name));
    if imported.unwrap_or(0) != note.abi_major {
        causes.push(Cause::NoteAbi { told: note.abi_major, imported });
    }
    let image = case.module.image_bytes();
    if u64::from(note.heap_bytes) > image {
        causes.push(Cause::NoteHeap { heap: note.heap_bytes, image });
    }
    if case.module.entry.is_none() && !note.library {
        causes.push(Cause::NoteEntry);
    }
    let findings = causes.into_iter().map(|cause| Finding::new(cause).help("build it again, or copy it again"));
    findings.chain(other_build(case, note)).collect()
}

fn empty_field(note: &Note) -> Option<&'static str> {
    let fields = [(&note.name, "name"), (&note.target, "target")];
    fields.into_iter().find(|(text, _)| text.is_empty()).map(|(_, field)| field)
}

fn other_build(case: &Case<'_>, note: &Note) -> Option<Finding> {
    let found = case.program.as_ref()?.build_id()?;
    (found != note.build_id).then(|| Finding::new(Cause::OtherBuild).help("build it again, or copy both files"))
}
