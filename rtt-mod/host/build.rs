//! Compiles the formatter of `kernel-glue`, the one that runs in the firmware, and the entry of programs with `no_main`.

fn main() {
    // Links to the files of kernel-glue. A package has the files themselves.
    println!("cargo::rerun-if-changed=c");
    compile("c/print.c", "print");
    compile("c/main.c", "main");
}

fn compile(file: &str, library: &str) {
    cc::Build::new().std("c99").include("c").file(file).compile(&format!("rtt_mod_host_{library}"));
}
