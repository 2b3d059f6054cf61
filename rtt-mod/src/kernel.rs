//! The kernel's own functions and types, as the headers of your RT-Thread have them.
//!
//! For what `rtt-mod` has no safe words for: a driver of the board's, a component that the firmware has. With the feature
//! `kernel-bindings`, bindgen makes this module when `rtt-mod` is compiled, from what these variables name. They are the
//! environment's, or stand in the application's `.cargo/config.toml` under `[env]`.
//!
//! | variable | what it is |
//! |---|---|
//! | `RTT_PATH` | RT-Thread's root folder |
//! | `RTT_CONFIG` | the folder of the firmware's `rtconfig.h` |
//! | `RTT_HEADERS` | the headers to bind, instead of `rtthread.h`; separated as in `PATH` |
//! | `RTT_INCLUDE` | more folders for headers; separated as in `PATH` |
//! | `RTT_CFLAGS` | more arguments for clang: `-DNAME=VALUE` |
//!
//! It takes libclang, and `arm-none-eabi-gcc` or `riscv64-unknown-elf-gcc` to find the C library's headers. Functions that
//! are `static inline` there are not here, and neither are macros with arguments.
//!
//! What a module uses of it, it uses as C does: the calls are `unsafe`, and the module runs only on a kernel with this
//! configuration. `mkmod check` compares each function that is called with the kernel: that it is exported, and with what
//! sizes of arguments and result.
//!
//! ```ignore
//! use rtt_mod::kernel;
//!
//! // SAFETY: it may be called from anywhere.
//! let ticks = unsafe { kernel::rt_tick_get() };
//! ```

include!(concat!(env!("OUT_DIR"), "/kernel.rs"));
