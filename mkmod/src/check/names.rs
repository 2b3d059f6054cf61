//! Whether the names of the module and of its exports suit the kernel.

use super::{Case, Cause, Finding};
use crate::symbols::Loader;

/// `RT_NAME_MAX` of many configurations, for kernels that do not say it.
const NAME_MAX_USUAL: u32 = 8;

/// Checks the name of the file and those of the exports.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let exports = case.module.exports.iter().filter(|export| case.kernel.exports.contains_key(&export.name));
    let shadows = exports.map(|export| {
        let cause = Cause::Shadow { name: export.name.clone(), kernel: case.kernel.name.clone() };
        Finding::new(cause).help("rename it")
    });
    shadows.chain(file_name(case)).collect()
}

/// dlmodule cuts the name at `RT_NAME_MAX` and writes its end behind it, into the type of the object. kernel-glue only
/// shows a shorter name.
fn file_name(case: &Case<'_>) -> Option<Finding> {
    let name_max = case.kernel.name_max.unwrap_or(NAME_MAX_USUAL);
    let stem = case.subject.file_name.rsplit_once('.').map_or(case.subject.file_name, |(stem, _)| stem);
    if stem.len() < name_max as usize {
        return None;
    }
    let (stem, kernel) = (stem.to_owned(), case.kernel.name.clone());
    let cause = match case.loader {
        Loader::Glue => Cause::NameCut { stem, kernel, name_max },
        Loader::Dlmodule => Cause::NameOverflow { stem, kernel, name_max },
    };
    Some(Finding::new(cause).help(format!("use a name of at most {} characters", name_max - 1)))
}
