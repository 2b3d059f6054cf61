//! `src/sys/bindings.rs` is what bindgen makes of the ABI header.

use std::{env, fs, panic, path::Path};

#[test]
fn the_bindings_are_those_of_the_header() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = here.join("../kernel-glue/include/rtt_mod.h");
    let committed = here.join("src/sys/bindings.rs");
    let generated = generate(&header);

    if env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&committed, &generated).expect("src/sys/bindings.rs can be written");
    }
    assert!(
        fs::read_to_string(&committed).is_ok_and(|bindings| bindings == generated),
        "rtt_mod.h has changed: run `UPDATE_BINDINGS=1 cargo test -p rtt-mod --test bindings`, and commit the result"
    );
}

fn generate(header: &Path) -> String {
    let header = header.to_str().expect("the path is UTF-8");
    let bindings = panic::catch_unwind(|| bindings(header).generate().expect("the header is C").to_string())
        .unwrap_or_else(|_| panic!("bindgen needs libclang: `apt-get install libclang-dev`, or the like"));
    with_prototypes(&bindings)
}

/// The declarations leave their prototypes for `mkmod check`.
fn with_prototypes(bindings: &str) -> String {
    bindings.replace("\nunsafe extern \"C\" {", "\n#[rtt_mod_macros::import]\nunsafe extern \"C\" {")
}

fn bindings(header: &str) -> bindgen::Builder {
    bindgen::Builder::default()
        .header(header)
        .raw_line("//! Made by bindgen from `kernel-glue/include/rtt_mod.h`; `tests/bindings.rs` says how.\n")
        .allowlist_item("(rttm|RTTM|rtt_mod)_.*")
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target(bindgen::RustTarget::stable(85, 0).expect("bindgen knows the version"))
        .enable_function_attribute_detection()
        .generate_comments(false)
        .merge_extern_blocks(true)
        .layout_tests(false)
        .disable_header_comment()
        .formatter(bindgen::Formatter::Prettyplease)
        .use_core()
}
