//! `rtt_mod::library!`: a module without a `main`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{module, options::LibraryOptions};

pub fn expand(options: TokenStream) -> TokenStream {
    let (error, options) = match syn::parse2::<LibraryOptions>(options) {
        Ok(options) => (None, options),
        // One error is enough: without the rest the compiler misses an allocator.
        Err(error) => (Some(error.into_compile_error()), LibraryOptions::default()),
    };
    let on_the_kernel = module::parts(&quote!(rtt::library()), options.heap, &quote!());
    quote! {
        #error
        #on_the_kernel
        #[cfg(not(target_os = "none"))]
        #[allow(dead_code)]
        fn main() {
            ::core::panic!("this is a module for RT-Thread: build it with `mkmod build`")
        }
    }
}
