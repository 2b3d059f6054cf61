//! How a module ends.
#![forbid(unsafe_code)]

use core::fmt::Debug;

use crate::{Error, eprint, eprintln, sys};

/// Ends the module with an exit code. Any thread of the module can call it, and no destructor runs.
///
/// ```no_run
/// rtt_mod::process::exit(3);
/// ```
pub fn exit(code: i32) -> ! {
    sys::process::exit(code)
}

/// The exit code of [`abort`]: as a shell shows the signal of `std`'s.
const ABORTED: i32 = 134;

/// Ends the module with the exit code 134. It prints nothing, and no destructor runs.
///
/// ```no_run
/// rtt_mod::process::abort();
/// ```
pub fn abort() -> ! {
    exit(ABORTED)
}

/// The exit code of a module, which `main` can return. Unlike that of `std` it can be any `i32`.
///
/// ```
/// use rtt_mod::process::ExitCode;
///
/// assert_eq!(ExitCode::from(0), ExitCode::SUCCESS);
/// assert_eq!(ExitCode::from(-5i32), ExitCode::from(-5i32));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExitCode(i32);

impl ExitCode {
    /// Success: 0.
    ///
    /// ```
    /// assert_eq!(rtt_mod::process::ExitCode::SUCCESS, 0i32.into());
    /// ```
    pub const SUCCESS: ExitCode = ExitCode(0);

    /// Failure: 1.
    ///
    /// ```
    /// assert_eq!(rtt_mod::process::ExitCode::FAILURE, 1i32.into());
    /// ```
    pub const FAILURE: ExitCode = ExitCode(1);
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> Self {
        ExitCode(code.into())
    }
}

impl From<i32> for ExitCode {
    fn from(code: i32) -> Self {
        ExitCode(code)
    }
}

/// The types that `main` and a [command](crate::shell::Command) of the shell can return.
///
/// An `Err` is printed with its `Debug`, and its exit code is 1.
///
/// ```
/// use rtt_mod::process::{ExitCode, Termination};
///
/// assert_eq!(().report(), ExitCode::SUCCESS);
/// assert_eq!(7.report(), ExitCode::from(7u8));
/// ```
#[diagnostic::on_unimplemented(
    message = "neither `main` nor a command of the shell can return `{Self}`",
    label = "this type has no exit code",
    note = "they can return `()`, `i32`, `rtt_mod::process::ExitCode`, or a `Result` of one of them whose error has `Debug`"
)]
pub trait Termination {
    /// Returns the exit code. For an error, prints it first.
    ///
    /// ```
    /// use rtt_mod::process::{ExitCode, Termination};
    ///
    /// assert_eq!(ExitCode::FAILURE.report(), ExitCode::FAILURE);
    /// ```
    fn report(self) -> ExitCode;
}

impl Termination for () {
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}

impl Termination for i32 {
    fn report(self) -> ExitCode {
        ExitCode(self)
    }
}

impl Termination for ExitCode {
    fn report(self) -> ExitCode {
        self
    }
}

impl<T: Termination, E: Debug> Termination for Result<T, E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(value) => value.report(),
            Err(error) => report_error(&error),
        }
    }
}

fn report_error(error: &impl Debug) -> ExitCode {
    eprintln!("Error: {error:?}");
    ExitCode::FAILURE
}

/// The types that `init` can return.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`init` can't return `{Self}`",
    label = "this type does not say whether the module stays loaded",
    note = "`init` can return `()`, or a `Result<(), E>` whose error has `Debug`"
)]
pub trait Initialization {
    /// Returns `ExitCode::SUCCESS` if the module stays loaded.
    fn report(self) -> ExitCode;
}

impl Initialization for () {
    fn report(self) -> ExitCode {
        ExitCode::SUCCESS
    }
}

impl<E: Debug> Initialization for Result<(), E> {
    fn report(self) -> ExitCode {
        match self {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => report_error(&error),
        }
    }
}

/// The number that the kernel gets for what `init` returned.
#[doc(hidden)]
#[inline(always)]
pub fn init_result<T: Initialization>(returned: T) -> i32 {
    returned.report().0
}

/// The number that the kernel gets for what `main` returned.
#[doc(hidden)]
#[inline(always)]
pub fn exit_code<T: Termination>(returned: T) -> i32 {
    returned.report().0
}

/// What `main` or `init` returned. The macros call `code`. For a `Result` with the kernel's [`Error`], or with a text, it is one of
/// the methods below, since a method of the type itself comes before one of a trait: the kernel prints the error, and
/// `core::fmt`, of which the `Debug` of a text takes 8 KB, is not linked.
#[doc(hidden)]
pub struct Returned<T>(pub T);

macro_rules! printed_by_the_kernel {
    ($([$($life:lifetime)?] $error:ty: $print:expr;)*) => {
        $(impl<$($life,)? T> Returned<Result<T, $error>> {
            /// The number that the kernel gets. `report` makes it of an `Ok`.
            #[inline(always)]
            pub fn code(self, report: impl FnOnce(Result<T, $error>) -> i32) -> i32 {
                match self.0 {
                    Ok(value) => report(Ok(value)),
                    Err(error) => $print(error),
                }
            }
        })*
    };
}

printed_by_the_kernel! {
    [] Error: report_kernel_error;
    ['e] &'e str: report_text;
    [] alloc::string::String: |text: alloc::string::String| report_text(&text);
    [] i32: report_number;
    [] (): |()| report_nothing();
}

/// All other types.
#[doc(hidden)]
pub trait ReturnedOther<T> {
    /// The number that the kernel gets: that of `report`.
    fn code(self, report: impl FnOnce(T) -> i32) -> i32;
}

impl<T> ReturnedOther<T> for Returned<T> {
    #[inline(always)]
    fn code(self, report: impl FnOnce(T) -> i32) -> i32 {
        report(self.0)
    }
}

#[cold]
#[inline(never)]
fn report_kernel_error(error: Error) -> i32 {
    eprintln!("Error: {error:?}");
    ExitCode::FAILURE.0
}

#[cold]
#[inline(never)]
fn report_number(error: i32) -> i32 {
    eprintln!("Error: {error}");
    ExitCode::FAILURE.0
}

#[cold]
#[inline(never)]
fn report_nothing() -> i32 {
    eprintln!("Error: ()");
    ExitCode::FAILURE.0
}

/// Prints the text as its `Debug` does, but for some characters beyond ASCII, which are not escaped.
#[cold]
#[inline(never)]
fn report_text(mut error: &str) -> i32 {
    eprint!("Error: \"");
    while let Some(at) = error.bytes().position(|byte| byte.is_ascii_control() || matches!(byte, b'"' | b'\\')) {
        // An ASCII character is one byte, so there is a boundary before it and behind it.
        let (plain, rest) = (error.get(..at), error.get(at + 1..));
        let escaped = error.as_bytes().get(at).copied().unwrap_or_default();
        let letter = match escaped {
            b'\n' => 'n',
            b'\r' => 'r',
            b'\t' => 't',
            0 => '0',
            byte => char::from(byte),
        };
        eprint!("{}\\", plain.unwrap_or_default());
        match letter.is_ascii_control() {
            true => eprint!("u{{{escaped:x}}}"),
            false => eprint!("{letter}"),
        }
        error = rest.unwrap_or_default();
    }
    eprintln!("{error}\"");
    ExitCode::FAILURE.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "prints through C")]
    fn an_error_is_printed_and_is_exit_code_1() {
        let mut code = 0;
        let printed = rtt_mod_host::printed(|| code = exit_code(Err::<(), _>("no card")));
        assert_eq!((printed.as_str(), code), ("Error: \"no card\"\n", 1));
    }

    #[test]
    #[cfg_attr(miri, ignore = "prints through C")]
    fn the_kernel_prints_its_own_errors_as_debug_does() {
        for number in 1..=31 {
            let mut code = 0;
            let error = all_errors()[number - 1];
            assert_eq!(error as i32, -(number as i32));
            let printed = rtt_mod_host::printed(|| code = Returned(Err::<(), _>(error)).code(exit_code));
            assert_eq!((printed, code), (alloc::format!("Error: {error:?}\n"), 1));
        }
        assert_eq!(Returned(Ok::<_, Error>(7)).code(exit_code), 7);
        assert_eq!(Returned(Ok::<_, &str>(7)).code(exit_code), 7);
        assert_eq!(Returned(8).code(exit_code), 8);
    }

    #[test]
    #[cfg_attr(miri, ignore = "prints through C")]
    fn the_kernel_prints_texts_and_numbers_as_debug_does() {
        let texts = ["", "no card", "a \"b\" c\\d", "two\nlines\r\n", "\0\t\u{1b}[1m\u{7f}", "naïve 温度", "\""];
        for text in texts {
            let printed = rtt_mod_host::printed(|| assert_eq!(Returned(Err::<(), _>(text)).code(exit_code), 1));
            assert_eq!(printed, alloc::format!("Error: {text:?}\n"));
            let owned = alloc::string::String::from(text);
            let printed = rtt_mod_host::printed(|| assert_eq!(Returned(Err::<(), _>(owned)).code(exit_code), 1));
            assert_eq!(printed, alloc::format!("Error: {text:?}\n"));
        }
        for number in [0, -7, i32::MIN, i32::MAX] {
            let printed = rtt_mod_host::printed(|| assert_eq!(Returned(Err::<(), _>(number)).code(exit_code), 1));
            assert_eq!(printed, alloc::format!("Error: {number:?}\n"));
        }
        let printed = rtt_mod_host::printed(|| assert_eq!(Returned(Err::<(), ()>(())).code(exit_code), 1));
        assert_eq!(printed, "Error: ()\n");
    }

    fn all_errors() -> [Error; 31] {
        use Error::*;
        [
            Other,
            TimedOut,
            Full,
            Empty,
            OutOfMemory,
            Unsupported,
            Busy,
            Io,
            Interrupted,
            InvalidInput,
            WouldWait,
            Deadlock,
            NotFound,
            AlreadyExists,
            PermissionDenied,
            IsADirectory,
            NotADirectory,
            DirectoryNotEmpty,
            StorageFull,
            TooManyOpenFiles,
            InvalidFilename,
            ReadOnlyFilesystem,
            WouldBlock,
            AddrInUse,
            HostUnreachable,
            ConnectionRefused,
            ConnectionReset,
            NotConnected,
            UnexpectedEof,
            WriteZero,
            InvalidData,
        ]
    }

    #[test]
    fn a_number_is_the_exit_code() {
        assert_eq!(exit_code(-7), -7);
        assert_eq!(exit_code(Ok::<_, ()>(ExitCode::from(255u8))), 255);
    }
}
