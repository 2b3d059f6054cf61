//! Drivers: devices that the module implements.

use core::{ffi::c_void, mem, slice};

use super::{
    bindings::{self, rttm_driver, rttm_registration},
    counted::Counted,
    handle::Handle,
    length,
    result::check,
};
use crate::{
    Error, Result,
    device::{Driver, Mode},
};

/// A registered driver. It is unregistered when this is dropped.
#[derive(Debug)]
pub struct Registration(Handle<rttm_registration>);

impl Registration {
    pub fn new<D: Driver>(name: &str, class: u32, driver: D) -> Result<Self> {
        let functions = rttm_driver {
            size: mem::size_of::<rttm_driver>() as u32,
            init: Some(init::<D>),
            open: Some(open::<D>),
            close: Some(close::<D>),
            read: Some(read::<D>),
            write: Some(write::<D>),
            control: Some(control::<D>),
            release: Some(release::<D>),
        };
        let (text, length) = length::text(name)?;
        let context = Counted::context(driver)?;
        let register = |place| {
            // SAFETY: the text has that many bytes; the functions take this context, which lives until the last of them
            // has returned and `release` is called.
            unsafe { bindings::rttm_driver_register(text, length, class, &functions, context, place) }
        };
        // SAFETY: on success the function gives a new handle.
        let registration = unsafe { Handle::made(register) }.inspect_err(|_| {
            // SAFETY: the kernel has not taken it.
            unsafe { release::<D>(context) }
        });
        registration.map(Registration)
    }

    pub fn received(&self, bytes: u32) -> Result<()> {
        // SAFETY: the handle is open.
        check(unsafe { bindings::rttm_driver_received(self.0.as_ptr(), bytes) }).map(drop)
    }
}

/// The result of the ABI for what a driver returns.
fn result(outcome: Result<u32>) -> i32 {
    match outcome {
        Ok(count) => count.min(i32::MAX as u32) as i32,
        Err(error) => error as i32,
    }
}

/// The result of the ABI for a transfer of `length` bytes. A driver never moves more than it was given, whatever it
/// says.
fn moved(outcome: Result<usize>, length: u32) -> i32 {
    result(outcome.map(|count| length::at_most(count).min(length)))
}

/// Calls a driver, which stays until `work` returns.
///
/// # Safety
///
/// `context` is that of `Registration::new::<D>`, and the kernel has not released it or one of its calls has not
/// returned.
unsafe fn call<D: Driver, R>(context: *mut c_void, work: impl FnOnce(&D) -> R) -> R {
    // SAFETY: the caller's promise; a driver is `Sync`.
    unsafe { Counted::call(context, work) }
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn init<D: Driver>(context: *mut c_void) -> i32 {
    // SAFETY: the kernel gives back the context that it got.
    result(unsafe { call(context, D::init) }.map(|()| 0))
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn open<D: Driver>(context: *mut c_void, flags: u32) -> i32 {
    // SAFETY: as above.
    result(unsafe { call(context, |driver: &D| driver.open(Mode::from_bits(flags))) }.map(|()| 0))
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn close<D: Driver>(context: *mut c_void) {
    // SAFETY: as above.
    unsafe { call(context, D::close) }
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn read<D: Driver>(context: *mut c_void, position: u32, bytes: *mut c_void, length: u32) -> i32 {
    if bytes.is_null() {
        return Error::InvalidInput as i32;
    }
    // SAFETY: whoever reads from the device has a buffer of that many bytes, which nobody else uses meanwhile. Its
    // bytes are initialized: an ABI call can't see whether its caller has written to them.
    let buffer = unsafe { slice::from_raw_parts_mut(bytes.cast::<u8>(), length as usize) };
    // SAFETY: the kernel gives back the context that it got.
    moved(unsafe { call(context, |driver: &D| driver.read(position, buffer)) }, length)
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn write<D: Driver>(context: *mut c_void, position: u32, bytes: *const c_void, length: u32) -> i32 {
    if bytes.is_null() {
        return Error::InvalidInput as i32;
    }
    // SAFETY: whoever writes to the device has that many bytes.
    let bytes = unsafe { slice::from_raw_parts(bytes.cast::<u8>(), length as usize) };
    // SAFETY: the kernel gives back the context that it got.
    moved(unsafe { call(context, |driver: &D| driver.write(position, bytes)) }, length)
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.driver"))]
unsafe extern "C" fn control<D: Driver>(context: *mut c_void, command: i32, argument: *mut c_void) -> i32 {
    // SAFETY: the kernel gives back the context that it got.
    result(unsafe { call(context, |driver: &D| driver.control(command, argument)) })
}

#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.release"))]
unsafe extern "C" fn release<D: Driver>(context: *mut c_void) {
    // SAFETY: the kernel gives back the context that it got, once, when it begins no more calls.
    unsafe { Counted::<D>::release(context) }
}
