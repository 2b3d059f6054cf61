//! Bindings of the user's headers, by bindgen.

use std::{
    env, fs, panic,
    path::{Path, PathBuf},
};

use crate::{configuration::Configuration, defines, newlib, sizes, target::Target};

/// Writes `kernel.rs` for [`include!`].
pub fn generate() -> Result<(), String> {
    let configuration = Configuration::of_environment()?;
    let bindings = bindings(&configuration)?;
    let file = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("kernel.rs");
    fs::write(&file, with_prototypes(&bindings)).map_err(|error| format!("could not write {}: {error}", file.display()))
}

fn bindings(configuration: &Configuration) -> Result<String, String> {
    let target = Target::of_cargo();
    let sizes = configuration.kernel.as_ref().map(|kernel| sizes::arguments(kernel, target.gcc)).transpose()?;
    let sizes = sizes.unwrap_or_default();
    // bindgen panics without libclang.
    panic::set_hook(Box::new(|_| ()));
    let generated = panic::catch_unwind(|| builder(configuration, &sizes).generate());
    drop(panic::take_hook());
    match generated {
        Ok(Ok(bindings)) => Ok(bindings.to_string()),
        Ok(Err(error)) => Err(refused(&error.to_string())),
        Err(_) => Err("the feature `kernel-bindings` needs libclang: install it (`apt-get install libclang-dev`), or \
                       set LIBCLANG_PATH to its folder"
            .into()),
    }
}

/// In one line, as cargo wants it.
fn refused(error: &str) -> String {
    let first = error.lines().find(|line| line.contains("error:")).unwrap_or(error).trim();
    format!(
        "clang refuses the headers: {first} (RTT_INCLUDE takes more folders, RTT_CFLAGS more arguments; the C library's \
         headers are found by {})",
        Target::of_cargo().gcc
    )
}

fn builder(configuration: &Configuration, sizes: &[String]) -> bindgen::Builder {
    let target = Target::of_cargo();
    let builder = bindgen::Builder::default()
        .header_contents("kernel.h", &includes(configuration))
        .clang_args(&target.clang)
        .clang_args(sizes)
        .clang_args(configuration.include.iter().map(|folder| format!("-I{}", folder.display())))
        .clang_args(newlib::arguments(target.gcc))
        .clang_args(defines::arguments(&configuration.root))
        .clang_args(&configuration.flags)
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target(bindgen::RustTarget::stable(85, 0).expect("bindgen knows the version"))
        .use_core()
        .merge_extern_blocks(true)
        .generate_comments(false)
        .layout_tests(false)
        .derive_debug(false)
        .enable_function_attribute_detection()
        .parse_callbacks(Box::new(bindgen::CargoCallbacks::new()));
    bound_folders(configuration).fold(builder, |builder, folder| builder.allowlist_file(within(&folder)))
}

fn includes(configuration: &Configuration) -> String {
    configuration.headers.iter().map(|header| format!("#include \"{}\"\n", header.display())).collect()
}

/// Declarations from elsewhere, the C library's for one, are bound only where these need them.
fn bound_folders(configuration: &Configuration) -> impl Iterator<Item = PathBuf> {
    let of_headers = configuration.header_files().filter_map(|header| header.parent().map(Path::to_owned));
    [configuration.root.clone()].into_iter().chain(configuration.include.iter().cloned()).chain(of_headers)
}

/// A regular expression for the files in `folder`, whose name may end with slashes.
fn within(folder: &Path) -> String {
    let mut pattern = String::new();
    let folder: PathBuf = folder.components().collect();
    for character in folder.display().to_string().chars() {
        if !character.is_alphanumeric() && character != '/' {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern + "/.*"
}

/// The declarations leave their prototypes for `mkmod check`.
fn with_prototypes(bindings: &str) -> String {
    bindings.replace("unsafe extern \"C\" {", "#[rtt_mod_macros::import]\nunsafe extern \"C\" {")
}
