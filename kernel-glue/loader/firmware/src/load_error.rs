//! Errors as the firmware has them: less exact than the diagnostics, for which the host has more room.
#![forbid(unsafe_code)]

use crate::bindings::rttm_load_error;
use crate::bindings::rttm_load_error_kind::*;
use core::ptr;
use format::{Code, Diagnostic, Name, ReadError, Subject, header};

/// The error lives as long as the diagnostic, which has its name.
pub fn of(diagnostic: &Diagnostic) -> rttm_load_error {
    let (number, place, name) = match &diagnostic.subject {
        Subject::File | Subject::Image | Subject::Entry(_) => (0, 0, None),
        Subject::Segment(index) | Subject::Section(index) | Subject::Dynamic(index) => (*index, 0, None),
        Subject::Symbol { index, name } => (*index, 0, name.as_ref()),
        Subject::Relocation { place, kind, .. } => (*kind, *place, None),
    };
    let name = name.map_or(ptr::null(), Name::as_c_str);
    rttm_load_error { kind: kind(diagnostic), number, place, name }
}

/// The error of a file that can't be read any more.
pub fn of_read(error: ReadError) -> rttm_load_error {
    rttm_load_error { kind: of_error(error), number: 0, place: 0, name: ptr::null() }
}

/// A failed read is no case here: the kernel's source reports it and ends the load.
fn kind(diagnostic: &Diagnostic) -> Type {
    match diagnostic.code {
        Code::NoModule(error) => of_header(error),
        Code::Note(format::note::Error::Old) => RTTM_LOAD_ERROR_OLD,
        Code::Note(_) => RTTM_LOAD_ERROR_NOTE,
        Code::NoNote => RTTM_LOAD_ERROR_NO_NOTE,
        Code::Checksum { .. } => RTTM_LOAD_ERROR_CHECKSUM,
        Code::Changed => RTTM_LOAD_ERROR_CHANGED,
        Code::NoTables => RTTM_LOAD_ERROR_TABLES,
        Code::PastTheEnd { .. } => RTTM_LOAD_ERROR_CUT,
        Code::Constructors => RTTM_LOAD_ERROR_CTORS,
        Code::NoImage | Code::Memory { .. } => RTTM_LOAD_ERROR_NO_IMAGE,
        Code::AlignmentTooLarge(_) => RTTM_LOAD_ERROR_ALIGNMENT,
        Code::NotCode(_) => RTTM_LOAD_ERROR_CODE,
        Code::Unsupported => RTTM_LOAD_ERROR_UNSUPPORTED,
        Code::Missing => RTTM_LOAD_ERROR_MISSING,
        _ => of_subject(&diagnostic.subject),
    }
}

fn of_error(error: ReadError) -> Type {
    match error {
        ReadError::Device => RTTM_LOAD_ERROR_DEVICE,
        ReadError::PastTheEnd => RTTM_LOAD_ERROR_CUT,
    }
}

fn of_header(error: header::Error) -> Type {
    match error {
        header::Error::NotElf => RTTM_LOAD_ERROR_NO_ELF,
        header::Error::Read(_) | header::Error::NoHeader | header::Error::Cut { .. } => RTTM_LOAD_ERROR_CUT,
        header::Error::Class(_) | header::Error::ByteOrder(_) | header::Error::Machine { .. } => {
            RTTM_LOAD_ERROR_MACHINE
        }
        header::Error::Kind(_) | header::Error::RecordSize(_) => RTTM_LOAD_ERROR_KIND,
    }
}

fn of_subject(subject: &Subject) -> Type {
    match subject {
        Subject::File | Subject::Image | Subject::Entry(_) => RTTM_LOAD_ERROR_TABLES,
        Subject::Segment(_) => RTTM_LOAD_ERROR_SEGMENT,
        Subject::Section(_) | Subject::Dynamic(_) => RTTM_LOAD_ERROR_SECTION,
        Subject::Symbol { .. } => RTTM_LOAD_ERROR_SYMBOL,
        Subject::Relocation { .. } => RTTM_LOAD_ERROR_RELOCATION,
    }
}

/// Whether the file is damaged, so that what it needs is of no interest.
pub fn is_damage(diagnostic: &Diagnostic) -> bool {
    !matches!(diagnostic.code, Code::Unsupported | Code::NotCode(_) | Code::Missing)
}
