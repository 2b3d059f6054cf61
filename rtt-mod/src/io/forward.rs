//! The traits for references and boxes of what has them.
#![forbid(unsafe_code)]

use alloc::{boxed::Box, string::String, vec::Vec};
use core::fmt;

use super::{BufRead, Read, Seek, SeekFrom, Write};
use crate::Result;

macro_rules! forward {
    ($($type:ty),+) => {$(
        impl<T: Read + ?Sized> Read for $type {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                (**self).read(buf)
            }

            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                (**self).read_to_end(buf)
            }

            fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
                (**self).read_to_string(buf)
            }

            fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
                (**self).read_exact(buf)
            }
        }

        impl<T: BufRead + ?Sized> BufRead for $type {
            fn fill_buf(&mut self) -> Result<&[u8]> {
                (**self).fill_buf()
            }

            fn consume(&mut self, count: usize) {
                (**self).consume(count);
            }

            fn read_until(&mut self, delimiter: u8, buf: &mut Vec<u8>) -> Result<usize> {
                (**self).read_until(delimiter, buf)
            }

            fn read_line(&mut self, buf: &mut String) -> Result<usize> {
                (**self).read_line(buf)
            }
        }

        impl<T: Write + ?Sized> Write for $type {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                (**self).write(buf)
            }

            fn flush(&mut self) -> Result<()> {
                (**self).flush()
            }

            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                (**self).write_all(buf)
            }

            fn write_fmt(&mut self, arguments: fmt::Arguments<'_>) -> Result<()> {
                (**self).write_fmt(arguments)
            }
        }

        impl<T: Seek + ?Sized> Seek for $type {
            fn seek(&mut self, position: SeekFrom) -> Result<u64> {
                (**self).seek(position)
            }
        }
    )+};
}

forward!(&mut T, Box<T>);
