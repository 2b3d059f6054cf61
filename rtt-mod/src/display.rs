//! Displays: RT-Thread's graphic devices, which have their pixels in memory.
//!
//! With the feature `embedded-graphics`, a `Canvas` is a draw target of that crate.
#![forbid(unsafe_code)]

use crate::{Result, device::Mode, sys};

/// How the pixels of a display are in memory.
///
/// ```
/// assert_eq!(rtt_mod::display::PixelFormat::Rgb565.bytes(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PixelFormat {
    /// 5 bits of red, 6 of green, 5 of blue, in two bytes.
    Rgb565,
    /// 8 bits of each, in three bytes.
    Rgb888,
    /// The same after 8 bits that are opaque, in four bytes.
    Argb8888,
}

impl PixelFormat {
    /// Returns the bytes of a pixel.
    ///
    /// ```
    /// assert_eq!(rtt_mod::display::PixelFormat::Rgb888.bytes(), 3);
    /// ```
    pub const fn bytes(self) -> usize {
        match self {
            PixelFormat::Rgb565 => 2,
            PixelFormat::Rgb888 => 3,
            PixelFormat::Argb8888 => 4,
        }
    }
}

/// A display.
///
/// Nothing is drawn outside of it. What is drawn is shown when it is [`update`](Display::update)d; some displays show it at
/// once.
///
/// ```no_run
/// use rtt_mod::display::Display;
///
/// let mut display = Display::open("lcd")?;
/// for x in 0..display.width() {
///     display.set_pixel(x, 10, 0xffff);
/// }
/// display.update()?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
pub struct Display {
    screen: sys::display::Screen,
    format: PixelFormat,
    /// The part that has changed since the last update: left, top, right and bottom, the last two exclusive.
    changed: Option<[u32; 4]>,
}

impl Display {
    /// Opens the display `name`.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`](crate::Error::NotFound) if there is no device of this name;
    /// [`Error::Unsupported`](crate::Error::Unsupported) if it is no display, has no memory for its pixels, or another
    /// format; what the driver reports.
    ///
    /// ```no_run
    /// let display = rtt_mod::display::Display::open("lcd")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn open(name: &str) -> Result<Self> {
        let device = sys::device::Device::find(name)?;
        device.open(Mode::READ_WRITE.bits())?;
        let (screen, format) = sys::display::Screen::of(device)?;
        Ok(Display { screen, format, changed: None })
    }

    /// Returns the width in pixels.
    ///
    /// ```no_run
    /// # let display = rtt_mod::display::Display::open("lcd")?;
    /// let center = display.width() / 2;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn width(&self) -> u32 {
        self.screen.width()
    }

    /// Returns the height in pixels.
    ///
    /// ```no_run
    /// # let display = rtt_mod::display::Display::open("lcd")?;
    /// let center = display.height() / 2;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn height(&self) -> u32 {
        self.screen.height()
    }

    /// Returns the format of its pixels.
    ///
    /// ```no_run
    /// # let display = rtt_mod::display::Display::open("lcd")?;
    /// let bytes = display.format().bytes();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn format(&self) -> PixelFormat {
        self.format
    }

    /// Sets a pixel, in the format of the display. Outside of the display it does nothing.
    ///
    /// ```no_run
    /// # let mut display = rtt_mod::display::Display::open("lcd")?;
    /// display.set_pixel(0, 0, 0xf800);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_pixel(&mut self, x: u32, y: u32, pixel: u32) {
        if x >= self.width() || y >= self.height() {
            return;
        }
        self.screen.store(x, y, self.format.bytes(), pixel);
        let [left, top, right, bottom] = self.changed.unwrap_or([x, y, x, y]);
        self.changed = Some([left.min(x), top.min(y), right.max(x + 1), bottom.max(y + 1)]);
    }

    /// Shows what has changed since the last update: `RTGRAPHIC_CTRL_RECT_UPDATE`.
    ///
    /// # Errors
    ///
    /// What the driver reports.
    ///
    /// ```no_run
    /// # let mut display = rtt_mod::display::Display::open("lcd")?;
    /// display.update()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn update(&mut self) -> Result<()> {
        match self.changed.take() {
            None => Ok(()),
            Some([left, top, right, bottom]) => self.screen.update(left, top, right - left, bottom - top),
        }
    }

    /// Returns a draw target for colors of the type `C`.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`](crate::Error::Unsupported) if the display has another format.
    ///
    /// ```no_run
    /// use embedded_graphics_core::{pixelcolor::{Rgb565, RgbColor}, prelude::*};
    ///
    /// let mut display = rtt_mod::display::Display::open("lcd")?;
    /// let Ok(()) = display.canvas::<Rgb565>()?.clear(Rgb565::RED);
    /// display.update()?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    #[cfg(feature = "embedded-graphics")]
    pub fn canvas<C: Color>(&mut self) -> Result<Canvas<'_, C>> {
        if C::FORMATS.contains(&self.format) {
            Ok(Canvas { display: self, color: core::marker::PhantomData })
        } else {
            Err(crate::Error::Unsupported)
        }
    }
}

#[cfg(feature = "embedded-graphics")]
pub use canvas::{Canvas, Color};

#[cfg(feature = "embedded-graphics")]
mod canvas {
    use core::{convert::Infallible, marker::PhantomData};

    use embedded_graphics_core::{
        Pixel,
        draw_target::DrawTarget,
        geometry::{OriginDimensions, Size},
        pixelcolor::{IntoStorage, PixelColor, Rgb565, Rgb888},
    };

    use super::{Display, PixelFormat};

    /// The colors that displays have.
    pub trait Color: PixelColor {
        /// The formats of this color.
        const FORMATS: &'static [PixelFormat];

        /// The pixel in memory.
        ///
        /// ```
        /// use embedded_graphics_core::{pixelcolor::Rgb565, prelude::*};
        /// use rtt_mod::display::Color;
        ///
        /// assert_eq!(Rgb565::RED.pixel(), 0xf800);
        /// ```
        fn pixel(self) -> u32;
    }

    impl Color for Rgb565 {
        const FORMATS: &'static [PixelFormat] = &[PixelFormat::Rgb565];

        fn pixel(self) -> u32 {
            self.into_storage().into()
        }
    }

    impl Color for Rgb888 {
        const FORMATS: &'static [PixelFormat] = &[PixelFormat::Rgb888, PixelFormat::Argb8888];

        fn pixel(self) -> u32 {
            0xff00_0000 | self.into_storage()
        }
    }

    /// A draw target for `embedded-graphics`. [`Display::canvas`] returns it.
    #[derive(Debug)]
    pub struct Canvas<'a, C> {
        pub(super) display: &'a mut Display,
        pub(super) color: PhantomData<C>,
    }

    impl<C> OriginDimensions for Canvas<'_, C> {
        fn size(&self) -> Size {
            Size::new(self.display.width(), self.display.height())
        }
    }

    impl<C: Color> DrawTarget for Canvas<'_, C> {
        type Color = C;
        type Error = Infallible;

        fn draw_iter<I: IntoIterator<Item = Pixel<C>>>(&mut self, pixels: I) -> Result<(), Infallible> {
            for Pixel(point, color) in pixels {
                if let (Ok(x), Ok(y)) = (u32::try_from(point.x), u32::try_from(point.y)) {
                    self.display.set_pixel(x, y, color.pixel());
                }
            }
            Ok(())
        }
    }
}
