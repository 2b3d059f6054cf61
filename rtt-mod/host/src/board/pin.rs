//! Pins: a program sees those that a test has set, and a test those that the program has.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    bindings::{RTTM_ERROR_BUSY, RTTM_OK, RTTM_PIN_BOTH, RTTM_PIN_INPUT_PULL_UP, RTTM_PIN_RISING, rttm_callback},
    handle::Object,
    kernel::{Kernel, lock},
    notifier::Notifier,
};

/// The pins of a board by their numbers. A pin that nobody has set is low.
pub type Pins = BTreeMap<u32, State>;

/// A pin.
#[derive(Default)]
pub struct State {
    level: u32,
    interrupt: Option<(u32, Arc<Notifier>)>,
}

/// A pin of the board that the calling thread's program sees.
///
/// ```
/// use rtt_mod_host::pin;
///
/// let button = pin(4);
/// button.set_high();
/// assert!(button.is_high());
/// ```
#[derive(Clone)]
pub struct Pin {
    number: u32,
    kernel: Arc<Kernel>,
}

/// Returns the pin with this number.
///
/// ```
/// assert!(!rtt_mod_host::pin(13).is_high());
/// ```
pub fn pin(number: u32) -> Pin {
    Pin { number, kernel: Kernel::current() }
}

impl Pin {
    /// Whether the pin is high.
    ///
    /// ```
    /// assert!(!rtt_mod_host::pin(0).is_high());
    /// ```
    pub fn is_high(&self) -> bool {
        self.level() != 0
    }

    /// Sets the pin high. If that is an edge that the program waits for, its closure is called before this returns.
    ///
    /// ```
    /// rtt_mod_host::pin(0).set_high();
    /// ```
    pub fn set_high(&self) {
        self.set(1);
    }

    /// Sets the pin low. If that is an edge that the program waits for, its closure is called before this returns.
    ///
    /// ```
    /// rtt_mod_host::pin(0).set_low();
    /// ```
    pub fn set_low(&self) {
        self.set(0);
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(lock(&self.kernel.board.pins).entry(self.number).or_default())
    }

    fn level(&self) -> u32 {
        self.change(|state| state.level)
    }

    fn set(&self, level: u32) {
        let notified = self.change(|state| {
            let is_edge = std::mem::replace(&mut state.level, level) != level;
            let rising = level != 0;
            let (edge, notifier) = state.interrupt.as_ref()?;
            let is_waited_for = *edge == RTTM_PIN_BOTH || rising == (*edge == RTTM_PIN_RISING);
            (is_edge && is_waited_for).then(|| Arc::clone(notifier))
        });
        if let Some(notifier) = notified {
            notifier.notify(level as usize);
        }
    }
}

/// See `rtt_mod.h`. A resistor to the supply makes the pin high.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_pin_mode(number: u32, mode: u32) -> i32 {
    if mode == RTTM_PIN_INPUT_PULL_UP {
        let pins = &Kernel::current().board.pins;
        lock(pins).entry(number).or_insert_with(|| State { level: 1, interrupt: None });
    }
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_pin_write(number: u32, level: u32) -> i32 {
    pin(number).set(level);
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_pin_read(number: u32) -> i32 {
    pin(number).level() as i32
}

/// A handle.
struct Interrupt(Pin);

impl Drop for Interrupt {
    fn drop(&mut self) {
        if let Some((_, notifier)) = self.0.change(|state| state.interrupt.take()) {
            notifier.release();
        }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_pin_interrupt(
    number: u32,
    edge: u32,
    callback: *const rttm_callback,
    interrupt: *mut *mut crate::bindings::rttm_pin_interrupt,
) -> i32 {
    let pin = pin(number);
    if pin.change(|state| state.interrupt.is_some()) {
        return RTTM_ERROR_BUSY;
    }
    // SAFETY: the caller's promise.
    let notifier = Notifier::new(unsafe { callback.read() });
    pin.change(|state| state.interrupt = Some((edge, notifier)));
    // SAFETY: the caller has a place for the handle.
    unsafe { interrupt.write(Object::open(Interrupt(pin))) };
    RTTM_OK as i32
}
