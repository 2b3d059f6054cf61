//! Where the files of a link go.

use std::path::{Path, PathBuf};

/// The hexadecimal digits that cargo adds to a name.
const HASH_DIGITS: usize = 16;

/// Where the module goes that belongs to the ELF at `elf`.
///
/// cargo links `PROFILE/deps/NAME-HASH` and then puts `PROFILE/NAME` in the user's sight (`PROFILE/examples/NAME-HASH`
/// and `PROFILE/examples/NAME` for an example). The module goes beside the latter, under its own name.
pub fn module(elf: &Path, name: &str) -> PathBuf {
    let file = format!("{name}.mo");
    let folder = elf.parent().unwrap_or(Path::new(""));
    match (hashed_stem(elf), folder.file_name()) {
        (Some(_), Some(last)) if last == "deps" => folder.with_file_name(file),
        (Some(_), Some(last)) if last == "examples" => folder.join(file),
        _ => copy(elf),
    }
}

/// Where the program with symbols goes that belongs to the module `name`: beside it, unless cargo puts it there.
pub fn program(elf: &Path, name: &str) -> Option<PathBuf> {
    let is_cargos = hashed_stem(elf)?.replace('_', "-") == name.replace('_', "-");
    let program = module(elf, name).with_extension("");
    (!is_cargos && program != elf).then_some(program)
}

/// A second copy, under the name of the ELF, which outlives `cargo clean`-like removal of the first.
pub fn copy(elf: &Path) -> PathBuf {
    let mut name = elf.as_os_str().to_owned();
    name.push(".mo");
    name.into()
}

/// What a program is called that does not say so itself.
pub fn default_name(elf: &Path) -> &str {
    hashed_stem(elf).or_else(|| elf.file_stem()?.to_str()).unwrap_or("module")
}

fn hashed_stem(elf: &Path) -> Option<&str> {
    let (stem, hash) = elf.file_name()?.to_str()?.rsplit_once('-')?;
    let is_hash = hash.len() == HASH_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beside_what_cargo_shows() {
        let elf = Path::new("t/release/deps/foo_bar-0123456789abcdef");
        assert_eq!(module(elf, "foo-bar"), Path::new("t/release/foo-bar.mo"));
        assert_eq!(default_name(elf), "foo_bar");
        let elf = Path::new("t/release/examples/led-0123456789abcdef");
        assert_eq!(module(elf, "led"), Path::new("t/release/examples/led.mo"));
    }

    #[test]
    fn a_program_with_a_name_of_its_own_is_beside_its_module() {
        let elf = Path::new("t/release/deps/foo_bar-0123456789abcdef");
        assert_eq!(program(elf, "demo"), Some("t/release/demo".into()));
        assert_eq!(program(elf, "foo-bar"), None);
        assert_eq!(program(Path::new("out/app"), "demo"), None);
    }

    #[test]
    fn beside_the_output_otherwise() {
        assert_eq!(module(Path::new("out/app"), "x"), Path::new("out/app.mo"));
        assert_eq!(module(Path::new("deps/foo-bar"), "x"), Path::new("deps/foo-bar.mo"));
        assert_eq!(default_name(Path::new("out/app.elf")), "app");
    }
}
