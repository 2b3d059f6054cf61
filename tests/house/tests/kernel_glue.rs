//! The rules, held by the C of kernel-glue.

use std::fs;
use std::io;
use std::path::Path;

use house::{Finding, Source, assert_none, first_line, forbidden, includes, rooms, source, statics};

type TestResult = io::Result<()>;

/// Headers that stay apart although only one other file of the glue includes them, and why.
const HEADERS_FOR_ONE_USER: &[(&str, &str)] =
    &[("kernel-glue/src/abi/console.h", "msh types for modules while it reads the console, and abi can't use msh")];

/// Headers that declare what a room above defines, and why.
const DECLARES_FOR_ANOTHER_ROOM: &[(&str, &str)] =
    &[("kernel-glue/src/contain/contained.h", "containment asks what it contains, and does not know modules")];

/// Panics if there are findings in other files than those of `exceptions`, or none in one of these.
#[track_caller]
fn assert_none_but(mut findings: Vec<Finding>, exceptions: &[(&str, &str)]) {
    for (path, reason) in exceptions {
        let count = findings.len();
        findings.retain(|finding| finding.path != *path);
        assert!(findings.len() < count, "{path} holds the rule now, so remove its exception: {reason}");
    }
    assert_none(&findings);
}

fn glue() -> io::Result<Vec<Source>> {
    source::read("kernel-glue/src")
}

/// The glue and its public headers.
fn package() -> io::Result<Vec<Source>> {
    Ok([source::read("kernel-glue/include")?, glue()?].concat())
}

#[test]
fn includes_point_down() -> TestResult {
    assert_none(&rooms::point_down(&glue()?));
    Ok(())
}

#[test]
fn functions_are_defined_in_the_room_that_declares_them() -> TestResult {
    assert_none_but(rooms::define_at_home(&glue()?), DECLARES_FOR_ANOTHER_ROOM);
    Ok(())
}

#[test]
fn headers_do_not_include_themselves() -> TestResult {
    assert_none(&includes::have_no_circles(&package()?));
    Ok(())
}

#[test]
fn headers_have_two_users() -> TestResult {
    assert_none_but(includes::have_two_users(&glue()?), HEADERS_FOR_ONE_USER);
    Ok(())
}

#[test]
fn every_file_says_what_it_is() -> TestResult {
    assert_none(&first_line::says_what_it_is(&package()?));
    Ok(())
}

#[test]
fn static_functions_have_unique_names() -> TestResult {
    assert_none(&statics::have_unique_names(&glue()?));
    Ok(())
}

#[test]
fn no_function_is_optimized_in_its_own_way() -> TestResult {
    assert_none(&forbidden::optimize_attributes(&package()?));
    Ok(())
}

#[test]
fn members_have_names() -> TestResult {
    assert_none(&forbidden::anonymous_members(&package()?));
    Ok(())
}

#[test]
fn no_work_is_left_undone() -> TestResult {
    assert_none(&forbidden::unfinished_work(&package()?));
    Ok(())
}

/// The folder is copied into a BSP, and `scons --dist` copies it on.
#[test]
fn links_lead_into_the_package_itself() -> TestResult {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../kernel-glue").canonicalize()?;
    for folder in ["", "format", "loader", "loader/firmware"] {
        for entry in fs::read_dir(package.join(folder))? {
            let path = entry?.path();
            if path.is_symlink() {
                assert!(path.canonicalize()?.starts_with(&package), "{} leads out of the package", path.display());
            }
        }
    }
    Ok(())
}
