//! The global allocator: an arena in the module's own memory, which is freed with the module.
//!
//! The module's threads share it, so each call is a critical section of a few instructions.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    fmt::{self, Write},
    mem::MaybeUninit,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering},
};

use super::{console::Sink, critical};

/// An arena of `BYTES` bytes and the list of its free blocks. Its first use initializes it.
///
/// Its alignment is 4, since many kernels align images to no more. Blocks that need more are aligned when they are
/// allocated.
#[repr(C, align(4))]
pub struct Heap<const BYTES: usize> {
    arena: UnsafeCell<MaybeUninit<[u8; BYTES]>>,
    blocks: UnsafeCell<linked_list_allocator::Heap>,
}

// SAFETY: one thread at a time accesses `blocks` and the free part of `arena`, in `with_blocks`.
unsafe impl<const BYTES: usize> Sync for Heap<BYTES> {}

impl<const BYTES: usize> Heap<BYTES> {
    /// An arena without allocated blocks.
    #[expect(clippy::new_without_default, reason = "a heap is a static, which needs a const function")]
    pub const fn new() -> Self {
        Heap {
            arena: UnsafeCell::new(MaybeUninit::uninit()),
            blocks: UnsafeCell::new(linked_list_allocator::Heap::empty()),
        }
    }

    fn with_blocks<T>(&self, work: impl FnOnce(&mut linked_list_allocator::Heap) -> T) -> T {
        critical::without_other_threads(|| {
            // SAFETY: this is a critical section, and no `work` enters `with_blocks` again.
            let blocks = unsafe { &mut *self.blocks.get() };
            if blocks.size() == 0 && BYTES >= LEAST_ARENA_BYTES {
                // SAFETY: nobody else has the arena, and it lives as long as the heap: both are one static.
                unsafe { blocks.init(self.arena.get().cast(), BYTES) };
            }
            work(blocks)
        })
    }
}

/// Statistics of the heap that the program allocates from, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// The size of the heap.
    pub total: usize,
    /// What the program has allocated.
    pub used: usize,
    /// What is left.
    pub free: usize,
}

impl<const BYTES: usize> Heap<BYTES> {
    /// Statistics of the arena.
    pub fn statistics(&self) -> Statistics {
        self.with_blocks(|blocks| Statistics { total: blocks.size(), used: blocks.used(), free: blocks.free() })
    }
}

/// Statistics of the program's heap.
#[cfg(target_os = "none")]
pub fn statistics() -> Statistics {
    unsafe extern "Rust" {
        // The macros define it, since only they know the type of the heap.
        fn __rtt_mod_heap_statistics() -> Statistics;
    }
    // SAFETY: the macros' function has this type, and can be called at any time.
    unsafe { __rtt_mod_heap_statistics() }
}

/// Statistics of the kernel's heap: on a PC, a program has no other heap that is counted.
#[cfg(not(target_os = "none"))]
pub fn statistics() -> Statistics {
    super::kernel_heap::KernelHeap.statistics()
}

/// A smaller arena has no room for the list of its free blocks.
const LEAST_ARENA_BYTES: usize = 4 * size_of::<usize>();

// SAFETY: blocks come from the allocator, lie in the arena, and are not allocated again before they are freed.
unsafe impl<const BYTES: usize> GlobalAlloc for Heap<BYTES> {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        match self.with_blocks(|blocks| blocks.allocate_first_fit(layout)) {
            Ok(block) => block.as_ptr(),
            Err(()) => {
                note_failure(layout.size(), report::<BYTES>);
                ptr::null_mut()
            }
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(block) = NonNull::new(block) {
            // SAFETY: the caller's promise: the block is one of `alloc`'s, with this layout.
            self.with_blocks(|blocks| unsafe { blocks.deallocate(block, layout) });
        }
    }
}

/// A function that writes why the allocation failed.
pub type Report = fn(&mut Sink<'_>) -> fmt::Result;

/// The requested size of the last allocation that failed.
static FAILED_BYTES: AtomicUsize = AtomicUsize::new(0);

/// The [`Report`] of the last allocation that failed, or null. It is a pointer, so that a program that panics but never
/// allocates does not link the reports.
static FAILURE: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

#[cold]
pub fn note_failure(bytes: usize, report: Report) {
    FAILED_BYTES.store(bytes, Ordering::Relaxed);
    FAILURE.store(report as *mut (), Ordering::Relaxed);
}

/// The requested size of the last allocation that failed, in bytes.
pub fn failed_bytes() -> usize {
    FAILED_BYTES.load(Ordering::Relaxed)
}

fn report<const BYTES: usize>(sink: &mut Sink<'_>) -> fmt::Result {
    let failed = failed_bytes();
    write!(sink, "out of memory: {failed} bytes; the heap is {BYTES} bytes, as its option `heap` says")
}

/// The report that replaces a panic's own message, if the panic in `file` is that of `alloc` after a failed allocation.
#[cfg(any(target_os = "none", test))]
pub fn out_of_memory(file: &str) -> Option<Report> {
    let failure = FAILURE.load(Ordering::Relaxed);
    if failure.is_null() || !is_allocs(file) {
        return None;
    }
    // SAFETY: a pointer that is not null is a `Report`, by `note_failure`.
    Some(unsafe { core::mem::transmute::<*mut (), Report>(failure) })
}

/// Whether a panic in `file` is one of `alloc` after a failed allocation. Two numbers need no `memcmp`.
#[cfg(any(target_os = "none", test))]
fn is_allocs(file: &str) -> bool {
    let end = |of: &[u8]| of.last_chunk().map(|bytes| u128::from_ne_bytes(*bytes));
    end(file.as_bytes()) == end(b"/alloc/src/alloc.rs")
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::vec::Vec;

    use super::*;

    /// A block of `bytes`, filled with `fill`.
    unsafe fn filled<const BYTES: usize>(heap: &Heap<BYTES>, bytes: usize, fill: u8) -> (*mut u8, Layout) {
        let layout = Layout::from_size_align(bytes, 8).unwrap();
        // SAFETY: no layout of these tests is empty.
        let block = unsafe { heap.alloc(layout) };
        if !block.is_null() {
            // SAFETY: the block has `bytes` bytes.
            unsafe { block.write_bytes(fill, bytes) };
        }
        (block, layout)
    }

    #[test]
    fn blocks_do_not_overlap_and_come_back() {
        static HEAP: Heap<4096> = Heap::new();
        for _ in 0..3 {
            // SAFETY: no block is empty.
            let blocks: Vec<_> = (1..20u8).map(|n| (n, unsafe { filled(&HEAP, usize::from(n) * 8, n) })).collect();
            for (n, (block, layout)) in blocks {
                // SAFETY: `block` has the size of its layout, and was filled.
                let bytes = unsafe { core::slice::from_raw_parts(block, layout.size()) };
                assert!(bytes.iter().all(|&byte| byte == n));
                // SAFETY: it is the heap's, and not used any more.
                unsafe { HEAP.dealloc(block, layout) };
            }
        }
        // SAFETY: the block is not empty.
        assert!(!unsafe { filled(&HEAP, 4000, 0) }.0.is_null());
    }

    #[test]
    fn without_memory_there_is_a_report() {
        static HEAP: Heap<64> = Heap::new();
        // SAFETY: the block is not empty.
        assert!(unsafe { filled(&HEAP, 1000, 0) }.0.is_null());
        assert!(out_of_memory("src/main.rs").is_none());
        assert!(out_of_memory("/rustc/1234/library/alloc/src/alloc.rs").is_some());
    }

    #[test]
    fn an_arena_has_statistics() {
        static HEAP: Heap<1024> = Heap::new();
        let empty = HEAP.statistics();
        assert_eq!((empty.total, empty.used, empty.free), (1024, 0, 1024));
        // SAFETY: the block is not empty.
        unsafe { filled(&HEAP, 100, 0) };
        let statistics = HEAP.statistics();
        assert!(statistics.used >= 100);
        assert_eq!(statistics.used + statistics.free, 1024);
    }

    #[test]
    fn a_heap_of_nothing_has_no_blocks() {
        static HEAP: Heap<0> = Heap::new();
        // SAFETY: the block is not empty.
        assert!(unsafe { filled(&HEAP, 8, 0) }.0.is_null());
    }
}
