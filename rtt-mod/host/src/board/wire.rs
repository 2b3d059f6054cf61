//! Serial lines: a test has the other end.

use std::{
    collections::VecDeque,
    ffi::c_void,
    mem, slice,
    sync::{Arc, Mutex, Weak},
};

use crate::{
    bindings::{RTTM_OK, rttm_driver},
    driver::Driver,
    kernel::lock,
};

/// The other end of a serial port.
///
/// ```
/// let wire = rtt_mod_host::Wire::new();
/// wire.send(b"AT\r\n");
/// ```
#[derive(Clone, Default)]
pub struct Wire(Arc<Line>);

#[derive(Default)]
struct Line {
    bytes: Mutex<Bytes>,
    /// The port at the program's end.
    port: Mutex<Weak<Driver>>,
}

#[derive(Default)]
struct Bytes {
    to_program: VecDeque<u8>,
    from_program: Vec<u8>,
}

impl Wire {
    /// A line on which nothing was sent yet.
    ///
    /// ```
    /// let wire = rtt_mod_host::Wire::new();
    /// assert!(wire.received().is_empty());
    /// ```
    pub fn new() -> Self {
        Wire::default()
    }

    /// Sends bytes to the program. Its closure for received data is called before this returns.
    ///
    /// ```
    /// rtt_mod_host::Wire::new().send(b"OK\r\n");
    /// ```
    pub fn send(&self, bytes: &[u8]) {
        let waiting = {
            let line = &mut lock(&self.0.bytes).to_program;
            line.extend(bytes);
            line.len()
        };
        let port = lock(&self.0.port).upgrade();
        if let Some(port) = port {
            port.notify(waiting);
        }
    }

    /// Returns what the program has sent since the last call.
    ///
    /// ```
    /// assert_eq!(rtt_mod_host::Wire::new().received(), []);
    /// ```
    pub fn received(&self) -> Vec<u8> {
        mem::take(&mut lock(&self.0.bytes).from_program)
    }

    /// The port at the program's end.
    pub(super) fn driver(&self, name: Vec<u8>) -> Arc<Driver> {
        let functions = rttm_driver {
            size: size_of::<rttm_driver>() as u32,
            init: None,
            open: None,
            close: None,
            read: Some(read),
            write: Some(write),
            control: Some(control),
            release: None,
        };
        let driver = Driver::of(name, functions, Arc::clone(&self.0));
        *lock(&self.0.port) = Arc::downgrade(&driver);
        driver
    }
}

unsafe extern "C" fn read(line: *mut c_void, _: u32, bytes: *mut c_void, capacity: u32) -> i32 {
    // SAFETY: the context is a line that the driver owns, and there is room for so many bytes.
    let (line, place) =
        unsafe { (&*line.cast::<Line>(), slice::from_raw_parts_mut(bytes.cast::<u8>(), capacity as usize)) };
    let waiting = &mut lock(&line.bytes).to_program;
    let length = waiting.len().min(place.len());
    place.iter_mut().zip(waiting.drain(..length)).for_each(|(place, byte)| *place = byte);
    length as i32
}

unsafe extern "C" fn write(line: *mut c_void, _: u32, bytes: *const c_void, length: u32) -> i32 {
    // SAFETY: the context is a line that the driver owns, and there are so many bytes.
    let (line, bytes) = unsafe { (&*line.cast::<Line>(), slice::from_raw_parts(bytes.cast::<u8>(), length as usize)) };
    lock(&line.bytes).from_program.extend_from_slice(bytes);
    length as i32
}

/// The settings of the line change nothing.
unsafe extern "C" fn control(_: *mut c_void, _: i32, _: *mut c_void) -> i32 {
    RTTM_OK as i32
}
