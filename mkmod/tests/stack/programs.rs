//! The programs of these tests, built as a user builds them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Mutex, OnceLock};

/// What a build of all examples gave.
pub struct Built {
    /// What the compiler has said.
    pub messages: String,
    /// The modules.
    pub modules: Vec<PathBuf>,
}

/// All examples for a target, with LLVM's remarks.
pub fn examples(target: &'static str) -> &'static Built {
    static BUILT: Mutex<Vec<(&str, &Built)>> = Mutex::new(Vec::new());
    let mut built = BUILT.lock().unwrap();
    if let Some((_, examples)) = built.iter().find(|(known, _)| *known == target) {
        return examples;
    }
    let flags = "-C relocation-model=pic -C linker=mkmod-ld -C remark=prologepilog";
    let (output, folder) = build(&repository().join("examples"), target, |command| {
        command.env("RUSTFLAGS", flags).args(["--", "--workspace"]);
    });
    let messages = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{messages}");
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let modules: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|name| name == "mo")).collect();
    assert!(modules.len() >= 32, "{modules:?}");
    let examples: &Built = Box::leak(Box::new(Built { messages, modules }));
    built.push((target, examples));
    examples
}

/// The module of a program of `tests/projects/stack`, or what the build says.
pub fn program(name: &str) -> Result<PathBuf, String> {
    // One at a time: all are of one package.
    static BUILDING: OnceLock<Mutex<()>> = OnceLock::new();
    let _building = BUILDING.get_or_init(Mutex::default).lock();
    let package = repository().join("tests/projects/stack");
    let (output, folder) = build(&package, "thumbv7m-none-eabi", |command| {
        command.args(["--", "--workspace", "--bin", name]);
    });
    if output.status.success() {
        Ok(folder.join(format!("{name}.mo")))
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// What `mkmod build` says, and where the modules are.
fn build(package: &Path, target: &str, change: impl FnOnce(&mut Command)) -> (Output, PathBuf) {
    let mkmod = Path::new(env!("CARGO_BIN_EXE_mkmod"));
    let package_name = package.file_name().unwrap();
    let target_dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stack").join(package_name);
    let tools = mkmod.parent().into_iter().map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(tools.chain(std::env::split_paths(&path))).unwrap();
    let mut command = Command::new(mkmod);
    command.args(["build", "--target", target]).current_dir(package);
    command.env("CARGO_TARGET_DIR", &target_dir).env("PATH", path);
    change(&mut command);
    (command.output().unwrap(), target_dir.join(target).join("release"))
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
