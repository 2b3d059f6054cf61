//! `#[rtt_mod::init]`: the entry of a resident module.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{ItemFn, Result, ReturnType, Type, parse_quote, spanned::Spanned};

use crate::{
    module::{self, Module},
    options::{InitOptions, Panic},
    signature,
};

pub fn expand(options: TokenStream, function: TokenStream) -> TokenStream {
    module::begin_with("init", function, |function| module(options, function))
}

fn module(options: TokenStream, function: &ItemFn) -> Result<TokenStream> {
    let options = syn::parse2::<InitOptions>(options)?;
    signature::refuse_others(function, "init", "no argument, since a resident module is loaded without any", 0)?;
    signature::refuse_async(
        function,
        "`init` cannot be `async`, since the thread that loads the module waits for its result",
    )?;
    let call = call(function);
    let items = quote! {
        #[unsafe(export_name = "__rtt_mod_init")]
        extern "C" fn init_and_report() -> i32 {
            #call
        }
    };
    let on_the_host = module::on_the_host(&quote! {
        #function
        ::rtt_mod::__private::host::stay(|| #call)
    });
    let stack = options.stack.bytes();
    let app = quote!(rtt::resident(#stack));
    let init = Some(quote!(init_and_report));
    let on_the_kernel = Module {
        app,
        stack: options.stack,
        heap: options.heap,
        panic: Panic::Message,
        about: &options.about,
        level: options.level,
        init,
        items,
    }
    .parts();
    Ok(quote! {
        #[cfg(target_os = "none")]
        #[cfg_attr(test, allow(dead_code))]
        #function
        #on_the_kernel
        #on_the_host
    })
}

/// The call of `init` as an `i32`, which is 0 if the module stays loaded. A wrong type is reported where it is written.
fn call(function: &ItemFn) -> TokenStream {
    let called: Type = match &function.sig.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, returned) => (**returned).clone(),
    };
    let report = quote_spanned!(called.span()=> ::rtt_mod::__private::init_result::<#called>);
    module::code(&quote!(init()), &report)
}
