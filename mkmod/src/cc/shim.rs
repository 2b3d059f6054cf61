//! What stands in for the C library, over the module ABI, and the headers: in the program, and written to a folder for GCC.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file: its name, and what is in it.
type File = (&'static str, &'static str);

/// The headers of the module ABI.
pub const ABI: &[File] = &[
    ("rtt_mod.h", include_str!("../../c/include/rtt_mod.h")),
    ("rttm_module.h", include_str!("../../c/include/rttm_module.h")),
];

/// The headers of the C library, for a compiler that has none.
pub const LIBC: &[File] = &[
    ("assert.h", include_str!("../../c/libc/assert.h")),
    ("errno.h", include_str!("../../c/libc/errno.h")),
    ("stdint.h", include_str!("../../c/libc/stdint.h")),
    ("stdio.h", include_str!("../../c/libc/stdio.h")),
    ("stdlib.h", include_str!("../../c/libc/stdlib.h")),
    ("string.h", include_str!("../../c/libc/string.h")),
];

const SOURCES: &[File] = &[
    ("abort.c", include_str!("../../c/shim/abort.c")),
    ("atexit.c", include_str!("../../c/shim/atexit.c")),
    ("errno.c", include_str!("../../c/shim/errno.c")),
    ("exit.c", include_str!("../../c/shim/exit.c")),
    ("malloc.c", include_str!("../../c/shim/malloc.c")),
    ("new.c", include_str!("../../c/shim/new.c")),
    ("printf.c", include_str!("../../c/shim/printf.c")),
    ("number.c", include_str!("../../c/shim/number.c")),
    ("pure.c", include_str!("../../c/shim/pure.c")),
    ("snprintf.c", include_str!("../../c/shim/snprintf.c")),
    ("string.c", include_str!("../../c/shim/string.c")),
];

/// The sources, in a folder.
#[derive(Clone, Debug)]
pub struct Shim {
    /// The folder, which the objects go to, too.
    pub folder: PathBuf,
    /// Their names.
    pub sources: Vec<&'static str>,
}

impl Shim {
    /// With what they are compiled. No loop of `memcpy` may become a call of `memcpy`.
    pub const FLAGS: [&'static str; 6] =
        ["-c", "-Os", "-std=c99", "-ffreestanding", "-fno-builtin", "-fno-tree-loop-distribute-patterns"];

    /// Writes the sources.
    ///
    /// # Errors
    /// When they can't be written.
    pub fn write(folder: &Path) -> io::Result<Self> {
        write_all(folder, SOURCES)?;
        Ok(Self { folder: folder.into(), sources: SOURCES.iter().map(|(name, _)| *name).collect() })
    }

    /// The definitions by which functions are left out that the kernel exports.
    pub fn definitions(&self, exports: &BTreeSet<String>) -> Vec<String> {
        exports.iter().filter(|name| is_guarded(name)).map(|name| format!("-DKERNEL_{name}")).collect()
    }

    /// The objects, for the linker: of those, it takes what the program calls.
    pub fn linker_arguments(&self) -> Vec<OsString> {
        let object = |name: &&str| self.folder.join(name).with_extension("o").into_os_string();
        let objects = self.sources.iter().map(object);
        [OsString::from("-Wl,--start-lib")].into_iter().chain(objects).chain(["-Wl,--end-lib".into()]).collect()
    }
}

fn is_guarded(name: &str) -> bool {
    let guard = format!("#ifndef KERNEL_{name}\n");
    SOURCES.iter().any(|(_, text)| text.contains(&guard))
}

/// Writes these files.
///
/// # Errors
/// When they can't be written.
pub fn write_all(folder: &Path, files: &[File]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    files.iter().try_for_each(|(name, text)| fs::write(folder.join(name), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_kernel_exports_is_left_out_but_for_the_heap() {
        let folder = tempfile::tempdir().unwrap();
        let shim = Shim::write(folder.path()).unwrap();
        let exports = ["memcpy", "rt_kprintf", "malloc"].map(str::to_owned).into();
        assert_eq!(shim.definitions(&exports), ["-DKERNEL_memcpy"]);
    }
}
