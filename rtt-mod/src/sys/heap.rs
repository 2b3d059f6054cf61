//! The global allocator: an arena in the module's own memory, which goes when the module goes.
//!
//! The module's threads share it, so the kernel keeps the others out for the few instructions of each call.

use core::{
    alloc::{GlobalAlloc, Layout},
    cell::UnsafeCell,
    fmt::{self, Write},
    mem::MaybeUninit,
    ptr::{self, NonNull},
    sync::atomic::{AtomicPtr, AtomicUsize, Ordering},
};

use super::{console::Sink, critical};

/// An arena of `BYTES` bytes and what is known of its free blocks. Its first use makes it ready.
///
/// It is aligned as the list of free blocks wants it, and no more: many a kernel's heap aligns images to 4. Blocks for
/// which that is too little are aligned when they are given out.
#[repr(C, align(4))]
pub struct Heap<const BYTES: usize> {
    arena: UnsafeCell<MaybeUninit<[u8; BYTES]>>,
    blocks: UnsafeCell<linked_list_allocator::Heap>,
}

// SAFETY: `blocks` and the free part of `arena` are touched by one thread at a time, in `with_blocks`.
unsafe impl<const BYTES: usize> Sync for Heap<BYTES> {}

impl<const BYTES: usize> Heap<BYTES> {
    /// An arena that is all free.
    #[expect(clippy::new_without_default, reason = "a heap is a static, which needs a const function")]
    pub const fn new() -> Self {
        Heap {
            arena: UnsafeCell::new(MaybeUninit::uninit()),
            blocks: UnsafeCell::new(linked_list_allocator::Heap::empty()),
        }
    }

    fn with_blocks<T>(&self, work: impl FnOnce(&mut linked_list_allocator::Heap) -> T) -> T {
        critical::without_other_threads(|| {
            // SAFETY: other threads are kept out, and `work` does not come here again: it is `alloc`'s or `dealloc`'s.
            let blocks = unsafe { &mut *self.blocks.get() };
            if blocks.size() == 0 && BYTES >= LEAST_ARENA_BYTES {
                // SAFETY: the arena is ours alone, and has the heap's lifetime: both are one static.
                unsafe { blocks.init(self.arena.get().cast(), BYTES) };
            }
            work(blocks)
        })
    }
}

/// What is known of the heap that the program allocates from, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figures {
    /// The whole heap.
    pub total: usize,
    /// Of it, what the program has.
    pub used: usize,
    /// Of it, what is left.
    pub free: usize,
}

impl<const BYTES: usize> Heap<BYTES> {
    /// The arena's figures.
    pub fn figures(&self) -> Figures {
        self.with_blocks(|blocks| Figures { total: blocks.size(), used: blocks.used(), free: blocks.free() })
    }
}

/// The figures of the program's heap.
pub fn figures() -> Figures {
    unsafe extern "Rust" {
        // In the code of `main` and `library!`: only there is the heap's type known.
        fn __rtt_mod_heap_figures() -> Figures;
    }
    // SAFETY: the macros' function has this type, and can be called at any time.
    unsafe { __rtt_mod_heap_figures() }
}

/// Below this an arena has no room for its own list.
const LEAST_ARENA_BYTES: usize = 4 * size_of::<usize>();

// SAFETY: blocks are the allocator's, inside of the arena, and given out once until they come back.
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

/// Writes why the allocation failed.
pub type Report = fn(&mut Sink<'_>) -> fmt::Result;

/// The size asked for in the last allocation that failed.
static FAILED_BYTES: AtomicUsize = AtomicUsize::new(0);

/// The [`Report`] of the last allocation that failed, or null. A pointer, so that a program that panics but never
/// allocates has no part of this.
static FAILURE: AtomicPtr<()> = AtomicPtr::new(ptr::null_mut());

#[cold]
pub fn note_failure(bytes: usize, report: Report) {
    FAILED_BYTES.store(bytes, Ordering::Relaxed);
    FAILURE.store(report as *mut (), Ordering::Relaxed);
}

/// The size asked for in the last allocation that failed.
pub fn failed_bytes() -> usize {
    FAILED_BYTES.load(Ordering::Relaxed)
}

fn report<const BYTES: usize>(sink: &mut Sink<'_>) -> fmt::Result {
    let failed = failed_bytes();
    write!(sink, "out of memory: {failed} bytes; the heap is {BYTES} bytes, as its option `heap` says")
}

/// What to say instead of a panic's own message, when the panic in `file` is `alloc`'s answer to a failed allocation.
#[cfg(any(target_os = "none", test))]
pub fn out_of_memory(file: &str) -> Option<Report> {
    let failure = FAILURE.load(Ordering::Relaxed);
    if failure.is_null() || !file.ends_with("alloc/src/alloc.rs") {
        return None;
    }
    // SAFETY: the pointer that is not null is a `Report`, by `note_failure`.
    Some(unsafe { core::mem::transmute::<*mut (), Report>(failure) })
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
    fn an_arena_knows_its_figures() {
        static HEAP: Heap<1024> = Heap::new();
        let empty = HEAP.figures();
        assert_eq!((empty.total, empty.used, empty.free), (1024, 0, 1024));
        // SAFETY: the block is not empty.
        unsafe { filled(&HEAP, 100, 0) };
        let figures = HEAP.figures();
        assert!(figures.used >= 100);
        assert_eq!(figures.used + figures.free, 1024);
    }

    #[test]
    fn a_heap_of_nothing_has_no_blocks() {
        static HEAP: Heap<0> = Heap::new();
        // SAFETY: the block is not empty.
        assert!(unsafe { filled(&HEAP, 8, 0) }.0.is_null());
    }
}
