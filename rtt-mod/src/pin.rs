//! Pins with the traits of `embedded-hal`: RT-Thread's `rt_pin`.
//!
//! The board's pin driver defines the numbers of pins.
//!
//! ```no_run
//! use embedded_hal::digital::{OutputPin, PinState};
//! use rtt_mod::pin::Output;
//!
//! let mut led = Output::new(0, PinState::Low)?;
//! led.set_high()?;
//! # Ok::<(), rtt_mod::Error>(())
//! ```
#![forbid(unsafe_code)]

use embedded_hal::digital::{ErrorType, InputPin, OutputPin, PinState, StatefulOutputPin};

use crate::{Error, Result, sys};

/// The pull resistor of an input.
///
/// ```
/// assert_eq!(rtt_mod::pin::Pull::default(), rtt_mod::pin::Pull::None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pull {
    /// No resistor: `PIN_MODE_INPUT`.
    #[default]
    None,
    /// A resistor to the supply: `PIN_MODE_INPUT_PULLUP`.
    Up,
    /// A resistor to ground: `PIN_MODE_INPUT_PULLDOWN`.
    Down,
}

/// The edges of an input that cause an interrupt.
///
/// ```no_run
/// # let mut button = rtt_mod::pin::Input::new(2, rtt_mod::pin::Pull::Up)?;
/// button.on_edge(rtt_mod::pin::Edge::Falling, |_| {})?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u32)]
pub enum Edge {
    /// From low to high: `PIN_IRQ_MODE_RISING`.
    Rising = 0,
    /// From high to low: `PIN_IRQ_MODE_FALLING`.
    Falling = 1,
    /// Both edges: `PIN_IRQ_MODE_RISING_FALLING`.
    Both = 2,
}

/// An input pin. It implements [`InputPin`] of `embedded-hal`.
#[derive(Debug)]
pub struct Input {
    pin: u32,
    interrupt: Option<sys::pin::Interrupt>,
}

impl Input {
    /// Makes `pin` an input: `rt_pin_mode`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] on a board without a pin driver.
    ///
    /// ```no_run
    /// use rtt_mod::pin::{Input, Pull};
    ///
    /// let button = Input::new(2, Pull::Up)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new(pin: u32, pull: Pull) -> Result<Self> {
        sys::pin::set_mode(pin, 1 + pull as u32)?;
        Ok(Input { pin, interrupt: None })
    }

    /// Returns the pin's level: `rt_pin_read`.
    ///
    /// # Errors
    ///
    /// What the driver reports, for example for a pin that does not exist.
    ///
    /// ```no_run
    /// # let button = rtt_mod::pin::Input::new(2, rtt_mod::pin::Pull::Up)?;
    /// if button.level()? == embedded_hal::digital::PinState::Low {
    ///     rtt_mod::println!("pressed");
    /// }
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn level(&self) -> Result<PinState> {
        level(self.pin)
    }

    /// Sets a callback for edges: `rt_pin_attach_irq`. It is called with the pin's level. It replaces an earlier
    /// callback, and is dropped with the pin.
    ///
    /// The callback is called by an interrupt: it must be quick, and cannot wait. A panic in it ends the module.
    ///
    /// # Errors
    ///
    /// [`Error::Busy`] if this pin has a callback of another user; [`Error::Unsupported`] or [`Error::InvalidInput`] if
    /// the pin has no interrupt.
    ///
    /// ```no_run
    /// use rtt_mod::{pin::{Edge, Input, Pull}, sync::Semaphore};
    ///
    /// static PRESSED: Semaphore = Semaphore::new(0);
    ///
    /// let mut button = Input::new(2, Pull::Up)?;
    /// button.on_edge(Edge::Falling, |_| PRESSED.release())?;
    /// PRESSED.take();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn on_edge(&mut self, edge: Edge, mut changed: impl FnMut(PinState) + Send + 'static) -> Result<()> {
        self.interrupt = None;
        let closure = move |level| changed(PinState::from(level != 0));
        self.interrupt = Some(sys::pin::Interrupt::new(self.pin, edge as u32, closure)?);
        Ok(())
    }
}

#[cfg(feature = "embedded-hal-async")]
impl Input {
    /// The number of the pin.
    pub(crate) fn number(&self) -> u32 {
        self.pin
    }
}

impl ErrorType for Input {
    type Error = Error;
}

impl InputPin for Input {
    fn is_high(&mut self) -> Result<bool> {
        self.level().map(|level| level == PinState::High)
    }

    fn is_low(&mut self) -> Result<bool> {
        self.level().map(|level| level == PinState::Low)
    }
}

/// An output pin. It implements [`OutputPin`] and [`StatefulOutputPin`] of `embedded-hal`.
///
/// The pin keeps its level when this is dropped.
#[derive(Debug)]
pub struct Output(u32);

impl Output {
    /// Makes `pin` an output with the level `state`: `rt_pin_mode`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] on a board without a pin driver.
    ///
    /// ```no_run
    /// use embedded_hal::digital::PinState;
    ///
    /// let led = rtt_mod::pin::Output::new(0, PinState::High)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new(pin: u32, state: PinState) -> Result<Self> {
        drive(pin, 0, state)?;
        Ok(Output(pin))
    }
}

/// An open-drain output: it is driven low or released, so several devices can share the line. It implements
/// [`OutputPin`], [`StatefulOutputPin`] and [`InputPin`] of `embedded-hal`.
///
/// The pin keeps its state when this is dropped.
#[derive(Debug)]
pub struct OpenDrain(u32);

impl OpenDrain {
    /// Makes `pin` an open-drain output: `rt_pin_mode` with `PIN_MODE_OUTPUT_OD`. [`PinState::High`] releases it.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] on a board without a pin driver.
    ///
    /// ```no_run
    /// use embedded_hal::digital::PinState;
    ///
    /// let line = rtt_mod::pin::OpenDrain::new(5, PinState::High)?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn new(pin: u32, state: PinState) -> Result<Self> {
        drive(pin, 4, state)?;
        Ok(OpenDrain(pin))
    }
}

impl InputPin for OpenDrain {
    fn is_high(&mut self) -> Result<bool> {
        level(self.0).map(|level| level == PinState::High)
    }

    fn is_low(&mut self) -> Result<bool> {
        level(self.0).map(|level| level == PinState::Low)
    }
}

/// Implements the traits of both kinds of output.
macro_rules! output {
    ($pin:ty) => {
        impl ErrorType for $pin {
            type Error = Error;
        }

        impl OutputPin for $pin {
            fn set_low(&mut self) -> Result<()> {
                sys::pin::write(self.0, 0)
            }

            fn set_high(&mut self) -> Result<()> {
                sys::pin::write(self.0, 1)
            }
        }

        impl StatefulOutputPin for $pin {
            fn is_set_high(&mut self) -> Result<bool> {
                level(self.0).map(|level| level == PinState::High)
            }

            fn is_set_low(&mut self) -> Result<bool> {
                level(self.0).map(|level| level == PinState::Low)
            }
        }
    };
}

output!(Output);
output!(OpenDrain);

pub(crate) fn level(pin: u32) -> Result<PinState> {
    sys::pin::read(pin).map(|level| PinState::from(level != 0))
}

fn drive(pin: u32, mode: u32, state: PinState) -> Result<()> {
    sys::pin::set_mode(pin, mode)?;
    sys::pin::write(pin, (state == PinState::High).into())
}
