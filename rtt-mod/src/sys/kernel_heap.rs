//! The kernel's heap, as a global allocator: `heap = "kernel"`.

use core::{
    alloc::{GlobalAlloc, Layout},
    fmt::{self, Write},
    mem::MaybeUninit,
    ptr,
};

use super::{
    bindings::{self, rttm_heap_figures},
    console::Sink,
    heap::{self, note_failure},
    length,
    result::check,
};
use crate::Result;

/// Allocates from the kernel's heap. What is not freed is given back when the module ends.
#[derive(Debug)]
pub struct KernelHeap;

// SAFETY: blocks are the kernel's, at least as large and as aligned as was asked for, and given out once until they are
// freed.
unsafe impl GlobalAlloc for KernelHeap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = allocate(layout).unwrap_or(ptr::null_mut());
        if block.is_null() {
            note_failure(layout.size(), report);
        }
        block
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: the caller's promise: the block is one of `alloc`'s.
        unsafe { bindings::rttm_heap_free(block.cast()) }
    }
}

/// A block of the kernel's heap, or null. No kernel has blocks whose size or alignment takes more than 32 bits.
fn allocate(layout: Layout) -> Result<*mut u8> {
    let (bytes, alignment) = (length::whole(layout.size())?, length::whole(layout.align())?);
    // SAFETY: the alignment of a layout is a power of two.
    Ok(unsafe { bindings::rttm_heap_allocate(bytes, alignment) }.cast())
}

impl KernelHeap {
    /// The figures for [`heap::figures`].
    pub fn figures(&self) -> heap::Figures {
        match figures() {
            Ok(Figures { total, used, module, .. }) => {
                heap::Figures { total, used: module, free: total.saturating_sub(used) }
            }
            Err(_) => heap::Figures { total: 0, used: 0, free: 0 },
        }
    }
}

fn report(sink: &mut Sink<'_>) -> fmt::Result {
    let failed = heap::failed_bytes();
    write!(sink, "out of memory: {failed} bytes; the kernel's heap has no such piece left")
}

/// Figures of the kernel's heap, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub total: usize,
    pub used: usize,
    pub peak: usize,
    pub module: usize,
}

/// What the kernel counts.
pub fn figures() -> Result<Figures> {
    let mut figures = MaybeUninit::<rttm_heap_figures>::zeroed();
    // SAFETY: there is a place for the figures.
    check(unsafe { bindings::rttm_heap_figures(figures.as_mut_ptr()) })?;
    // SAFETY: they are numbers, so zeros are some as well.
    let figures = unsafe { figures.assume_init() };
    Ok(Figures {
        total: figures.total as usize,
        used: figures.used as usize,
        peak: figures.peak as usize,
        module: figures.module as usize,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_aligned_and_counted() {
        let layout = Layout::from_size_align(100, 64).unwrap();
        // SAFETY: the layout is not empty.
        let block = unsafe { KernelHeap.alloc(layout) };
        assert_eq!(block as usize % 64, 0);
        assert_eq!(KernelHeap.figures().used, 100);
        // SAFETY: the block is the heap's, and not used any more.
        unsafe { KernelHeap.dealloc(block, layout) };
        assert_eq!(figures().unwrap().module, 0);
    }

    #[test]
    fn a_full_heap_is_null_and_has_a_report() {
        let layout = Layout::from_size_align(1 << 30, 8).unwrap();
        // SAFETY: the layout is not empty.
        assert!(unsafe { KernelHeap.alloc(layout) }.is_null());
    }

    #[cfg(target_pointer_width = "64")]
    #[test]
    fn a_size_is_never_taken_modulo_32_bits() {
        for (bytes, alignment) in [((1 << 32) + 16, 8), (16, 1 << 32)] {
            let layout = Layout::from_size_align(bytes, alignment).unwrap();
            // SAFETY: the layout is not empty.
            assert!(unsafe { KernelHeap.alloc(layout) }.is_null());
        }
    }
}
