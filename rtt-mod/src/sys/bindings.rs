//! Made by bindgen from `kernel-glue/include/rtt_mod.h`; `tests/bindings.rs` says how.


pub const RTTM_ABI_MAJOR: u32 = 1;
pub const RTTM_ABI_MINOR: u32 = 0;
pub const RTTM_PRIORITY_DEFAULT: u32 = 255;
pub const RTTM_APP_LIBRARY: u32 = 2;
pub const RTTM_EXIT_PANIC: u32 = 101;
pub const RTTM_ARG_STR: u32 = 0;
pub const RTTM_ARG_U32: u32 = 1;
pub const RTTM_ARG_I32: u32 = 2;
pub const RTTM_ARG_U64: u32 = 3;
pub const RTTM_ARG_I64: u32 = 4;
pub const RTTM_ARG_CHAR: u32 = 5;
pub const RTTM_ARG_BOOL: u32 = 6;
pub const RTTM_ARG_FORMAT: u32 = 7;
pub const RTTM_PLAIN: u32 = 254;
pub const RTTM_SPEC: u32 = 255;
pub const RTTM_NO_PRECISION: u32 = 255;
pub const RTTM_ALIGN_DEFAULT: u32 = 0;
pub const RTTM_ALIGN_LEFT: u32 = 1;
pub const RTTM_ALIGN_CENTER: u32 = 2;
pub const RTTM_ALIGN_RIGHT: u32 = 3;
pub const RTTM_ALIGN_MASK: u32 = 3;
pub const RTTM_PLUS: u32 = 4;
pub const RTTM_ALTERNATE: u32 = 8;
pub const RTTM_ZERO: u32 = 16;
pub const RTTM_RADIX_DECIMAL: u32 = 0;
pub const RTTM_RADIX_HEX: u32 = 32;
pub const RTTM_RADIX_UPPERHEX: u32 = 64;
pub const RTTM_RADIX_OCTAL: u32 = 96;
pub const RTTM_RADIX_BINARY: u32 = 128;
pub const RTTM_RADIX_MASK: u32 = 224;
pub const RTTM_LIBRARY_OPENED: u32 = 0;
pub const RTTM_LIBRARY_NOT_FOUND: u32 = 1;
pub const RTTM_LIBRARY_REFUSED: u32 = 2;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_app {
    pub size: u16,
    pub priority: u8,
    pub flags: u8,
    pub stack_bytes: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rt_dlmodule {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_sink {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_arg {
    pub kind: usize,
    pub a: usize,
    pub b: usize,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_location {
    pub file: *const ::core::ffi::c_char,
    pub file_length: u32,
    pub line: u32,
    pub column: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_library {
    _unused: [u8; 0],
}
#[rtt_mod_macros::import]
unsafe extern "C" {
    pub fn rtt_mod_abi_1(module: *mut rt_dlmodule, app: *const rttm_app);
    pub fn rttm_exit(code: i32) -> !;
    pub fn rttm_print(
        template_text: *const u8,
        template_length: u32,
        args: *const rttm_arg,
    );
    pub fn rttm_sink_write(
        sink: *mut rttm_sink,
        text: *const ::core::ffi::c_char,
        length: u32,
    );
    pub fn rttm_panic(location: *const rttm_location, message: *const rttm_arg) -> !;
    pub fn rttm_thread_sleep(milliseconds: u32);
    pub fn rttm_critical_enter();
    pub fn rttm_critical_exit();
    pub fn rttm_library_open(
        path: *const ::core::ffi::c_char,
        path_length: u32,
        library: *mut *mut rttm_library,
    ) -> i32;
    pub fn rttm_library_symbol(
        library: *mut rttm_library,
        name: *const ::core::ffi::c_char,
        name_length: u32,
    ) -> *mut ::core::ffi::c_void;
    pub fn rttm_library_close(library: *mut rttm_library);
}
