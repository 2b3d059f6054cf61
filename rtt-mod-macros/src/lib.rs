//! The attributes and macros of `rtt-mod`, which re-exports and documents them.
//!
//! 1. What can be known when the application is compiled is worked out here: the note that goes with the module, the
//!    template of each printed line.
//! 2. What is wrong is refused at the token that is wrong, with the words that mend it. Where the standard library has
//!    an error message for it, that one is given.
//! 3. The code that is emitted names `::rtt_mod` and `::core` only.
#![forbid(unsafe_code)]

mod about;
mod entry;
mod export;
mod import;
mod init;
mod library;
mod module;
mod options;
mod print;
mod signature;
mod size;

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
