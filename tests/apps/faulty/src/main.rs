//! Does what only unsafe code can do: `faulty call`, `faulty instruction`, `faulty access`; and what uses up a stack:
//! `faulty stack`, `faulty brim`, `faulty beyond`, `faulty frame`.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "only unsafe code can cause these faults")]

use core::{arch::asm, hint::black_box, mem, mem::MaybeUninit, ptr, time::Duration};

use rtt_mod::{env::Args, println, thread};

/// What lies below a stack is damaged by a frame that jumps past its end: here it is this, at the end of an image for
/// which the heap has room at its own end alone, where it then has the stack.
static mut BELOW: [u32; 6144] = [0; 6144];

const LARGE_STACK: usize = 16 * 1024;

#[rtt_mod::main(stack = "1K")]
fn main(mut args: Args) {
    println!("before");
    fault(args.nth(1));
    println!("far behind");
}

/// Not in `main`, so that there is something to see on the stack.
#[inline(never)]
fn fault(kind: Option<&str>) {
    match kind {
        Some("call") => call_nothing(),
        Some("instruction") => undefined_instruction(),
        Some("access") => access_nothing(),
        Some("stack") => println!("{}", depth(0)),
        Some("brim") => brim(1000),
        Some("beyond") => brim(1600),
        Some("frame") => large_frame(),
        _ => println!("usage: faulty call|instruction|access|stack|brim|beyond|frame"),
    }
    println!("behind");
}

#[inline(never)]
fn call_nothing() {
    // SAFETY: none. It is a fault.
    let nothing: fn() = unsafe { mem::transmute(black_box(0xF000_0000usize)) };
    nothing();
}

#[inline(never)]
fn undefined_instruction() {
    // SAFETY: none. It is a fault.
    unsafe {
        #[cfg(target_arch = "arm")]
        asm!("udf #0");
        #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
        asm!("unimp");
    }
}

#[inline(never)]
fn access_nothing() {
    // SAFETY: none. It is a fault: no memory is there.
    unsafe { ptr::write_volatile(black_box(0xF000_0000 as *mut u32), 1) };
}

#[expect(unconditional_recursion, reason = "it overflows the stack")]
#[inline(never)]
fn depth(so_far: u32) -> u32 {
    let frame = black_box([so_far; 4]);
    depth(so_far + 1).wrapping_add(frame[3])
}

/// So many bytes, a little more than the stack has; then others run.
#[inline(never)]
fn brim(bytes: usize) {
    let start = black_box(0u8);
    black_box(depth_to(ptr::from_ref(&start).addr() - bytes));
    thread::sleep(Duration::from_millis(10));
}

#[inline(never)]
fn depth_to(lowest: usize) -> usize {
    let frame = black_box([lowest; 4]);
    if ptr::from_ref(&frame).addr() < lowest {
        return 0;
    }
    depth_to(lowest).wrapping_add(black_box(&frame)[3])
}

/// In a thread with a stack that is too small for it by 8 KB. Nobody writes to the frame.
fn large_frame() {
    black_box(&raw mut BELOW);
    let thread = thread::Builder::new().stack_size(LARGE_STACK).spawn(|| {
        let mut frame = MaybeUninit::<[u8; LARGE_STACK + 8 * 1024]>::uninit();
        black_box(&mut frame);
        thread::sleep(Duration::from_millis(10));
        black_box(&mut frame);
    });
    let _ = thread.map(|thread| thread.join());
}
