//! Builds a real application with `mkmod build`, and looks at what comes out.

mod app;

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use object::{Object as _, ObjectSection as _, ObjectSegment as _, ObjectSymbol as _};

use app::App;

/// The tests share a target folder, so that `core` is compiled once, and each looks at what it has put there.
static ALONE: Mutex<()> = Mutex::new(());

#[test]
fn an_application_becomes_a_module() {
    let _alone = ALONE.lock();
    let folder = tempfile::tempdir().unwrap();
    let target_dir = app::lasting("build");
    let output = App::new(folder.path()).build(&target_dir, |_| {});
    app::succeeded(&output);
    let path = app::module(&target_dir);
    let report = String::from_utf8(output.stdout).unwrap();
    let module = fs::read(&path).unwrap();
    let file = object::File::parse(&*module).unwrap();
    let resident = file.segments().next().unwrap().size();
    let expected = format!("{}: {} bytes in the file, {resident} resident\n", path.display(), module.len());
    assert_eq!(report, expected);
    assert_layout(&file);
    assert_description(&file, &target_dir);
}

fn assert_layout(file: &object::File<'_>) {
    assert_eq!(file.segments().count(), 1);
    let functions = file.dynamic_symbols().filter(|symbol| symbol.kind() == object::SymbolKind::Text);
    let exports: Vec<_> = functions.map(|symbol| symbol.name().unwrap()).collect();
    assert_eq!(exports, ["module_init"]);
    let imports: Vec<_> =
        file.dynamic_symbols().filter(object::Symbol::is_undefined).map(|symbol| symbol.name().unwrap()).collect();
    assert_eq!(imports, ["rtt_mod_abi_1", "rttm_exit", "rttm_print"]);
    let named = file.dynamic_relocations().unwrap().filter(
        |(_, relocation)| matches!(relocation.target(), object::RelocationTarget::Symbol(index) if index.0 != 0),
    );
    assert_eq!(named.count(), imports.len(), "one relocation for each import");
}

fn assert_description(file: &object::File<'_>, target_dir: &Path) {
    let note = file.section_by_name(".note.rtt-mod").unwrap().data().unwrap();
    let description = String::from_utf8_lossy(note);
    assert!(description.contains("two-words\u{0}0.1.0\u{0}\u{0}thumbv7m-none-eabi\u{0}"));
    let heap = &note[20 + 12..20 + 16];
    assert_eq!(heap, [0; 4], "there is no arena in the program");
    let program = fs::read(app::module(target_dir).with_extension("")).unwrap();
    let program = object::File::parse(&*program).unwrap();
    assert_eq!(program.build_id().unwrap().unwrap(), &note[20 + 20..20 + 28]);
    assert!(program.has_debug_symbols());
}

/// Cargo finds nothing to do, and does not know the module.
#[test]
fn a_module_that_was_removed_comes_back() {
    let _alone = ALONE.lock();
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(folder.path());
    let target_dir = app::lasting("build");
    app::succeeded(&app.build(&target_dir, |_| {}));
    let module = fs::read(app::module(&target_dir)).unwrap();
    fs::remove_file(app::module(&target_dir)).unwrap();
    app::succeeded(&app.build(&target_dir, |_| {}));
    assert_eq!(fs::read(app::module(&target_dir)).unwrap(), module);
}

#[test]
fn the_same_source_in_two_folders_makes_the_same_bytes() {
    let _alone = ALONE.lock();
    let modules = ["here", "in/another/place"].map(|name| {
        let folder = tempfile::tempdir().unwrap();
        let target_dir = app::lasting("build");
        app::succeeded(&App::new(&folder.path().join(name)).build(&target_dir, |_| {}));
        fs::read(app::module(&target_dir)).unwrap()
    });
    assert!(modules[0] == modules[1]);
}

/// Cargo has nothing to do the second time, and what it has built before would not load.
#[test]
fn a_module_that_a_kernel_would_refuse_is_not_built() {
    let _alone = ALONE.lock();
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(folder.path());
    let target_dir = app::lasting("build");
    let kernel = folder.path().join("kernel.syms");
    let build = |exports: &str| {
        fs::write(&kernel, exports).unwrap();
        app.build(&target_dir, |command| {
            command.arg("--kernel").arg(&kernel);
        })
    };
    app::succeeded(&build("rtt_mod_abi_1 => 0x101\nrttm_exit => 0x103\nrttm_print => 0x105\n"));
    let output = build("rtt_mod_abi_1 => 0x101\nrttm_exit => 0x103\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(app::text(&output).contains("rttm_print"), "{}", app::text(&output));
}

#[test]
fn a_target_without_a_compiler_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(folder.path());
    let output = app.build(&app::lasting("build"), |command| {
        command.env("RUSTC", "/nowhere/rustc").env("PATH", "/nowhere");
    });
    assert_eq!(output.status.code(), Some(1));
    assert!(app::text(&output).contains("rustup target add thumbv7m-none-eabi"), "{}", app::text(&output));
}
