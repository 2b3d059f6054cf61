//! Compiles the formatter of `kernel-glue`, the one that runs in the firmware.

fn main() {
    let glue = "../../kernel-glue";
    for file in ["src/abi/print.c", "src/abi/print.h", "include/rtt_mod.h"] {
        println!("cargo::rerun-if-changed={glue}/{file}");
    }
    cc::Build::new()
        .std("c99")
        .include(format!("{glue}/include"))
        .file(format!("{glue}/src/abi/print.c"))
        .compile("print");
}
