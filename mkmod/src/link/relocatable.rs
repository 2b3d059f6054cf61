//! The link of a program that becomes a part of the firmware: one relocatable object with everything in it.

use std::ffi::OsString;

use super::args::Invocation;
use super::error::LinkError;
use super::files;
use super::lld::Lld;

/// Set in the environment by `mkmod build --static`, for which cargo calls this linker as well.
pub const ASKED: &str = "MKMOD_STATIC";

/// The section of the variables that do not begin as zero.
pub const VARIABLES: &str = ".data.rttm";

/// The section of the other variables.
pub const ZEROS: &str = ".bss.rttm";

/// What the firmware calls; all that they don't need is left out.
const ROOTS: [&str; 2] = ["main", "module_init"];

/// Links all of a program, and leaves open what it wants of the firmware.
///
/// # Errors
/// When lld can't be started, or has reported errors.
pub fn link(invocation: &Invocation) -> Result<(), LinkError> {
    let scratch = tempfile::tempdir().map_err(|source| LinkError::Write { path: std::env::temp_dir(), source })?;
    let script = scratch.path().join("variables.ld");
    files::write(&script, variables().as_bytes())?;
    let ours = [
        "--relocatable".to_owned(),
        "--gc-sections".to_owned(),
        "--entry=0".to_owned(),
        format!("--script={}", script.display()),
        format!("--output={}", invocation.output.display()),
    ];
    let roots = ROOTS.map(|root| format!("--undefined={root}"));
    let ours = ours.into_iter().chain(roots).map(OsString::from);
    let output = Lld::find()?.link(invocation.inputs.iter().cloned().chain(ours), scratch.path())?;
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// Each kind of variable in one place: they are set anew for each run.
fn variables() -> String {
    format!(
        "SECTIONS {{\n  {VARIABLES} : {{ *(.data .data.* .sdata .sdata.*) }}\n  {ZEROS} : {{ *(.bss .bss.* .sbss .sbss.* COMMON) }}\n}}\n"
    )
}
