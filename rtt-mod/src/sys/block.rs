//! Values in blocks of the kernel's heap, which the kernel is given a pointer to.
//!
//! They are in that heap whatever heap the program allocates from. When it is full, the caller gets an error, and the program
//! has no code for a panic, as it would have with a `Box`.

use core::ptr::NonNull;

use super::{bindings, length};
use crate::{Error, Result};

/// Moves `value` to a block of its own.
///
/// # Errors
///
/// [`Error::OutOfMemory`] when the heap has no such block. The value is dropped then.
pub fn filled<T>(value: T) -> Result<NonNull<T>> {
    let block = empty(size_of::<T>(), align_of::<T>())?.cast::<T>();
    // SAFETY: the block has the size and the alignment of a `T`, and nobody else knows it.
    unsafe { block.write(value) };
    Ok(block)
}

/// Without a type, so that a program has this function once.
fn empty(bytes: usize, alignment: usize) -> Result<NonNull<u8>> {
    // The kernel has no block without bytes.
    let (bytes, alignment) = (length::whole(bytes.max(1))?, length::whole(alignment)?);
    // SAFETY: the alignment of a type is a power of two.
    let block = unsafe { bindings::rttm_heap_allocate(bytes, alignment) };
    NonNull::new(block.cast()).ok_or(Error::OutOfMemory)
}

/// Drops the value in `block`, and frees the block.
///
/// # Safety
///
/// `block` comes from [`filled`] with this type, and nobody uses it any more.
pub unsafe fn free<T>(block: NonNull<T>) {
    // SAFETY: the caller's promise: the value is there, and nobody else has it.
    unsafe {
        block.drop_in_place();
        bindings::rttm_heap_free(block.as_ptr().cast());
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_value_is_dropped_with_its_block() {
        let value = Arc::new(());
        let block = filled((Arc::clone(&value), 7u64)).unwrap();
        assert!(block.is_aligned());
        assert_eq!(Arc::strong_count(&value), 2);
        // SAFETY: it is the block from above.
        unsafe { free(block) };
        assert_eq!(Arc::strong_count(&value), 1);
    }

    #[test]
    fn a_value_without_bytes_has_a_block() {
        // SAFETY: it is the block of this value.
        unsafe { free(filled(()).unwrap()) };
    }

    #[test]
    fn a_full_heap_is_an_error() {
        assert_eq!(empty(1 << 30, 8), Err(Error::OutOfMemory));
    }
}
