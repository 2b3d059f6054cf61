//! What `mkmod new` writes is an application that `mkmod build` makes a module of.

mod app;

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn a_new_application_can_be_built() {
    let folder = tempfile::tempdir().unwrap();
    let rtt_mod = Path::new(env!("CARGO_MANIFEST_DIR")).join("../rtt-mod").canonicalize().unwrap();
    let mut new = Command::new(env!("CARGO_BIN_EXE_mkmod"));
    new.args(["new", "blink", "--rtt-mod"]).arg(rtt_mod).current_dir(folder.path());
    app::succeeded(&new.output().unwrap());

    let target_dir = app::lasting("build");
    let mut build = Command::new(env!("CARGO_BIN_EXE_mkmod"));
    build.arg("build").current_dir(folder.path().join("blink")).env("CARGO_TARGET_DIR", &target_dir);
    app::succeeded(&build.output().unwrap());

    let module = fs::read(target_dir.join(app::TARGET).join("release/blink.mo")).unwrap();
    let info = mkmod::info::describe("blink.mo", &module).unwrap();
    assert!(info.to_string().starts_with("blink 0.1.0"), "{info}");
}
