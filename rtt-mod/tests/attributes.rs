//! What `#[rtt_mod::main]` and `#[rtt_mod::export]` take, and how they refuse the rest.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs of which rustc shows lines of `core`, too, where rustup's component `rust-src` is installed.
const QUOTE_CORE: [&str; 4] =
    ["guard_to_another_thread.rs", "mutex_of_one_thread.rs", "queue_without_room.rs", "receiver_of_two_threads.rs"];

#[test]
fn the_attributes_refuse_with_a_mend() {
    let cases = trybuild::TestCases::new();
    let is_left_out = |path: &Path| has_sources_of_core() && QUOTE_CORE.iter().any(|name| path.ends_with(name));
    for path in programs("tests/refused") {
        if is_left_out(&path) {
            println!("left out, since `rust-src` is installed: {}", path.display());
        } else {
            cases.compile_fail(path);
        }
    }
    if cfg!(not(feature = "async")) {
        cases.compile_fail("tests/refused_without_async/*.rs");
    }
}

fn programs(folder: &str) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut programs: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "rs")).collect();
    programs.sort();
    programs
}

fn has_sources_of_core() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = Command::new(rustc).args(["--print", "sysroot"]).output().unwrap().stdout;
    Path::new(std::str::from_utf8(&sysroot).unwrap().trim()).join("lib/rustlib/src/rust/library/core").exists()
}

/// Each module is a program that has to compile.
#[expect(dead_code, reason = "the programs have to compile, not to run")]
mod accepted {
    mod nothing {
        #[rtt_mod::main]
        pub fn main() {}
    }

    mod arguments_and_exit_code {
        use rtt_mod::{env::Args, process::ExitCode};

        #[rtt_mod::main(stack = "4K", priority = 20, heap = "8K")]
        fn main(mut args: Args) -> ExitCode {
            if args.next().is_some() { ExitCode::SUCCESS } else { ExitCode::from(-3i32) }
        }
    }

    mod a_number {
        #[rtt_mod::main(stack = 512, heap = 0)]
        fn main(_: rtt_mod::Args) -> i32 {
            7
        }
    }

    mod no_end {
        #[rtt_mod::main(priority = 0, stack = "32K")]
        fn main() -> ! {
            panic!()
        }
    }

    mod a_result {
        #[derive(Debug)]
        struct Error;

        #[rtt_mod::main]
        fn main() -> Result<(), Error> {
            Err(Error)
        }
    }

    #[cfg(feature = "async")]
    mod futures {
        use rtt_mod::env::Args;

        mod nothing {
            #[rtt_mod::main]
            async fn main() {}
        }

        mod no_end {
            #[rtt_mod::main]
            async fn main() -> ! {
                core::future::pending().await
            }
        }

        #[rtt_mod::main(stack = "2K")]
        async fn main(args: Args) -> Result<(), rtt_mod::Error> {
            core::future::ready(args).await;
            Ok(())
        }
    }

    mod exports {
        #[rtt_mod::export]
        pub unsafe extern "C" fn first_of_two(numbers: &[i32; 2]) -> &i32 {
            &numbers[0]
        }
    }
}

#[rtt_mod::export]
fn add_two(left: i32, right: i32) -> i32 {
    left + right
}

#[test]
fn an_export_has_the_c_calling_convention() {
    let add: extern "C" fn(i32, i32) -> i32 = add_two;
    assert_eq!(add(3, 4), 7);
}
