//! The memory of a display's pixels.

use core::{mem::MaybeUninit, ptr::NonNull};

use super::{
    bindings::{self, rttm_rectangle, rttm_screen},
    device::Device,
    result::check,
};
use crate::{Error, Result, display::PixelFormat};

/// An open display.
#[derive(Debug)]
pub struct Screen {
    device: Device,
    pixels: NonNull<u8>,
    width: u32,
    height: u32,
    line_bytes: usize,
}

// SAFETY: the memory of the pixels belongs to the driver, and any thread may write to it.
unsafe impl Send for Screen {}

impl Screen {
    /// The screen of `device`, which is open.
    pub fn of(device: Device) -> Result<(Self, PixelFormat)> {
        let mut info = MaybeUninit::<rttm_screen>::zeroed();
        // SAFETY: the handle is open, and there is a place for the result.
        check(unsafe { bindings::rttm_display_info(device.as_ptr(), info.as_mut_ptr()) })?;
        // SAFETY: all fields are numbers and a pointer, for which zeros are valid.
        let info = unsafe { info.assume_init() };
        let format = match info.format {
            bindings::RTTM_PIXEL_RGB565 => PixelFormat::Rgb565,
            bindings::RTTM_PIXEL_RGB888 => PixelFormat::Rgb888,
            bindings::RTTM_PIXEL_ARGB8888 => PixelFormat::Argb8888,
            _ => return Err(Error::Unsupported),
        };
        let pixels = NonNull::new(info.pixels.cast()).ok_or(Error::Unsupported)?;
        let line_bytes = info.line_bytes as usize;
        if (info.width as usize).checked_mul(format.bytes()).is_none_or(|bytes| bytes > line_bytes) {
            return Err(Error::Unsupported);
        }
        Ok((Screen { device, pixels, width: info.width, height: info.height, line_bytes }, format))
    }

    pub fn width(&self) -> u32 {
        self.width
    }

    pub fn height(&self) -> u32 {
        self.height
    }

    /// Stores the first `bytes` bytes of `pixel`, at most four. Outside of the screen it does nothing.
    pub fn store(&mut self, x: u32, y: u32, bytes: usize, pixel: u32) {
        let begin = x as usize * bytes;
        if y >= self.height || begin + bytes > self.line_bytes {
            return;
        }
        let at = y as usize * self.line_bytes + begin;
        for (index, byte) in pixel.to_le_bytes().into_iter().take(bytes).enumerate() {
            // SAFETY: the driver has `height` lines of `line_bytes` bytes there, as long as the device is open. The display
            // reads them too, so the write is volatile.
            unsafe { self.pixels.add(at + index).write_volatile(byte) };
        }
    }

    pub fn update(&self, x: u32, y: u32, width: u32, height: u32) -> Result<()> {
        let small = |number: u32| u16::try_from(number).map_err(|_| Error::InvalidInput);
        let rectangle = rttm_rectangle { x: small(x)?, y: small(y)?, width: small(width)?, height: small(height)? };
        // SAFETY: the handle is open, and the rectangle lasts as long as the call.
        check(unsafe { bindings::rttm_display_update(self.device.as_ptr(), &rectangle) }).map(drop)
    }
}
