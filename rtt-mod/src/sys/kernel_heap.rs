//! The kernel's heap as the global allocator.

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

/// Allocates from the kernel's heap. The kernel frees the remaining blocks when the module ends.
#[derive(Debug)]
pub struct KernelHeap;

// SAFETY: blocks come from the kernel, have at least the requested size and alignment, and are not allocated again
// before they are freed.
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
    /// Statistics for [`heap::statistics`].
    pub fn statistics(&self) -> heap::Statistics {
        match statistics() {
            Ok(Statistics { total, used, module, .. }) => {
                heap::Statistics { total, used: module, free: total.saturating_sub(used) }
            }
            Err(_) => heap::Statistics { total: 0, used: 0, free: 0 },
        }
    }
}

fn report(sink: &mut Sink<'_>) -> fmt::Result {
    let failed = heap::failed_bytes();
    write!(sink, "out of memory: {failed} bytes; the kernel's heap has no free block of this size")
}

/// Statistics of the kernel's heap, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Statistics {
    pub total: usize,
    pub used: usize,
    pub peak: usize,
    pub module: usize,
}

/// Statistics of the kernel's heap.
pub fn statistics() -> Result<Statistics> {
    let mut statistics = MaybeUninit::<rttm_heap_figures>::zeroed();
    // SAFETY: there is a place for the statistics.
    check(unsafe { bindings::rttm_heap_figures(statistics.as_mut_ptr()) })?;
    // SAFETY: all fields are numbers, for which zeros are valid.
    let statistics = unsafe { statistics.assume_init() };
    Ok(Statistics {
        total: statistics.total as usize,
        used: statistics.used as usize,
        peak: statistics.peak as usize,
        module: statistics.module as usize,
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
        assert_eq!(KernelHeap.statistics().used, 100);
        // SAFETY: the block is the heap's, and not used any more.
        unsafe { KernelHeap.dealloc(block, layout) };
        assert_eq!(statistics().unwrap().module, 0);
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
