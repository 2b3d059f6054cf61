//! What is wrong, in the kernel's terms: less exact than on the host, where there is room for more words.
#![forbid(unsafe_code)]

use crate::bindings::rttm_reason;
use crate::bindings::rttm_reason_kind::*;
use core::ptr;
use format::{Code, Diagnostic, Name, ReadError, Subject, header};

/// The reason lives as long as the diagnostic, which has its name.
pub fn of(diagnostic: &Diagnostic) -> rttm_reason {
    let (number, place, name) = match &diagnostic.subject {
        Subject::File | Subject::Image | Subject::Entry(_) => (0, 0, None),
        Subject::Segment(index) | Subject::Section(index) | Subject::Dynamic(index) => (*index, 0, None),
        Subject::Symbol { index, name } => (*index, 0, name.as_ref()),
        Subject::Relocation { place, kind, symbol } => (*kind, *place, symbol.as_ref()),
    };
    let name = name.map_or(ptr::null(), Name::as_c_str);
    rttm_reason { kind: kind(diagnostic), number, place, name }
}

/// The reason that the file can't be read any more.
pub fn of_read(error: ReadError) -> rttm_reason {
    rttm_reason { kind: of_error(error), number: 0, place: 0, name: ptr::null() }
}

/// That a read fails is told by the kernel's source at once: the loader hears of it never.
fn kind(diagnostic: &Diagnostic) -> Type {
    match diagnostic.code {
        Code::NoModule(error) => of_header(error),
        Code::Note(_) => RTTM_REASON_NOTE,
        Code::NoNote => RTTM_REASON_NO_NOTE,
        Code::Checksum { .. } => RTTM_REASON_CHECKSUM,
        Code::Changed => RTTM_REASON_CHANGED,
        Code::NoTables => RTTM_REASON_TABLES,
        Code::PastTheEnd { .. } => RTTM_REASON_CUT,
        Code::Constructors => RTTM_REASON_CTORS,
        Code::NoImage | Code::Memory { .. } => RTTM_REASON_NO_IMAGE,
        Code::AlignmentTooLarge(_) => RTTM_REASON_ALIGNMENT,
        Code::NotCode(_) => RTTM_REASON_CODE,
        Code::Unsupported => RTTM_REASON_UNSUPPORTED,
        Code::Missing => RTTM_REASON_MISSING,
        _ => of_subject(&diagnostic.subject),
    }
}

fn of_error(error: ReadError) -> Type {
    match error {
        ReadError::Device => RTTM_REASON_DEVICE,
        ReadError::PastTheEnd => RTTM_REASON_CUT,
    }
}

fn of_header(error: header::Error) -> Type {
    match error {
        header::Error::NotElf => RTTM_REASON_NO_ELF,
        header::Error::Read(_) | header::Error::NoHeader | header::Error::Cut { .. } => RTTM_REASON_CUT,
        header::Error::Class(_) | header::Error::ByteOrder(_) | header::Error::Machine { .. } => RTTM_REASON_MACHINE,
        header::Error::Kind(_) | header::Error::RecordSize(_) => RTTM_REASON_KIND,
    }
}

fn of_subject(subject: &Subject) -> Type {
    match subject {
        Subject::File | Subject::Image | Subject::Entry(_) => RTTM_REASON_TABLES,
        Subject::Segment(_) => RTTM_REASON_SEGMENT,
        Subject::Section(_) | Subject::Dynamic(_) => RTTM_REASON_SECTION,
        Subject::Symbol { .. } => RTTM_REASON_SYMBOL,
        Subject::Relocation { .. } => RTTM_REASON_RELOCATION,
    }
}

/// Whether the file is damaged, so that what it needs is of no interest.
pub fn is_damage(diagnostic: &Diagnostic) -> bool {
    !matches!(diagnostic.code, Code::Unsupported | Code::NotCode(_) | Code::Missing)
}
