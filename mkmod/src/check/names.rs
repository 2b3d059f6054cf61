//! Whether the names of the module and of its exports get on with the kernel's.

use super::{Case, Cause, Finding};

/// `RT_NAME_MAX` of many configurations, where the kernel does not say.
const NAME_MAX_USUAL: u32 = 8;

/// Looks at the file's name and the exports'.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let exports = case.module.exports.iter().filter(|export| case.kernel.exports.contains_key(&export.name));
    let shadows = exports.map(|export| {
        let cause = Cause::Shadow { name: export.name.clone(), kernel: case.kernel.name.clone() };
        Finding::new(cause).help("give it another name")
    });
    shadows.chain(file_name(case)).collect()
}

/// dlmodule cuts the name at `RT_NAME_MAX`, and then writes the end behind it, into the object's type. kernel-glue
/// mends that: there the name is only shown cut.
fn file_name(case: &Case<'_>) -> Option<Finding> {
    let name_max = case.kernel.name_max.unwrap_or(NAME_MAX_USUAL);
    let stem = case.subject.file_name.rsplit_once('.').map_or(case.subject.file_name, |(stem, _)| stem);
    if stem.len() < name_max as usize {
        return None;
    }
    let (stem, kernel) = (stem.to_owned(), case.kernel.name.clone());
    let cause = match case.kernel.abi_major() {
        Some(_) => Cause::NameCut { stem, kernel, name_max },
        None => Cause::NameOverflow { stem, kernel, name_max },
    };
    Some(Finding::new(cause).help(format!("name it with at most {} characters", name_max - 1)))
}
