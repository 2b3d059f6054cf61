//! kernel-glue compiled alone: for processors that no board has, and with options that it refuses.

use std::ffi::OsString;
use std::fs;

use setup::process;

use crate::board::Board;
use crate::manifest::Manifest;
use crate::step::{self, Step};
use crate::{Error, rt_thread, toolchain};

/// Compiles all C files of kernel-glue with the compiler's flags `cpu` in place of the board's own, and with the headers and
/// the configuration of `board`. A warning is an error. `name` names the folder of the objects.
///
/// # Errors
/// When RT-Thread can't be downloaded, when the compiler is missing, or when it warns. What it said is printed.
pub fn compile_glue(board: &Board, name: &str, cpu: &[&str]) -> Result<(), Error> {
    let mut manifest = Manifest::of(board, &rt_thread::root()?)?;
    manifest.cpu = cpu.iter().map(|&flag| flag.to_owned()).collect();
    let folder = setup::workspace::target_dir().join("firmware/compiled").join(name);
    let _lock = crate::lock(&folder).map_err(|error| Error::Folder(folder.clone(), error))?;
    let glue = manifest.sources.iter().filter(|source| source.is_of_glue());
    let steps: Vec<Step> = glue.map(|source| strict(toolchain::compile(&manifest, source, &folder))).collect();
    Ok(step::run(&steps, &format!("kernel-glue for {name}"))?)
}

/// What the compiler says of `file`, a path below `kernel-glue`, in the firmware of `board` with `changes` at the end of its
/// `rtconfig.h`. It is empty if the file compiles.
///
/// # Errors
/// When RT-Thread can't be downloaded, when the compiler is missing, or when no file has this path.
pub fn complaints(board: &Board, file: &str, changes: &str) -> Result<String, Error> {
    let manifest = Manifest::of(board, &rt_thread::root()?)?;
    let folder = tempfile::tempdir().map_err(|error| Error::Folder(std::env::temp_dir(), error))?;
    let configuration = folder.path().join("rtconfig.h");
    let text = format!("#include_next <rtconfig.h>\n{changes}\n");
    fs::write(&configuration, text).map_err(|error| Error::Folder(folder.path().to_owned(), error))?;
    let source = manifest.sources.iter().find(|source| source.is_of_glue() && source.path.ends_with(file));
    let source = source.ok_or_else(|| Error::NoSuchFile(file.to_owned()))?;
    let compile = toolchain::compile(&manifest, source, folder.path());
    let mut compiler = setup::tool(compile.program);
    // The folder has to be in front of those that the arguments name.
    compiler.arg("-I").arg(folder.path()).args(before_output(&compile)).arg("-fsyntax-only");
    Ok(String::from_utf8_lossy(&process::output(&mut compiler)?.stderr).into_owned())
}

/// The arguments of `compile` without the names of the files that it makes.
fn before_output(compile: &Step) -> impl Iterator<Item = &OsString> {
    let makes = [compile.output.as_os_str(), compile.dependencies.as_os_str()];
    let is_output = move |argument: &&OsString| {
        makes.contains(&argument.as_os_str()) || ["-MD", "-MF", "-o"].iter().any(|flag| *argument == flag)
    };
    compile.arguments.iter().filter(move |argument| !is_output(argument))
}

fn strict(mut step: Step) -> Step {
    step.arguments.push(OsString::from("-Werror"));
    step
}
