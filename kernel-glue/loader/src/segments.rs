//! Whether the segments make an image.

use crate::{
    Module,
    image::Extent,
    report::{Part, Told},
};
use core::num::NonZero;
use format::{Class, Code, Isa, Segment, Source, diagnostic::ALIGNMENT_MAX};

impl<S: Source, I: Isa> Module<S, I> {
    /// The size and the alignment of the image, if its segments make one.
    pub fn image(&self) -> Option<(u32, u32)> {
        let image = self.verify_segments(&mut Told::silent()).ok()??;
        Some((image.size, image.alignment.get()))
    }

    /// Reports what is wrong with the segments. The answer is `None` if they make no image, which was then reported.
    #[inline(never)] // for the sake of the stack
    pub(crate) fn verify_segments(&self, told: &mut Told<'_>) -> Result<Option<Extent>, S::Error> {
        let mut image = Growing::default();
        for index in 0.. {
            let Some(segment) = self.segment(index)? else {
                break;
            };
            let length = self.source().length();
            if let Some(code) = image.fault::<I::Class>(&segment, length) {
                told.tell(Part::Segment(index), code);
            } else if segment.is_loaded() {
                image.grow(&segment);
            }
        }
        let image = image.extent();
        if image.is_none() && !told.is_refused {
            told.tell(Part::File, Code::NoImage);
        }
        Ok(image)
    }

    /// Whether the function pointer `function` points at code of this instruction set in the image.
    pub(crate) fn is_code(&self, function: u32) -> Result<bool, S::Error> {
        let Some(code) = I::code_address(function) else {
            return Ok(false);
        };
        if self.first_segment().is_some_and(|segment| segment.holds_code(code)) {
            return Ok(true);
        }
        for index in 1.. {
            match self.segment(index)? {
                Some(segment) if segment.holds_code(code) => return Ok(true),
                Some(_) => {}
                None => break,
            }
        }
        Ok(false)
    }
}

/// The image as far as its segments were looked at.
#[derive(Default)]
struct Growing {
    /// `None` before the first segment.
    start: Option<u32>,
    end: u32,
    /// The end of what may be code in executable segments.
    code_end: Option<u32>,
    /// 0 for none.
    alignment: u32,
    file_end: u32,
}

impl Growing {
    /// What is wrong with the next segment of a file of `length` bytes.
    fn fault<C: Class>(&self, segment: &Segment, length: u32) -> Option<Code> {
        let bytes = segment.bytes();
        if segment.is_thread_local() {
            Some(Code::ThreadLocal)
        } else if !segment.is_loaded() {
            None
        } else if !bytes.is_within(length) {
            Some(Code::PastTheEnd { bytes: bytes.into(), length: length.into() })
        } else if segment.memory_size < segment.file_size {
            Some(Code::Shrinks)
        } else if !segment.memory().is_within(u32::MAX) {
            Some(Code::Wraps)
        } else if segment.address < self.end || segment.file_offset < self.file_end {
            Some(Code::Order)
        } else if segment.alignment > 1 && !segment.alignment.is_power_of_two() {
            Some(Code::Alignment(segment.alignment.into()))
        } else if segment.alignment > ALIGNMENT_MAX {
            Some(Code::AlignmentTooLarge(u64::from(segment.alignment).into()))
        } else if self.start.is_none() {
            start_fault::<C>(segment)
        } else {
            None
        }
    }

    /// Adds a segment without a fault.
    fn grow(&mut self, segment: &Segment) {
        self.start = self.start.or(Some(segment.address));
        self.end = segment.address.wrapping_add(segment.memory_size);
        if segment.is_executable() {
            self.code_end = Some(segment.code_end());
        }
        self.alignment = self.alignment.max(segment.alignment);
        self.file_end = segment.file_offset.wrapping_add(segment.file_size);
    }

    /// The image of all segments, unless it is empty.
    fn extent(&self) -> Option<Extent> {
        let start = self.start?;
        let size = self.end.wrapping_sub(start);
        let code_size = self.code_end.map_or(0, |end| end.wrapping_sub(start));
        let alignment = NonZero::new(self.alignment).unwrap_or(NonZero::<u32>::MIN);
        (size > 0).then_some(Extent { start, size, code_size, alignment })
    }
}

/// The image's first byte goes to a multiple of 4 or 8 in the heap, and all else moves with it: from an odd address, code
/// would lose its alignment and function pointers their Thumb bit.
fn start_fault<C: Class>(segment: &Segment) -> Option<Code> {
    let (address, alignment) = (segment.address, segment.alignment.clamp(C::WORD, 8));
    (!address.is_multiple_of(alignment)).then_some(Code::Start { address: address.into(), alignment: alignment.into() })
}
