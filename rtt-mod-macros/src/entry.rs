//! `#[rtt_mod::main]`: the entry of a program, and what it asks of the kernel.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{FnArg, ItemFn, Result, ReturnType, Type, parse_quote, spanned::Spanned};

use crate::{
    module::{self, Module},
    options::Options,
    signature,
};

pub fn expand(options: TokenStream, function: TokenStream) -> TokenStream {
    module::begin_with("main", function, |function| module(options, function))
}

fn module(options: TokenStream, function: &ItemFn) -> Result<TokenStream> {
    let options = syn::parse2::<Options>(options)?;
    signature::refuse_others(function, "main", "no argument, or one of type `rtt_mod::env::Args`", 1)?;
    if cfg!(not(feature = "async")) {
        let mend = "an `async fn main` needs the feature `async` of rtt-mod: \
                    `rtt-mod = { …, features = [\"async\"] }`";
        signature::refuse_async(function, mend)?;
    }
    let call = call(function);
    let on_the_kernel = on_the_kernel(&options, &call);
    let on_the_host = on_the_host(function, &call);
    Ok(quote! {
        #[cfg(target_os = "none")]
        #[cfg_attr(test, allow(dead_code))]
        #function
        #on_the_kernel
        #on_the_host
    })
}

/// The call of `main` as an `i32`, which is the exit code. Wrong types are reported where they are written.
fn call(function: &ItemFn) -> TokenStream {
    let argument = match function.sig.inputs.first() {
        Some(FnArg::Typed(argument)) => {
            let span = argument.ty.span();
            quote_spanned!(span=> ::rtt_mod::__private::same(arguments))
        }
        _ => quote!(),
    };
    let result = match function.sig.asyncness {
        Some(_) => quote!(::rtt_mod::task::block_on(main(#argument))),
        None => quote!(main(#argument)),
    };
    let called: Type = match &function.sig.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, never) if matches!(**never, Type::Never(_)) => return quote!(#result),
        ReturnType::Type(_, returned) => (**returned).clone(),
    };
    let report = quote_spanned!(called.span()=> ::rtt_mod::__private::exit_code::<#called>);
    module::code(&result, &report)
}

fn on_the_kernel(options: &Options, call: &TokenStream) -> TokenStream {
    let stack = options.stack.bytes();
    let priority = match options.priority {
        Some(priority) => quote!(::core::option::Option::Some(#priority)),
        None => quote!(::core::option::Option::None),
    };
    let entry = quote! {
        #[unsafe(export_name = "main")]
        extern "C" fn entry(count: i32, arguments: *const *const ::core::ffi::c_char) -> i32 {
            // SAFETY: the kernel calls this function with what the ABI promises: `count` texts, NUL-terminated,
            // UTF-8, that live as long as the module.
            let arguments = unsafe { rtt::arguments(count, arguments) };
            #call
        }
    };
    let app = quote!(rtt::app(#stack, #priority));
    Module {
        app,
        stack: options.stack,
        heap: options.heap,
        panic: options.panic,
        about: &options.about,
        level: None,
        init: None,
        items: entry,
    }
    .parts()
}

fn on_the_host(function: &ItemFn, call: &TokenStream) -> TokenStream {
    module::on_the_host(&quote! {
        #function
        fn entry(arguments: ::rtt_mod::env::Args) -> i32 {
            #call
        }
        ::rtt_mod::__private::host::run(entry)
    })
}
