//! The global allocator, which allocates from the heap that the module's entry defines.
//!
//! rustc looks for an allocator before it calls the linker, and says that one is missing. It is here, rather than beside the
//! entry, so that `mkmod-ld` can say of a program without an entry what really is missing.

use core::alloc::{GlobalAlloc, Layout};

#[global_allocator]
static HEAP: ModuleHeap = ModuleHeap;

/// The heap of the module.
struct ModuleHeap;

unsafe extern "Rust" {
    // The macros define them: `alloc` and `dealloc` of the heap that they make.
    fn __rtt_mod_allocate(layout: Layout) -> *mut u8;
    fn __rtt_mod_free(block: *mut u8, layout: Layout);
}

// SAFETY: the macros' functions are those of an allocator.
unsafe impl GlobalAlloc for ModuleHeap {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise is the one that the function needs.
        unsafe { __rtt_mod_allocate(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is the one that the function needs.
        unsafe { __rtt_mod_free(block, layout) }
    }
}
