//! The words of the project, in all of its code.

use std::io;

use house::{assert_none, source, words};

/// The folders with code. Not `tests/house`, which names the words.
const FOLDERS: &[&str] = &[
    "examples",
    "kernel-glue",
    "mkmod",
    "rtt-mod",
    "rtt-mod-macros",
    "tests/apps",
    "tests/c",
    "tests/docs",
    "tests/e2e",
    "tests/firmware",
    "tests/projects",
    "tests/qemu",
    "tests/setup",
    "xtask",
];

#[test]
fn things_have_the_names_that_the_field_gives_them() -> io::Result<()> {
    for folder in FOLDERS {
        assert_none(&words::private(&source::read_kinds(folder, &["c", "h", "rs"])?));
    }
    Ok(())
}
