//! Whether the kernel's functions take and return what the module was compiled for.

use super::program::Program;
use super::{Case, Cause, Finding, imports};
use crate::module::Import;
use crate::prototype::Prototype;
use crate::symbols::Declaration;

/// Compares every declaration of an import that left its prototype with the kernel's.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let program = case.program.as_ref().filter(|program| is_of_this_build(case, program));
    let mut declared = program.map(Program::prototypes).unwrap_or_default();
    declared.sort();
    declared.dedup();
    let differing = declared.into_iter().filter_map(|(name, ours)| {
        let import = case.module.imports.iter().find(|import| import.name == name && !import.places.is_empty())?;
        let theirs = case.kernel.prototypes.get(&name)?;
        (theirs.prototype != ours).then(|| finding(case, import, theirs, ours))
    });
    differing.collect()
}

/// [`super::note`] tells if it is not.
fn is_of_this_build(case: &Case<'_>, program: &Program<'_>) -> bool {
    let ids = program.build_id().zip(case.module.complete_note());
    ids.is_none_or(|(build_id, note)| build_id == note.build_id)
}

fn finding(case: &Case<'_>, import: &Import, theirs: &Declaration, ours: Prototype) -> Finding {
    let kernel = match &theirs.source {
        Some(source) => format!("{} ({source})", case.kernel.name),
        None => case.kernel.name.clone(),
    };
    let cause = Cause::Prototype { name: import.name.clone(), kernel, theirs: theirs.prototype.clone(), ours };
    Finding::new(cause).used_by(imports::users(case, import)).help(mend(&import.name))
}

fn mend(name: &str) -> &'static str {
    if name.starts_with("rtt") {
        "the firmware's kernel-glue and the program's rtt-mod are of different versions: bring both up to date"
    } else {
        "declare it as the kernel's header does; if bindgen makes the declaration, run it again on that header"
    }
}

/// What the difference is, in words.
pub fn difference(name: &str, kernel: &str, theirs: &Prototype, ours: &Prototype) -> String {
    let takes = format!("takes {}", theirs.arguments_in_words());
    let passes = format!("passes {}", ours.arguments_in_words());
    let returns = format!("returns {}", theirs.result_in_words());
    let expects = format!("expects {}", ours.result_in_words());
    let (does, wants) = match (theirs.takes_as(ours), theirs.result == ours.result) {
        (false, true) => (takes, passes),
        (true, _) => (returns, expects),
        (false, false) => (format!("{takes} and {returns}"), format!("{passes} and {expects} back")),
    };
    format!("`{name}` {does} in {kernel}, but the module {wants}")
}
