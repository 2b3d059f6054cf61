//! The command lines of GCC.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use object::{Object, ObjectSymbol};
use setup::process;

use super::manifest::{Manifest, Owner, Source};
use super::step::Step;

/// The prefix of functions that replace others: GNU ld's `--wrap`.
const WRAP: &str = "__wrap_";

/// The step that compiles `source` to an object below `folder`.
pub fn compile(manifest: &Manifest, source: &Source, folder: &Path) -> Step {
    let output = with_suffix(&folder.join("objects").join(&source.name), ".o");
    let dependencies = with_suffix(&output, ".d");
    let mut arguments = words(&["-std=gnu99", "-Os", "-g", "-ffunction-sections", "-fdata-sections"]);
    // Of two options for the optimization, GCC takes the last one.
    arguments.extend(words(&manifest.cpu));
    arguments.extend(match source.owner {
        Owner::RtThread => words(&["-w"]),
        Owner::Project => words(&["-Wall", "-Wextra", "-Wshadow", "-Wconversion"]),
    });
    arguments.extend(words(&source.flags));
    arguments.extend(manifest.include.iter().flat_map(|path| ["-I".into(), path.into()]));
    // As system headers, so that GCC prints no warnings about them.
    arguments.extend(manifest.rt_thread_include.iter().flat_map(|path| ["-isystem".into(), path.into()]));
    arguments.extend(["-MD".into(), "-MF".into(), dependencies.clone().into()]);
    arguments.extend(["-c".into(), source.path.clone().into(), "-o".into(), output.clone().into()]);
    Step { program: manifest.compiler, arguments, output, dependencies }
}

/// Compiles `source` with GCC's static analysis, to an object that nobody links. A warning is an error.
pub fn analyze(manifest: &Manifest, source: &Source, folder: &Path) -> Step {
    let mut step = compile(manifest, source, &folder.join("analysis"));
    step.arguments.extend(words(&["-fanalyzer", "-Werror"]));
    step
}

/// The step that links `objects` to `elf`. Each function of `wraps` is replaced by the one called `__wrap_NAME`.
pub fn link(manifest: &Manifest, objects: &[PathBuf], wraps: &[String], elf: &Path) -> Step {
    let dependencies = with_suffix(elf, ".d");
    let mut arguments: Vec<OsString> = words(&manifest.cpu);
    arguments.extend(words(&[
        "-nostartfiles",
        "-Wl,--gc-sections",
        "-Wl,--no-warn-rwx-segments",
        "-Wl,-z,noexecstack",
    ]));
    arguments.extend(words(&manifest.link));
    arguments.extend(wraps.iter().map(|function| format!("-Wl,--wrap={function}").into()));
    arguments.extend(manifest.linker_scripts.iter().flat_map(|path| ["-T".into(), path.into()]));
    let mut dependency_file = OsString::from("-Wl,--dependency-file=");
    dependency_file.push(&dependencies);
    arguments.push(dependency_file);
    let mut map = OsString::from("-Wl,-Map=");
    map.push(elf.with_extension("map"));
    arguments.push(map);
    arguments.extend(objects.iter().map(Into::into));
    arguments.extend(["-o".into(), elf.into()]);
    Step { program: manifest.compiler, arguments, output: elf.to_owned(), dependencies }
}

/// The functions that an object replaces: it defines a `__wrap_NAME` for each.
pub fn wraps(object: &Path) -> Result<Vec<String>, Box<dyn std::error::Error + Send + Sync>> {
    let data = fs::read(object)?;
    let file = object::File::parse(&*data)?;
    let defined = file.symbols().filter(ObjectSymbol::is_definition);
    Ok(defined.filter_map(|symbol| symbol.name().ok()?.strip_prefix(WRAP).map(str::to_owned)).collect())
}

/// The macros that `header` defines, as `NAME=VALUE`.
pub fn macros(manifest: &Manifest, header: &str) -> Result<Vec<String>, process::Error> {
    let mut gcc = setup::tool(manifest.compiler);
    gcc.args(&manifest.cpu).args(["-E", "-dM", "-x", "c", "/dev/null", "-include", header]);
    gcc.args(manifest.include.iter().map(|folder| format!("-I{}", folder.display())));
    let text = process::text(&mut gcc)?;
    let macros = text.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    Ok(macros.map(|(name, value)| format!("{name}={value}")).collect())
}

fn words<T: AsRef<str>>(words: &[T]) -> Vec<OsString> {
    words.iter().map(|word| word.as_ref().into()).collect()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
