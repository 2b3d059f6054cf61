//! Texts as paths.

use crate::path::Path;

/// The path that is written as `text`.
#[inline(always)]
pub const fn of(text: &str) -> &Path {
    // SAFETY: `Path` is a transparent struct around a `str`, and any text is a path.
    unsafe { &*(core::ptr::from_ref(text) as *const Path) }
}
