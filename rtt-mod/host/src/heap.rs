//! The kernel's heap: a megabyte for each thread of the tests.

use std::{
    alloc::{Layout, alloc, dealloc},
    cell::RefCell,
    collections::BTreeMap,
    ffi::c_void,
    ptr,
};

use crate::bindings as abi;

const TOTAL: usize = 1 << 20;

thread_local! {
    static BLOCKS: RefCell<BTreeMap<usize, Layout>> = const { RefCell::new(BTreeMap::new()) };
}

fn used() -> usize {
    BLOCKS.with_borrow(|blocks| blocks.values().map(Layout::size).sum())
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_heap_allocate(bytes: u32, alignment: u32) -> *mut c_void {
    let layout = Layout::from_size_align(bytes.max(1) as usize, alignment as usize);
    let Some(layout) = layout.ok().filter(|layout| used() + layout.size() <= TOTAL) else {
        return ptr::null_mut();
    };
    // SAFETY: the layout is not empty.
    let block = unsafe { alloc(layout) };
    BLOCKS.with_borrow_mut(|blocks| blocks.insert(block as usize, layout));
    block.cast()
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_heap_free(block: *mut c_void) {
    let layout = BLOCKS.with_borrow_mut(|blocks| blocks.remove(&(block as usize)));
    let layout = layout.expect("a block is freed once, by the thread that has it");
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
    let module = used() as u32;
    let statistics = abi::rttm_heap_figures { total: TOTAL as u32, used: module, peak: module, module };
    // SAFETY: the caller has a place for them.
    unsafe { figures.write(statistics) };
    abi::RTTM_OK as i32
}
