//! Each case of tests/cases is in the tables of its README, and the tests that hold it are there.

use std::fs;
use std::io;

use house::{Source, assert_none, held, source};

const README: &str = "tests/cases/README.md";

fn readme() -> io::Result<Source> {
    Ok(Source::new(README, &fs::read_to_string(source::root().join(README))?))
}

#[test]
fn each_finding_is_held_by_tests_that_are_there() -> io::Result<()> {
    let groups = source::read_kinds("tests/e2e/groups", &["rs"])?;
    assert!(held::end_to_end(&groups).len() > 300, "{} end-to-end tests", held::end_to_end(&groups).len());
    let others = |file: &str| fs::read_to_string(source::root().join(file)).ok();
    assert_none(&held::broken(&readme()?, &groups, others));
    Ok(())
}

#[test]
fn each_case_is_in_the_tables() -> io::Result<()> {
    let mut stems = Vec::new();
    for folder in ["programs/src/bin", "unbounded/src/bin", "c", "files"] {
        for entry in fs::read_dir(source::root().join("tests/cases").join(folder))? {
            let path = entry?.path();
            stems.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    assert!(stems.len() > 30, "{stems:?}");
    let readme = readme()?;
    let unnamed = held::unnamed(&readme.text, &stems);
    assert!(unnamed.is_empty(), "{README} does not name {unnamed:?}");
    Ok(())
}
