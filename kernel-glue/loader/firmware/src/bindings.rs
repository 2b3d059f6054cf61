//! Made by bindgen from `kernel-glue/src/module/loader.h`; `loader/tests/bindings.rs` says how.

#![allow(missing_docs, non_camel_case_types, reason = "it is as the header has it")]


pub const RTTM_UNSAID: u32 = 4294967295;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_functions {
    pub first: usize,
    pub count: u32,
}
pub mod rttm_load_error_kind {
    pub type Type = ::core::ffi::c_uint;
    pub const RTTM_LOAD_ERROR_DEVICE: Type = 0;
    pub const RTTM_LOAD_ERROR_NO_ELF: Type = 1;
    pub const RTTM_LOAD_ERROR_CUT: Type = 2;
    pub const RTTM_LOAD_ERROR_MACHINE: Type = 3;
    pub const RTTM_LOAD_ERROR_KIND: Type = 4;
    pub const RTTM_LOAD_ERROR_NOTE: Type = 5;
    pub const RTTM_LOAD_ERROR_OLD: Type = 6;
    pub const RTTM_LOAD_ERROR_CHECKSUM: Type = 7;
    pub const RTTM_LOAD_ERROR_NO_NOTE: Type = 8;
    pub const RTTM_LOAD_ERROR_CHANGED: Type = 9;
    pub const RTTM_LOAD_ERROR_TABLES: Type = 10;
    pub const RTTM_LOAD_ERROR_CTORS: Type = 11;
    pub const RTTM_LOAD_ERROR_NO_IMAGE: Type = 12;
    pub const RTTM_LOAD_ERROR_ALIGNMENT: Type = 13;
    pub const RTTM_LOAD_ERROR_SEGMENT: Type = 14;
    pub const RTTM_LOAD_ERROR_SECTION: Type = 15;
    pub const RTTM_LOAD_ERROR_SYMBOL: Type = 16;
    pub const RTTM_LOAD_ERROR_CODE: Type = 17;
    pub const RTTM_LOAD_ERROR_UNSUPPORTED: Type = 18;
    pub const RTTM_LOAD_ERROR_RELOCATION: Type = 19;
    pub const RTTM_LOAD_ERROR_MISSING: Type = 20;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_load_error {
    pub kind: u32,
    pub number: u32,
    pub place: u32,
    pub name: *const ::core::ffi::c_char,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_claims {
    pub abi_major: u16,
    pub abi_minor: u16,
    pub largest_frame: u32,
    pub stack_is_proven: u8,
    pub timers_need_threads: u8,
    pub is_in_memheap: u8,
    pub build_id: [u8; 8usize],
    pub target: *const ::core::ffi::c_char,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_need {
    pub image_bytes: u32,
    pub code_bytes: u32,
    pub alignment: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_loaded {
    pub entry: usize,
    pub constructors: rttm_functions,
    pub destructors: rttm_functions,
    pub init: usize,
    pub cleanup: usize,
    pub priority: u32,
    pub stack_bytes: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_loader_kernel {
    pub context: *mut ::core::ffi::c_void,
    pub file_bytes: u32,
    pub read: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            offset: u32,
            bytes: *mut ::core::ffi::c_void,
            length: u32,
        ) -> i32,
    >,
    pub find: ::core::option::Option<
        unsafe extern "C" fn(name: *const ::core::ffi::c_char) -> usize,
    >,
    pub refuse: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            error: *const rttm_load_error,
        ),
    >,
    pub accept: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            flags: u32,
            claims: *const rttm_claims,
        ) -> i32,
    >,
    pub allocate: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            need: *const rttm_need,
        ) -> *mut ::core::ffi::c_void,
    >,
    pub allocate_exports: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            count: u32,
            name_bytes: u32,
        ) -> i32,
    >,
    pub keep: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            name: *const ::core::ffi::c_char,
            address: usize,
        ),
    >,
}
