//! The macros that SCons passes to the compiler, besides those of `rtconfig.h`: the kernel's build scripts list them.

use std::{fs, path::Path};

/// The build scripts with the macros that the kernel's headers need.
const SCRIPTS: &[&str] = &["src/SConscript", "components/libc/compilers/newlib/SConscript"];

/// Arguments that define the macros of the RT-Thread in `root`; none for a script that is not there.
pub fn arguments(root: &Path) -> Vec<String> {
    let text = |script: &&str| fs::read_to_string(root.join(script)).unwrap_or_default();
    let listed = SCRIPTS.iter().map(text).flat_map(|text| listed(&text));
    listed.map(|define| format!("-D{define}")).collect()
}

/// The strings in `CPPDEFINES = ['ONE', 'TWO=2']`, an assignment or an argument of a script.
fn listed(script: &str) -> Vec<String> {
    let list = |line: &str| {
        let (before, value) = line.split_once("CPPDEFINES")?;
        // `LOCAL_CPPDEFINES` is for the kernel's own files.
        let is_whole_name = !before.ends_with(|end: char| end.is_alphanumeric() || end == '_');
        let value = value.trim_start().strip_prefix('=')?.trim_start().strip_prefix('[')?;
        is_whole_name.then(|| value.split(']').next().unwrap_or_default().to_owned())
    };
    let lists = script.lines().filter_map(list);
    lists.flat_map(|list| quoted(&list).map(str::to_owned).collect::<Vec<_>>()).collect()
}

fn quoted(list: &str) -> impl Iterator<Item = &str> {
    list.split(['\'', '"']).skip(1).step_by(2)
}
