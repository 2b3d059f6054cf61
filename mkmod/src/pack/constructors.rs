//! Functions that are to be called before `main` or after it, which a packed module has no place for.

use super::PackError;
use crate::link::diagnostic::Diagnostic;
use crate::module::Module;
use format::Code;

/// The sections that list them.
const SECTIONS: [&str; 5] = [".preinit_array", ".init_array", ".fini_array", ".ctors", ".dtors"];

/// Whether there are none.
///
/// # Errors
/// When there are.
pub fn check(linked: &Module) -> Result<(), PackError> {
    let is_one = |name: &str| SECTIONS.contains(&name);
    match linked.sections.iter().find(|(name, section)| is_one(name) && section.is_loaded() && section.size > 0) {
        Some((name, _)) => {
            let subject = format!("section `{name}`");
            Err(PackError::Wrong(Diagnostic::new(subject, Code::Constructors)))
        }
        None => Ok(()),
    }
}
