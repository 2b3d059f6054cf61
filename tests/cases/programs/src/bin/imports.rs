//! Calls functions of the kernel's by `#[import]`, those of the kind that its argument names, until it is killed.
#![no_std]
#![no_main]

use core::ffi::{CStr, c_char, c_int, c_uint, c_void};

use rtt_mod::env::Args;
use rtt_mod::println;

type Handle = *mut c_void;

#[rtt_mod::import]
unsafe extern "C" {
    safe fn open(path: *const c_char, flags: c_int, ...) -> c_int;
    safe fn read(descriptor: c_int, bytes: *mut u8, length: usize) -> c_int;
    safe fn write(descriptor: c_int, bytes: *const u8, length: usize) -> c_int;
    safe fn close(descriptor: c_int) -> c_int;
    safe fn unlink(path: *const c_char) -> c_int;
    safe fn rename(from: *const c_char, to: *const c_char) -> c_int;
    safe fn opendir(path: *const c_char) -> Handle;
    safe fn readdir(folder: Handle) -> Handle;
    safe fn closedir(folder: Handle) -> c_int;
    safe fn rt_malloc(bytes: usize) -> Handle;
    safe fn rt_free(block: Handle);
    safe fn rt_kprintf(format: *const c_char, ...);
    safe fn rt_sem_create(name: *const c_char, value: c_uint, flag: u8) -> Handle;
    safe fn rt_sem_take(semaphore: Handle, ticks: c_int) -> isize;
    safe fn rt_sem_release(semaphore: Handle) -> isize;
    safe fn rt_sem_delete(semaphore: Handle) -> isize;
    safe fn rt_mutex_create(name: *const c_char, flag: u8) -> Handle;
    safe fn rt_mutex_take(mutex: Handle, ticks: c_int) -> isize;
    safe fn rt_mutex_release(mutex: Handle) -> isize;
    safe fn rt_mutex_delete(mutex: Handle) -> isize;
}

const READ: c_int = 0;
const WRITE_AND_CREATE: c_int = 0x201;

const NAME: &CStr = c"imports";
const FILE: &CStr = c"/hello.mo";
const NEW: &CStr = c"/imports.txt";

fn call_open() {
    close(open(FILE.as_ptr(), READ));
}

fn call_read() {
    let mut bytes = [0; 256];
    let descriptor = open(FILE.as_ptr(), READ);
    read(descriptor, bytes.as_mut_ptr(), bytes.len());
    close(descriptor);
}

fn create() {
    let bytes = [0; 256];
    let descriptor = open(NEW.as_ptr(), WRITE_AND_CREATE, 0o666);
    write(descriptor, bytes.as_ptr(), bytes.len());
    close(descriptor);
}

fn call_write() {
    create();
    unlink(NEW.as_ptr());
}

fn call_rename() {
    let other = c"/imported.txt".as_ptr();
    create();
    rename(NEW.as_ptr(), other);
    unlink(other);
}

fn call_opendir() {
    let folder = opendir(c"/".as_ptr());
    if !folder.is_null() {
        while !readdir(folder).is_null() {}
        closedir(folder);
    }
}

fn call_malloc() {
    rt_free(rt_malloc(64));
}

fn call_print() {
    rt_kprintf(c"%s".as_ptr(), c"".as_ptr());
}

fn call_semaphore() {
    let semaphore = rt_sem_create(NAME.as_ptr(), 0, 0);
    rt_sem_release(semaphore);
    rt_sem_take(semaphore, -1);
    rt_sem_take(semaphore, 1);
    rt_sem_delete(semaphore);
}

fn call_mutex() {
    let mutex = rt_mutex_create(NAME.as_ptr(), 0);
    rt_mutex_take(mutex, -1);
    rt_mutex_release(mutex);
    rt_mutex_delete(mutex);
}

#[rtt_mod::main(stack = "4K")]
fn main(mut args: Args) -> i32 {
    let call = match args.nth(1).unwrap_or_default() {
        "open" => call_open,
        "read" => call_read,
        "write" => call_write,
        "rename" => call_rename,
        "opendir" => call_opendir,
        "malloc" => call_malloc,
        "print" => call_print,
        "semaphore" => call_semaphore,
        "mutex" => call_mutex,
        _ => return 1,
    };
    println!("calling");
    loop {
        call();
    }
}
