//! The kernel's heap: a megabyte for each kernel.

use std::{
    alloc::{Layout, alloc, dealloc},
    collections::BTreeMap,
    ffi::c_void,
    ptr,
    sync::{Arc, Mutex, atomic::Ordering},
};

use crate::{
    bindings as abi,
    kernel::{Kernel, lock},
};

const TOTAL: usize = 1 << 20;

/// A block, and the kernel whose heap it is from.
struct Block {
    layout: Layout,
    kernel: Arc<Kernel>,
}

/// The blocks by their addresses. Any thread may free them.
static BLOCKS: Mutex<BTreeMap<usize, Block>> = Mutex::new(BTreeMap::new());

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_heap_allocate(bytes: u32, alignment: u32) -> *mut c_void {
    let kernel = Kernel::current();
    let Ok(layout) = Layout::from_size_align(bytes.max(1) as usize, alignment as usize) else {
        return ptr::null_mut();
    };
    let used = kernel.heap_bytes.fetch_add(layout.size(), Ordering::Relaxed);
    if used + layout.size() > TOTAL {
        kernel.heap_bytes.fetch_sub(layout.size(), Ordering::Relaxed);
        return ptr::null_mut();
    }
    // SAFETY: the layout is not empty.
    let block = unsafe { alloc(layout) };
    lock(&BLOCKS).insert(block as usize, Block { layout, kernel });
    block.cast()
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_heap_free(block: *mut c_void) {
    let freed = lock(&BLOCKS).remove(&(block as usize));
    let Block { layout, kernel } = freed.expect("a block is freed once");
    kernel.heap_bytes.fetch_sub(layout.size(), Ordering::Relaxed);
    // SAFETY: it was allocated with this layout, and is forgotten.
    unsafe { dealloc(block.cast(), layout) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_heap_figures(figures: *mut abi::rttm_heap_figures) -> i32 {
    let module = Kernel::current().heap_bytes.load(Ordering::Relaxed) as u32;
    let statistics = abi::rttm_heap_figures { total: TOTAL as u32, used: module, peak: module, module };
    // SAFETY: the caller has a place for them.
    unsafe { figures.write(statistics) };
    abi::RTTM_OK as i32
}
