//! The Rust code on the pages compiles, and the names in `docs/c-to-rust.md` exist.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use docs_test::{Block, Page, pages, root};

/// What the code on the pages depends on.
const MANIFEST: &str = r#"[package]
name = "docs-code"
version = "0.0.0"
edition = "2024"

[dependencies]
embedded-hal = "1.0"
log = { version = "0.4", default-features = false }
rtt-mod = { path = "ROOT/rtt-mod", features = ["async", "embedded-can", "embedded-graphics", "embedded-hal-async", "embedded-io-async", "embedded-storage", "hashbrown", "log", "net", "rand_core"] }

[workspace]
"#;

#[test]
fn rust_code_compiles() {
    let pages = pages().unwrap();
    let package = Package::new("rust");
    for page in &pages {
        for (number, block) in (1..).zip(page.blocks_in("rust")) {
            package.add(&format!("src/bin/{}.rs", program_name(page, number)), &program(block));
        }
    }
    package.run(&["check", "--bins"]);
    package.run(&["check", "--bins", "--profile", "test"]);
}

#[test]
fn names_in_the_table_from_c_to_rust_exist() {
    let page = Page::parse(Path::new("c-to-rust.md"), fs::read_to_string(root().join("docs/c-to-rust.md")).unwrap());
    let names: Vec<_> =
        page.code_spans.iter().filter(|span| is_rust_path(span)).flat_map(|span| expanded(span)).collect();
    assert!(names.len() > 80, "only {} names were found", names.len());
    let links = names.iter().map(|name| format!("//! [`rtt_mod::{name}`]\n"));
    let package = Package::new("names");
    package.add("src/lib.rs", &format!("{}#![no_std]\n", links.collect::<String>()));
    package.run(&["doc", "--no-deps"]);
}

/// A package outside of the workspace, made anew.
struct Package {
    folder: PathBuf,
}

impl Package {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(folder.join("src")).unwrap();
        let package = Self { folder };
        package.add("Cargo.toml", &MANIFEST.replace("ROOT", &root().display().to_string()));
        package
    }

    fn add(&self, path: &str, text: &str) {
        let file = self.folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Runs cargo, which must not fail. Both packages share what they depend on.
    fn run(&self, arguments: &[&str]) {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.folder).args(arguments).arg("--quiet");
        cargo.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs/target"));
        cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
        let output = cargo.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

/// `docs_first_app_1` for the first block of `docs/first-app.md`.
fn program_name(page: &Page, number: usize) -> String {
    let path = page.path.with_extension("").display().to_string();
    format!("{}_{number}", path.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "_"))
}

/// A whole program as it stands on the page, or what makes one of a part.
fn program(block: &Block) -> String {
    const HEAD: &str = "#![no_std]\n#![cfg_attr(target_os = \"none\", no_main)]\n";
    // A program that is not tested on a PC has no `main` there either.
    const ALWAYS: &str = "#![no_std]\n#![no_main]\n";
    let code = block.code.strip_prefix(HEAD).or(block.code.strip_prefix(ALWAYS)).unwrap_or(&block.code);
    let is_module =
        ["#[rtt_mod::main", "#[rtt_mod::init", "rtt_mod::library!"].iter().any(|entry| code.contains(entry));
    let main = if is_module { "" } else { "#[rtt_mod::main]\nfn main() {}\n" };
    format!("{HEAD}#![allow(dead_code)]\nextern crate std;\n{code}{main}")
}

/// `sync::Semaphore::{new, take}`, and no name of the kernel's or of a feature.
fn is_rust_path(span: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_:{}, ".contains(letter);
    span.contains("::")
        && !span.starts_with("rtt_mod::")
        && !span.starts_with("embedded_")
        && span.chars().all(is_letter)
}

/// `a::{b, c}` is `a::b` and `a::c`.
fn expanded(path: &str) -> Vec<String> {
    match path.split_once('{') {
        None => vec![path.to_owned()],
        Some((before, names)) => {
            names.trim_end_matches('}').split(", ").map(|name| format!("{before}{name}")).collect()
        }
    }
}
