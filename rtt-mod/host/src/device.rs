//! Devices by their names: those that programs implement, and those that tests have made.

use std::{
    ffi::{c_char, c_void},
    hash::{BuildHasher, Hasher, RandomState},
    slice,
    sync::{Arc, Mutex},
};

use crate::{
    bindings::{
        RTTM_ERROR_BUSY, RTTM_ERROR_INVALID, RTTM_ERROR_NOT_FOUND, RTTM_ERROR_UNSUPPORTED, RTTM_OK, rttm_callback,
        rttm_can_fd_frame, rttm_can_filter, rttm_can_frame, rttm_device, rttm_geometry, rttm_rectangle, rttm_sample,
        rttm_screen, rttm_uart_line,
    },
    driver::Driver,
    handle::Object,
    notifier::Notifier,
};

/// A handle, which knows no more than a name as long as the device is not open.
struct Device {
    name: Vec<u8>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    driver: Option<Arc<Driver>>,
    received: Option<Arc<Notifier>>,
}

impl Device {
    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().expect("no test panics here"))
    }

    fn driver(&self) -> Option<Arc<Driver>> {
        self.change(|state| state.driver.clone())
    }

    fn open(&self, flags: u32) -> i32 {
        if self.driver().is_some() {
            return RTTM_ERROR_BUSY;
        }
        let Some(driver) = Driver::find(&self.name) else { return RTTM_ERROR_NOT_FOUND };
        let result = driver.open(flags);
        if result < 0 {
            return result;
        }
        self.change(|state| {
            driver.notifiers.lock().expect("no test panics here").extend(state.received.clone());
            state.driver = Some(driver);
        });
        RTTM_OK as i32
    }

    fn shut(&self) {
        let (driver, received) = self.change(|state| (state.driver.take(), state.received.clone()));
        if let Some(driver) = driver {
            if let Some(received) = received {
                received.detach(&driver);
            }
            driver.close();
        }
    }

    fn set_received(&self, received: Option<Arc<Notifier>>) {
        let (driver, before) =
            self.change(|state| (state.driver.clone(), std::mem::replace(&mut state.received, received.clone())));
        if let (Some(driver), Some(before)) = (&driver, &before) {
            before.detach(driver);
        }
        if let Some(before) = before {
            before.release();
        }
        if let Some(driver) = driver {
            driver.notifiers.lock().expect("no test panics here").extend(received);
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        self.shut();
        self.set_received(None);
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_find(name: *const c_char, length: u32, device: *mut *mut rttm_device) -> i32 {
    // SAFETY: the name has that many bytes.
    let name = unsafe { slice::from_raw_parts(name.cast::<u8>(), length as usize) }.to_vec();
    if Driver::find(&name).is_none() {
        return RTTM_ERROR_NOT_FOUND;
    }
    // SAFETY: the caller has a place for the handle.
    unsafe { device.write(Object::open(Device { name, state: Mutex::default() })) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_open(device: *mut rttm_device, flags: u32) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Device>::of(device) }.open(flags)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_shut(device: *mut rttm_device) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Device>::of(device) }.shut();
    RTTM_OK as i32
}

/// See `rtt_mod.h`. The drivers of programs count in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_device_unit(_: *mut rttm_device) -> i32 {
    1
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_read(
    device: *mut rttm_device,
    position: u32,
    bytes: *mut c_void,
    length: u32,
) -> i32 {
    // SAFETY: the handle is open, and there is room for `length` bytes.
    unsafe {
        let driver = Object::<Device>::of(device).driver();
        driver.map_or(RTTM_ERROR_INVALID, |driver| driver.read(position, bytes, length))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_write(
    device: *mut rttm_device,
    position: u32,
    bytes: *const c_void,
    length: u32,
) -> i32 {
    // SAFETY: the handle is open, and there are `length` bytes.
    unsafe {
        let driver = Object::<Device>::of(device).driver();
        driver.map_or(RTTM_ERROR_INVALID, |driver| driver.write(position, bytes, length))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_control(device: *mut rttm_device, command: i32, argument: *mut c_void) -> i32 {
    // SAFETY: the handle is open, and the argument is what the driver takes.
    unsafe {
        let driver = Object::<Device>::of(device).driver();
        driver.map_or(RTTM_ERROR_INVALID, |driver| driver.control(command, argument))
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_device_on_receive(device: *mut rttm_device, callback: *const rttm_callback) -> i32 {
    // SAFETY: the handle is open, and the callback is there or null.
    unsafe {
        Object::<Device>::of(device).set_received(callback.as_ref().map(|callback| Notifier::new(*callback)));
    }
    RTTM_OK as i32
}

/// See `rtt_mod.h`. No device reads the bytes of a write after the call.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_device_on_sent(_: *mut rttm_device, _: *const rttm_callback) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. The ports that tests have made take all settings.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_uart_configure(device: *mut rttm_device, _: *const rttm_uart_line) -> i32 {
    // SAFETY: the handle is open.
    let name = unsafe { &Object::<Device>::of(device).name };
    let is_port = Driver::find(name).is_some_and(|driver| driver.is_of_a_test());
    if is_port { RTTM_OK as i32 } else { RTTM_ERROR_UNSUPPORTED }
}

/// See `rtt_mod.h`. A PC has no hardware timers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_hwtimer_control(_: *mut rttm_device, _: u32, _: *mut u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no sensors of RT-Thread's framework.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_sensor_read(_: *mut rttm_device, _: *mut rttm_sample) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no sensors of RT-Thread's framework.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_sensor_set(_: *mut rttm_device, _: u32, _: u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_send(_: *mut rttm_device, _: *const rttm_can_frame) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_receive(_: *mut rttm_device, _: *mut rttm_can_frame) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_fd_send(_: *mut rttm_device, _: *const rttm_can_fd_frame) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_fd_receive(_: *mut rttm_device, _: *mut rttm_can_fd_frame) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_set(_: *mut rttm_device, _: u32, _: u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no CAN controllers.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_can_set_filters(_: *mut rttm_device, _: *const rttm_can_filter, _: u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no flash memories.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_flash_geometry(_: *mut rttm_device, _: *mut rttm_geometry) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no flash memories.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_flash_transfer(_: *mut rttm_device, _: u32, _: u32, _: *mut c_void, _: u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. The numbers are those that `std` seeds its hash maps with.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_random_fill(bytes: *mut c_void, length: u32) -> i32 {
    // SAFETY: there is room for that many bytes.
    let bytes = unsafe { slice::from_raw_parts_mut(bytes.cast::<u8>(), length as usize) };
    for part in bytes.chunks_mut(8) {
        let word = RandomState::new().build_hasher().finish().to_ne_bytes();
        part.copy_from_slice(&word[..part.len()]);
    }
    RTTM_OK as i32
}

/// See `rtt_mod.h`. A PC has no watchdog.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_watchdog_control(_: *mut rttm_device, _: u32, _: *mut u32) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no block devices.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_block_geometry(_: *mut rttm_device, _: *mut rttm_geometry) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no block devices.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_block_sync(_: *mut rttm_device) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no displays.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_display_info(_: *mut rttm_device, _: *mut rttm_screen) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}

/// See `rtt_mod.h`. A PC has no displays.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_display_update(_: *mut rttm_device, _: *const rttm_rectangle) -> i32 {
    RTTM_ERROR_UNSUPPORTED
}
