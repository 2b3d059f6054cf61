//! Outputs of the last link under another name, when the name of a program has changed.
//!
//! Left alone, the module under the old name would stay beside the new one and look current.

use std::fs;
use std::path::Path;

use super::output;
use crate::elf::ElfFile;
use crate::module::Module;

/// Removes what the last link of the program at `elf` has left under another name than `name`.
///
/// What has another build id is another program's, and stays. A file that can't be removed does no more than look current.
pub fn remove(elf: &Path, name: &str) {
    let Some((old_name, build_id)) = named(&output::copy(elf)).filter(|(old_name, _)| old_name != name) else {
        return;
    };
    let module = output::module(elf, &old_name);
    if named(&module).is_some_and(|(_, found)| found == build_id) {
        let _ = fs::remove_file(module);
    }
    if let Some(program) = output::program(elf, &old_name).filter(|path| build_id_of(path) == Some(build_id)) {
        let _ = fs::remove_file(program);
    }
}

/// The name and the build id in a module's note.
fn named(module: &Path) -> Option<(String, [u8; 8])> {
    let bytes = fs::read(module).ok()?;
    let note = Module::parse(&module.to_string_lossy(), &bytes).ok()?.note?.ok()?;
    Some((note.name, note.build_id))
}

fn build_id_of(program: &Path) -> Option<[u8; 8]> {
    let bytes = fs::read(program).ok()?;
    ElfFile::parse(&bytes).ok()?.build_id()?.try_into().ok()
}
