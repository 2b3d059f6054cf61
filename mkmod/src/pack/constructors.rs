//! Functions that are to be called before `main` or after it, by nobody.

use super::PackError;
use crate::module::Module;

/// Sections of them besides `.init_array` and `.preinit_array`, which every check of a module refuses.
const SECTIONS: [&str; 3] = [".fini_array", ".ctors", ".dtors"];

/// Whether there are none.
///
/// # Errors
/// When there are.
pub fn check(linked: &Module) -> Result<(), PackError> {
    let is_one = |name: &str| SECTIONS.contains(&name);
    match linked.sections.iter().find(|(name, section)| is_one(name) && section.is_loaded() && section.size > 0) {
        Some((name, _)) => Err(PackError::Constructors(name.clone())),
        None => Ok(()),
    }
}
