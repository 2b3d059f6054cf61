//! Functions that are to be called before `main` or after it.

use super::layout::Layout;
use super::{PackError, Shared};
use crate::link::diagnostic::Diagnostic;
use crate::link::module::{Export, ExportKind};
use crate::module::Module;
use format::{Code, Isa, Span, symbol};

/// Sections that list functions which no loader of modules calls.
const SECTIONS: [&str; 3] = [".preinit_array", ".ctors", ".dtors"];

/// Whether there are none that no loader of modules calls.
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

/// The symbols by which the loader finds constructors and destructors.
///
/// # Errors
/// When they are not in the image.
pub fn of<I: Isa>(shared: &Shared<'_, I>, layout: &Layout) -> Result<Vec<Export>, PackError> {
    let tables = shared.file.tables();
    let arrays = [(symbol::CONSTRUCTORS, tables.constructors), (symbol::DESTRUCTORS, tables.destructors)];
    let arrays = arrays.into_iter().filter(|(_, array)| array.size > 0);
    arrays.map(|(name, array)| export(name, array, layout)).collect()
}

fn export(name: &str, array: Span, layout: &Layout) -> Result<Export, PackError> {
    let address = layout.moved(array.start)?.into();
    Ok(Export { kind: ExportKind::Data, name: name.into(), address, size: array.size.into() })
}
