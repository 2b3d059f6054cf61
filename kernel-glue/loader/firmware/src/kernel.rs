//! The border to C: the kernel's functions as safe ones.
#![expect(unsafe_code, reason = "C calls, and is called")]

use crate::bindings::{rttm_claims, rttm_load_error, rttm_loaded, rttm_loader_kernel, rttm_need};
use crate::{load, load_error};
use core::{cell::Cell, convert::Infallible, slice};
use format::{Address, Name, ReadError, Source};

/// The kernel, as `rttm_loader_load` was given it.
///
/// When it can't read the file any more, that is told, and everything in the file is zero from then on: so the loader needs no
/// code for it at each of its reads. What it would have to say of the zeros is not told.
pub struct Kernel<'k> {
    c: &'k rttm_loader_kernel,
    failed: Cell<bool>,
}

/// Loads a module: see `loader.h`.
///
/// # Safety
/// `kernel` points to a struct whose functions are those of `loader.h`, and `loaded` to one to fill. `allocate` gives
/// memory of the size asked for that nobody else uses until this returns.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_loader_load(kernel: &rttm_loader_kernel, loaded: &mut rttm_loaded) -> i32 {
    let kernel = Kernel { c: kernel, failed: Cell::new(false) };
    let is_loaded = load::load(&kernel, loaded).is_some() && !kernel.failed.get();
    is_loaded.into()
}

impl<'k> Kernel<'k> {
    pub fn find(&self, name: &Name) -> Option<Address> {
        let find = self.c.find?;
        // SAFETY: the caller of `rttm_loader_load` vouches for the function, and the name ends with a NUL.
        let address = unsafe { find(name.as_c_str()) };
        Some(address as Address)
    }

    pub fn refuse(&self, error: &rttm_load_error) {
        if let Some(refuse) = self.c.refuse.filter(|_| !self.failed.get()) {
            // SAFETY: the caller of `rttm_loader_load` vouches for the function; the name in the error lives until it returns.
            unsafe { refuse(self.c.context, error) }
        }
    }

    pub fn accepts(&self, flags: u32, claims: Option<&rttm_claims>) -> bool {
        // SAFETY: the caller of `rttm_loader_load` vouches for the function; the text lives until it returns.
        self.c.accept.is_some_and(|accept| unsafe {
            accept(self.c.context, flags, claims.map_or(core::ptr::null(), core::ptr::from_ref)) != 0
        })
    }

    /// The memory for the image.
    pub fn allocate(&self, need: &rttm_need) -> Option<&'k mut [u8]> {
        let allocate = self.c.allocate?;
        // SAFETY: the caller of `rttm_loader_load` vouches for the function.
        let memory = unsafe { allocate(self.c.context, need) }.cast::<u8>();
        if memory.is_null() {
            return None;
        }
        // SAFETY: it is as large as asked for, nobody else uses it, and bytes have neither alignment nor wrong values. No
        // allocator leaves them uninitialized in the sense of this compiler, which does not see where they come from.
        Some(unsafe { slice::from_raw_parts_mut(memory, need.image_bytes as usize) })
    }

    /// Makes room for what the module exports. `None` without memory.
    pub fn allocate_exports(&self, count: u32, name_bytes: u32) -> Option<()> {
        let allocate = self.c.allocate_exports?;
        // SAFETY: the caller of `rttm_loader_load` vouches for the function.
        let is_allocated = unsafe { allocate(self.c.context, count, name_bytes) };
        (is_allocated != 0).then_some(())
    }

    pub fn keep(&self, name: &Name, address: Address) {
        if let Some(keep) = self.c.keep {
            // SAFETY: the caller of `rttm_loader_load` vouches for the function, and the name ends with a NUL.
            unsafe { keep(self.c.context, name.as_c_str(), address as usize) }
        }
    }
}

impl Source for &Kernel<'_> {
    type Error = Infallible;

    fn length(&self) -> u32 {
        self.c.file_bytes
    }

    fn read(&self, offset: u32, into: &mut [u8]) -> Result<(), Infallible> {
        if !self.failed.get()
            && let Err(error) = self.try_read(offset, into)
        {
            self.refuse(&load_error::of_read(error));
            self.failed.set(true);
        }
        if self.failed.get() {
            into.fill(0);
        }
        Ok(())
    }
}

impl Kernel<'_> {
    fn try_read(&self, offset: u32, into: &mut [u8]) -> Result<(), ReadError> {
        let length = into.len() as u32;
        if offset > self.c.file_bytes || length > self.c.file_bytes - offset {
            return Err(ReadError::PastTheEnd);
        }
        let read = self.c.read.ok_or(ReadError::Device)?;
        // SAFETY: the caller of `rttm_loader_load` vouches for the function, which fills no more than `length` bytes.
        match unsafe { read(self.c.context, offset, into.as_mut_ptr().cast(), length) } {
            0 => Ok(()),
            _ => Err(ReadError::Device),
        }
    }
}
