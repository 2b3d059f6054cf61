//! Does what only unsafe code can do: `faulty call`, `faulty instruction`, `faulty access`, `faulty stack`.
#![no_std]
#![no_main]

use core::{arch::asm, hint::black_box, mem, ptr};

use rtt_mod::{env::Args, println};

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
        _ => println!("usage: faulty call|instruction|access|stack"),
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
        #[cfg(target_arch = "riscv64")]
        asm!("unimp");
    }
}

#[inline(never)]
fn access_nothing() {
    // SAFETY: none. It is a fault: no memory is there.
    unsafe { ptr::write_volatile(black_box(0xF000_0000 as *mut u32), 1) };
}

#[expect(unconditional_recursion)]
#[inline(never)]
fn depth(so_far: u32) -> u32 {
    let frame = black_box([so_far; 4]);
    depth(so_far + 1).wrapping_add(frame[3])
}
