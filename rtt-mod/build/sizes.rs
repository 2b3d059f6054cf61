//! The sizes of enums and of `wchar_t` on the firmware, which flags of its compiler may change. On Arm, its ELF file says them.

use std::{path::Path, process::Command};

/// What `readelf -A` prints, and the argument that makes clang do the same.
const ARGUMENTS: &[(&str, &str)] = &[
    ("Tag_ABI_enum_size: small", "-fshort-enums"),
    ("Tag_ABI_enum_size: int", "-fno-short-enums"),
    ("Tag_ABI_enum_size: forced to int", "-fno-short-enums"),
    ("Tag_ABI_PCS_wchar_t: 2", "-fshort-wchar"),
    ("Tag_ABI_PCS_wchar_t: 4", "-fno-short-wchar"),
];

/// Arguments for the sizes of the firmware in the ELF file `kernel`. The compiler `gcc` has a `readelf` beside it.
pub fn arguments(kernel: &Path, gcc: &str) -> Result<Vec<String>, String> {
    println!("cargo::rerun-if-changed={}", kernel.display());
    let program = gcc.replace("gcc", "readelf");
    let wrong = |what: &str| {
        let mend = "set it to the firmware's ELF file, or leave it unset and put the flags for enums and `wchar_t` into RTT_CFLAGS";
        Err(format!("RTT_KERNEL is `{}`, {what}: {mend}", kernel.display()))
    };
    match Command::new(&program).arg("-A").arg(kernel).output() {
        Err(error) => wrong(&format!("which {program} reads, and that can't be started ({error})")),
        Ok(output) if !output.status.success() => wrong("which is no ELF file"),
        Ok(output) => Ok(named(&String::from_utf8_lossy(&output.stdout))),
    }
}

fn named(attributes: &str) -> Vec<String> {
    let is_there = |attribute: &str| attributes.lines().any(|line| line.trim() == attribute);
    let arguments = ARGUMENTS.iter().filter(|(attribute, _)| is_there(attribute));
    arguments.map(|(_, argument)| (*argument).to_owned()).collect()
}
