//! How deep a call goes below its caller: the stack is filled with a pattern, and what is left of it afterwards is counted.

use core::{arch::asm, mem::size_of, ptr};

/// So much of the stack is filled.
const REGION_BYTES: usize = 10 << 10;
const PATTERN: usize = 0x5A5A_5A5A;

/// The bytes that `call` takes below this function's frame, and the frame of `call` itself.
#[inline(never)]
pub fn of(call: &mut dyn FnMut()) -> usize {
    let top = stack_pointer();
    let bottom = top - REGION_BYTES;
    let mut place = bottom;
    while place < top {
        // SAFETY: the stack of `main` is larger than the region, and what is below the stack pointer is nobody's.
        unsafe { ptr::with_exposed_provenance_mut::<usize>(place).write_volatile(PATTERN) };
        place += size_of::<usize>();
    }
    call();
    place = bottom;
    // SAFETY: as above.
    while place < top && unsafe { ptr::with_exposed_provenance::<usize>(place).read_volatile() } == PATTERN {
        place += size_of::<usize>();
    }
    top - place
}

#[inline(always)]
fn stack_pointer() -> usize {
    let pointer: usize;
    // SAFETY: reading the register changes nothing.
    #[cfg(target_arch = "arm")]
    unsafe {
        asm!("mov {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    // SAFETY: as above.
    #[cfg(any(target_arch = "riscv32", target_arch = "riscv64"))]
    unsafe {
        asm!("mv {}, sp", out(reg) pointer, options(nomem, nostack, preserves_flags));
    }
    pointer
}
