//! Devices that programs implement.

use std::{
    ffi::{c_char, c_void},
    slice,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    bindings::{
        RTTM_ERROR_EXISTS, RTTM_ERROR_IO, RTTM_ERROR_NAME, RTTM_ERROR_UNSUPPORTED, RTTM_OK, rttm_driver,
        rttm_registration,
    },
    calls::Calls,
    handle::Object,
    kernel::{Kernel, lock},
    notifier::Notifier,
};

/// A driver. It outlives its registration as long as somebody has the device open.
pub struct Driver {
    name: Vec<u8>,
    functions: rttm_driver,
    context: *mut c_void,
    /// What `context` points to, if the driver owns that.
    owned: Option<Arc<dyn Send + Sync>>,
    calls: Calls,
    has_gone: AtomicBool,
    is_initialized: AtomicBool,
    /// Who wants to know of what is received.
    pub notifiers: Mutex<Vec<Arc<Notifier>>>,
}

// SAFETY: any thread may call the functions with the context, says the ABI.
unsafe impl Send for Driver {}
// SAFETY: several may at once, says the ABI.
unsafe impl Sync for Driver {}

impl Driver {
    fn new(name: Vec<u8>, functions: rttm_driver, context: *mut c_void, owned: Option<Arc<dyn Send + Sync>>) -> Self {
        Driver {
            name,
            functions,
            context,
            owned,
            calls: Calls::default(),
            has_gone: AtomicBool::new(false),
            is_initialized: AtomicBool::new(false),
            notifiers: Mutex::default(),
        }
    }

    /// A driver whose functions get `context`, which it owns.
    pub fn of<T: Send + Sync + 'static>(name: Vec<u8>, functions: rttm_driver, context: Arc<T>) -> Arc<Self> {
        let pointer = Arc::as_ptr(&context).cast_mut().cast();
        Arc::new(Driver::new(name, functions, pointer, Some(context)))
    }

    /// The driver of the device `name`.
    pub fn find(name: &[u8]) -> Option<Arc<Driver>> {
        lock(&Kernel::current().drivers).iter().find(|driver| driver.name == name).cloned()
    }

    /// Registers a driver, in place of one of the same name.
    pub fn replace(driver: Arc<Driver>) {
        let kernel = Kernel::current();
        let mut drivers = lock(&kernel.drivers);
        drivers.retain(|other| other.name != driver.name);
        drivers.push(driver);
    }

    /// Whether a test has made the device, and not a program.
    pub fn is_of_a_test(&self) -> bool {
        self.owned.is_some()
    }

    /// Tells those who have the device open that so many bytes can be read.
    pub fn notify(&self, bytes: usize) {
        let notifiers = lock(&self.notifiers).clone();
        notifiers.iter().for_each(|notifier| notifier.notify(bytes));
    }

    /// Calls a function of the driver's, if it is still there.
    fn call(&self, call: impl FnOnce(*mut c_void) -> i32) -> i32 {
        self.calls.during(|| if self.has_gone.load(Ordering::Acquire) { RTTM_ERROR_IO } else { call(self.context) })
    }

    /// Opens the device, which is initialized the first time.
    pub fn open(&self, flags: u32) -> i32 {
        if !self.is_initialized.load(Ordering::Acquire) {
            // SAFETY: the function takes the driver's context, which is not released during a call.
            let result = self.functions.init.map(|init| self.call(|context| unsafe { init(context) }));
            if let Some(error) = result.filter(|result| *result < 0) {
                return error;
            }
            self.is_initialized.store(true, Ordering::Release);
        }
        // SAFETY: as above.
        self.functions.open.map_or(RTTM_OK as i32, |open| self.call(|context| unsafe { open(context, flags) }))
    }

    /// Somebody closes the device.
    pub fn close(&self) {
        if let Some(close) = self.functions.close {
            self.call(|context| {
                // SAFETY: as above.
                unsafe { close(context) };
                RTTM_OK as i32
            });
        }
    }

    /// Reads from the device.
    ///
    /// # Safety
    ///
    /// There is room for `length` bytes.
    pub unsafe fn read(&self, position: u32, bytes: *mut c_void, length: u32) -> i32 {
        let Some(read) = self.functions.read else { return RTTM_ERROR_UNSUPPORTED };
        // SAFETY: the caller's promise, and as above.
        self.call(|context| unsafe { read(context, position, bytes, length) })
    }

    /// Writes to the device.
    ///
    /// # Safety
    ///
    /// There are `length` bytes.
    pub unsafe fn write(&self, position: u32, bytes: *const c_void, length: u32) -> i32 {
        let Some(write) = self.functions.write else { return RTTM_ERROR_UNSUPPORTED };
        // SAFETY: the caller's promise, and as above.
        self.call(|context| unsafe { write(context, position, bytes, length) })
    }

    /// Controls the device.
    ///
    /// # Safety
    ///
    /// The argument is what the driver takes with the command.
    pub unsafe fn control(&self, command: i32, argument: *mut c_void) -> i32 {
        let Some(control) = self.functions.control else { return RTTM_ERROR_UNSUPPORTED };
        // SAFETY: the caller's promise, and as above.
        self.call(|context| unsafe { control(context, command, argument) })
    }
}

/// A handle: the driver is registered as long as it is open.
struct Registration {
    driver: Arc<Driver>,
    kernel: Arc<Kernel>,
}

impl Drop for Registration {
    fn drop(&mut self) {
        let driver = &self.driver;
        lock(&self.kernel.drivers).retain(|other| !Arc::ptr_eq(other, driver));
        driver.has_gone.store(true, Ordering::Release);
        driver.calls.drain();
        if let Some(release) = driver.functions.release {
            // SAFETY: no call begins any more. One of this thread's own may be under way, as in the firmware.
            unsafe { release(driver.context) };
        }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_driver_register(
    name: *const c_char,
    name_length: u32,
    _: u32,
    driver: *const rttm_driver,
    context: *mut c_void,
    registration: *mut *mut rttm_registration,
) -> i32 {
    // SAFETY: the caller has a driver, and a name of that many bytes.
    let (name, functions) =
        unsafe { (slice::from_raw_parts(name.cast::<u8>(), name_length as usize).to_vec(), driver.read()) };
    if name.is_empty() {
        return RTTM_ERROR_NAME;
    }
    let driver = Arc::new(Driver::new(name, functions, context, None));
    let kernel = Kernel::current();
    {
        let mut drivers = lock(&kernel.drivers);
        if drivers.iter().any(|other| other.name == driver.name) {
            return RTTM_ERROR_EXISTS;
        }
        drivers.push(Arc::clone(&driver));
    }
    // SAFETY: the caller has a place for the handle.
    unsafe { registration.write(Object::open(Registration { driver, kernel })) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_driver_received(registration: *mut rttm_registration, bytes: u32) -> i32 {
    // SAFETY: the handle is open. It may be closed by who is notified, so the driver is kept.
    let driver = Arc::clone(unsafe { &Object::<Registration>::of(registration).driver });
    driver.notify(bytes as usize);
    RTTM_OK as i32
}
