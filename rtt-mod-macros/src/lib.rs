//! The attributes and macros of `rtt-mod`, which re-exports and documents them.
//!
//! 1. The macros compute at compile time what they can: the note of the module, the template of each printed line.
//! 2. An error is reported at the wrong token, with a message that says how to correct it. Where the standard library
//!    has a message for the error, it is that one.
//! 3. The expanded code uses paths that begin with `::rtt_mod` and `::core` only.
#![forbid(unsafe_code)]

mod about;
mod entries;
mod entry;
mod export;
mod import;
mod init;
mod level;
mod library;
mod module;
mod options;
mod print;
mod signature;
mod size;
mod tests;

use proc_macro::TokenStream;

/// See `rtt_mod::main`.
#[proc_macro_attribute]
pub fn main(options: TokenStream, function: TokenStream) -> TokenStream {
    entry::expand(options.into(), function.into()).into()
}

/// See `rtt_mod::init`.
#[proc_macro_attribute]
pub fn init(options: TokenStream, function: TokenStream) -> TokenStream {
    init::expand(options.into(), function.into()).into()
}

/// See `rtt_mod::library`.
#[proc_macro]
pub fn library(options: TokenStream) -> TokenStream {
    library::expand(options.into()).into()
}

/// See `rtt_mod::tests`.
#[proc_macro_attribute]
pub fn tests(options: TokenStream, module: TokenStream) -> TokenStream {
    tests::expand(options.into(), module.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// See `rtt_mod::export`.
#[proc_macro_attribute]
pub fn export(options: TokenStream, function: TokenStream) -> TokenStream {
    export::expand(options.into(), function.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// See `rtt_mod::import`.
#[proc_macro_attribute]
pub fn import(options: TokenStream, block: TokenStream) -> TokenStream {
    import::expand(options.into(), block.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// See `rtt_mod::print`.
#[proc_macro]
pub fn print(input: TokenStream) -> TokenStream {
    print::expand(input.into(), "").into()
}

/// See `rtt_mod::println`.
#[proc_macro]
pub fn println(input: TokenStream) -> TokenStream {
    print::expand(input.into(), "\n").into()
}

/// See `rtt_mod::format`.
#[proc_macro]
pub fn format(input: TokenStream) -> TokenStream {
    print::format(input.into()).into()
}

/// See `rtt_mod::write`.
#[proc_macro]
pub fn write(input: TokenStream) -> TokenStream {
    print::write(input.into(), "").into()
}

/// See `rtt_mod::writeln`.
#[proc_macro]
pub fn writeln(input: TokenStream) -> TokenStream {
    print::write(input.into(), "\n").into()
}
