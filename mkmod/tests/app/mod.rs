//! A small application in a folder of its own: it prints with `core::fmt`, and has a library beside it.

#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the applications are built for.
pub const TARGET: &str = "thumbv7m-none-eabi";

const MANIFEST: &str = r#"
[workspace]
[package]
name = "two-words"
version = "0.1.0"
edition = "2024"
[dependencies]
greeting = { path = "../greeting" }
[profile.release]
opt-level = "s"
lto = "fat"
codegen-units = 1
panic = "abort"
debug = true
[profile.dev]
panic = "abort"
"#;

const MAIN: &str = r#"
#![no_std]
#![no_main]
use core::fmt::Write;

unsafe extern "C" {
    fn rtt_mod_abi_1(module: *mut (), app: *const u64);
    fn rttm_print(text: *const u8, length: u32, arguments: *const usize);
    fn rttm_exit(code: i32) -> !;
}

struct Console;

impl Write for Console {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        unsafe { rttm_print(text.as_ptr(), text.len() as u32, core::ptr::null()) };
        Ok(())
    }
}

static APP: u64 = 0x0000_1000_00ff_0008;

#[used]
#[unsafe(link_section = ".rtt_mod.note")]
static NOTE: [u8; 46] = *b"\0\0\0\0\x01\0\0\0\0\x10\0\0\0\x20\0\0\xff\0\0\0\0\0\0\0\0\0\0\0two-words\x000.1.0\0\0\0";

#[unsafe(no_mangle)]
extern "C" fn module_init(module: *mut ()) {
    unsafe { rtt_mod_abi_1(module, &APP) }
}

#[unsafe(no_mangle)]
extern "C" fn main(argc: i32, _: *const *const u8) -> i32 {
    let _ = writeln!(Console, "{:?}", greeting::Greeting { words: [greeting::HELLO, "kernel"], argc });
    argc
}

#[panic_handler]
fn panic(info: &core::panic::PanicInfo) -> ! {
    let _ = write!(Console, "{info}");
    unsafe { rttm_exit(101) }
}
"#;

const LIBRARY: &str = r#"
#![no_std]
pub static HELLO: &str = "hello";
#[derive(Debug)]
pub struct Greeting { pub words: [&'static str; 2], pub argc: i32 }
"#;

/// An application's sources.
pub struct App {
    folder: PathBuf,
    target: &'static str,
}

impl App {
    /// Writes the sources under `parent`, for [`TARGET`].
    pub fn new(parent: &Path) -> Self {
        Self::for_target(parent, TARGET)
    }

    /// Writes the sources under `parent`.
    pub fn for_target(parent: &Path, target: &'static str) -> Self {
        let folder = parent.join("two-words");
        let library = "[package]\nname = \"greeting\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        for (path, text) in [
            (folder.join("Cargo.toml"), MANIFEST),
            (folder.join("src/main.rs"), MAIN),
            (parent.join("greeting/Cargo.toml"), library),
            (parent.join("greeting/src/lib.rs"), LIBRARY),
        ] {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder, target }
    }

    /// Calls `mkmod build`, with `change` made to the call.
    pub fn build(&self, target_dir: &Path, change: impl FnOnce(&mut Command)) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mkmod"));
        command.args(["build", "--target", self.target]).current_dir(&self.folder);
        command.env("CARGO_TARGET_DIR", target_dir);
        change(&mut command);
        command.output().unwrap()
    }
}

/// Where the module is.
pub fn module(target_dir: &Path) -> PathBuf {
    target_dir.join(TARGET).join("release/two-words.mo")
}

/// A folder that stays between runs, since `core` is compiled in it.
pub fn lasting(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Fails unless the call has succeeded.
pub fn succeeded(output: &Output) {
    assert!(output.status.success(), "{}", text(output));
}

/// What was written to standard error.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
