//! `rtt_mod::library!`: a module without a `main`.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::{
    about::About,
    entries,
    module::{self, Module},
    options::{LibraryOptions, Panic, Stack},
};

pub fn expand(options: TokenStream) -> TokenStream {
    if let Err(error) = entries::refuse_another("`rtt_mod::library!`", Span::call_site()) {
        return error.into_compile_error();
    }
    let (error, options) = match syn::parse2::<LibraryOptions>(options) {
        Ok(options) => (None, options),
        // With the default options, the compiler does not report a missing allocator as well.
        Err(error) => (Some(error.into_compile_error()), LibraryOptions::default()),
    };
    let app = quote!(rtt::library());
    let about = &About::default();
    let on_the_kernel = Module {
        app,
        stack: Stack::Nothing,
        heap: options.heap,
        panic: Panic::Message,
        about,
        level: None,
        init: None,
        items: quote!(),
    }
    .parts();
    let on_the_host = module::on_the_host(&quote!(::rtt_mod::__private::host::library()));
    quote! {
        #error
        #on_the_kernel
        #on_the_host
    }
}
