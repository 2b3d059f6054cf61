//! Tells the instruction set: the compiler has no stable `cfg` for it.

fn main() {
    println!("cargo:rustc-check-cfg=cfg(microcontroller)");
    let target = std::env::var("TARGET").unwrap_or_default();
    // thumbv6m, thumbv7em, thumbv8m.main; not thumbv7a or thumbv7neon.
    let core = target.strip_prefix("thumbv").and_then(|rest| rest.split('-').next()).unwrap_or_default();
    if core.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches('e').starts_with('m') {
        println!("cargo:rustc-cfg=microcontroller");
    }
}
