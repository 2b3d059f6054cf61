//! `firmware/src/bindings.rs` is what bindgen makes of the loader's C header.

use std::{env, fs, panic, path::Path};

#[test]
fn the_bindings_are_those_of_the_header() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = here.join("../src/module/loader.h");
    let committed = here.join("firmware/src/bindings.rs");
    let generated = generate(&header);

    if env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&committed, &generated).expect("firmware/src/bindings.rs can be written");
    }
    assert!(
        fs::read_to_string(&committed).is_ok_and(|bindings| bindings == generated),
        "loader.h has changed: run `UPDATE_BINDINGS=1 cargo test -p rtt-mod-loader --test bindings`, and commit the result"
    );
}

fn generate(header: &Path) -> String {
    let header = header.to_str().expect("the path is UTF-8");
    let bindings = panic::catch_unwind(|| bindings(header).generate().expect("the header is C").to_string());
    bindings.unwrap_or_else(|_| panic!("bindgen needs libclang: `apt-get install libclang-dev`, or the like"))
}

fn bindings(header: &str) -> bindgen::Builder {
    bindgen::Builder::default()
        .header(header)
        .raw_line("//! Made by bindgen from `kernel-glue/src/module/loader.h`; `loader/tests/bindings.rs` says how.\n")
        .raw_line("#![allow(missing_docs, non_camel_case_types, reason = \"it is as the header has it\")]\n")
        .allowlist_type("rttm_.*")
        .allowlist_var("RTTM_.*")
        .constified_enum_module("rttm_load_error_kind")
        .rust_edition(bindgen::RustEdition::Edition2024)
        .rust_target(bindgen::RustTarget::stable(85, 0).expect("bindgen knows the version"))
        .generate_comments(false)
        .layout_tests(false)
        .disable_header_comment()
        .formatter(bindgen::Formatter::Prettyplease)
        .use_core()
}
