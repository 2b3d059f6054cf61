//! What is wrong, as the kernel's words have it: less exactly than on the host, where there is room for more of them.
#![forbid(unsafe_code)]

use crate::bindings::rttm_reason;
use crate::bindings::rttm_reason_kind::*;
use core::ptr;
use loader::{Error, Name, Problem, ReadError, RelocationFault, SegmentFault, SymbolFault, TableFault, note};

/// A reason that is about no place and no symbol.
fn plain(kind: Type) -> rttm_reason {
    numbered(kind, 0)
}

fn numbered(kind: Type, number: u32) -> rttm_reason {
    rttm_reason { kind, number, place: 0, name: ptr::null() }
}

fn named(reason: rttm_reason, name: Option<&Name>) -> rttm_reason {
    rttm_reason { name: name.map_or(ptr::null(), |name| name.as_c_str()), ..reason }
}

pub fn checksum() -> rttm_reason {
    plain(RTTM_REASON_CHECKSUM)
}

pub fn of_read(error: ReadError) -> rttm_reason {
    plain(match error {
        ReadError::Device => RTTM_REASON_DEVICE,
        ReadError::PastTheEnd => RTTM_REASON_CUT,
    })
}

pub fn of_note(error: note::Error) -> rttm_reason {
    match error {
        note::Error::Read(error) => of_read(error),
        _ => plain(RTTM_REASON_NOTE),
    }
}

pub fn of_header(error: Error) -> rttm_reason {
    plain(match error {
        Error::Read(error) => return of_read(error),
        Error::NotElf => RTTM_REASON_NO_ELF,
        Error::NoHeader | Error::Cut { .. } => RTTM_REASON_CUT,
        Error::Class(_) | Error::ByteOrder(_) | Error::Machine { .. } => RTTM_REASON_MACHINE,
        Error::Kind(_) | Error::RecordSize(_) => RTTM_REASON_KIND,
    })
}

/// The reason lives as long as the problem, which has its name.
pub fn of(problem: &Problem) -> rttm_reason {
    match problem {
        Problem::Read(error) => of_read(*error),
        Problem::Segment { fault: SegmentFault::PastTheEnd { .. }, .. }
        | Problem::Section { fault: TableFault::PastTheEnd { .. }, .. } => plain(RTTM_REASON_CUT),
        Problem::Segment { index, .. } => numbered(RTTM_REASON_SEGMENT, *index),
        Problem::NoImage | Problem::Memory { .. } => plain(RTTM_REASON_NO_IMAGE),
        Problem::Entry(_) => plain(RTTM_REASON_CODE),
        Problem::Section { index, .. } => numbered(RTTM_REASON_SECTION, *index),
        Problem::Symbol { index, name, fault } => {
            let kind = if matches!(fault, SymbolFault::NoCode(_)) { RTTM_REASON_CODE } else { RTTM_REASON_SYMBOL };
            named(numbered(kind, *index), name.as_ref())
        }
        Problem::Relocation { place, kind: number, symbol, fault } => {
            let kind =
                if *fault == RelocationFault::Unsupported { RTTM_REASON_UNSUPPORTED } else { RTTM_REASON_RELOCATION };
            named(rttm_reason { place: *place, ..numbered(kind, *number) }, symbol.as_ref())
        }
        Problem::Missing { name, .. } => named(plain(RTTM_REASON_MISSING), Some(name)),
    }
}

/// Whether what a damaged file wants would be no news.
pub fn is_damage(problem: &Problem) -> bool {
    !matches!(
        problem,
        Problem::Relocation { fault: RelocationFault::Unsupported, .. }
            | Problem::Symbol { fault: SymbolFault::NoCode(_), .. }
            | Problem::Entry(_)
            | Problem::Missing { .. }
    )
}
