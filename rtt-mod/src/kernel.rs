//! Bindings of the kernel's own functions and types, from the headers of your RT-Thread.
//!
//! Use them for what `rtt-mod` has no safe API for: a driver of the board, or a component of the firmware. The feature
//! `kernel-bindings` enables this module. bindgen makes it when `rtt-mod` is compiled, as the following variables say.
//! Set them in the environment, or under `[env]` in the application's `.cargo/config.toml`.
//!
//! | variable | what it is |
//! |---|---|
//! | `RTT_PATH` | RT-Thread's root folder |
//! | `RTT_CONFIG` | the folder of the firmware's `rtconfig.h` |
//! | `RTT_HEADERS` | the headers to bind, instead of `rtthread.h`; separated as in `PATH` |
//! | `RTT_INCLUDE` | more folders for headers; separated as in `PATH` |
//! | `RTT_KERNEL` | the firmware's ELF file, if its compiler has flags for the sizes of enums or of `wchar_t` |
//! | `RTT_CFLAGS` | more arguments for clang: `-DNAME=VALUE` |
//!
//! `-fno-short-enums` and `-fshort-wchar` change the layout of structures. An Arm ELF file says how it was compiled, and the
//! bindings follow it. Without `RTT_KERNEL`, and on RISC-V, they follow what the compiler does by default; `RTT_CFLAGS` takes
//! these flags as well.
//!
//! The feature needs libclang, and `arm-none-eabi-gcc` or `riscv64-unknown-elf-gcc` to find the headers of the C
//! library. There are no bindings for `static inline` functions and for macros with arguments.
//!
//! The calls are `unsafe`, as in C, and the module runs only on a kernel with this configuration. `mkmod check` checks
//! for each function that is called that the kernel exports it, and that the sizes of arguments and result agree.
//!
//! ```ignore
//! use rtt_mod::kernel;
//!
//! // SAFETY: it may be called from anywhere.
//! let ticks = unsafe { kernel::rt_tick_get() };
//! ```

include!(concat!(env!("OUT_DIR"), "/kernel.rs"));
