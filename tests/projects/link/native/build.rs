//! Compiles the C and the assembly. `cc` follows the `-C relocation-model=pic` of the Rust code.

fn main() {
    println!("cargo::rerun-if-changed=c");
    let mut build = cc::Build::new();
    build.files(["c/sensor.c", "c/reverse.S"]);
    if std::env::var_os("CARGO_FEATURE_FIXED").is_some() {
        // Addresses in instructions, which no loader can change.
        build.inherit_rustflags(false).flag("-mslow-flash-data");
    }
    build.compile("sensor");
}
