//! `#[rtt_mod::main]`: the entry of a program, and what it asks of the kernel.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Error, FnArg, ItemFn, Result, ReturnType, Type, parse_quote, spanned::Spanned};

use crate::{module, options::Options};

pub fn expand(options: TokenStream, function: TokenStream) -> TokenStream {
    let function = match syn::parse2::<ItemFn>(function) {
        Ok(function) => function,
        Err(error) => return Error::new(error.span(), "`#[rtt_mod::main]` goes on `fn main`").into_compile_error(),
    };
    module(options, &function).unwrap_or_else(|error| {
        let error = error.into_compile_error();
        // One error is enough: without this the compiler misses a `main`.
        quote! {
            #error
            #[cfg(not(target_os = "none"))]
            fn main() {}
        }
    })
}

fn module(options: TokenStream, function: &ItemFn) -> Result<TokenStream> {
    let options = syn::parse2::<Options>(options)?;
    refuse_other_signatures(function)?;
    let call = call(function);
    let on_the_kernel = on_the_kernel(&options, &call);
    let on_the_host = on_the_host(function, &call);
    Ok(quote! {
        #[cfg(target_os = "none")]
        #function
        #on_the_kernel
        #on_the_host
    })
}

fn refuse_other_signatures(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    let refuse = |span, message: &str| Err(Error::new(span, message));
    if signature.ident != "main" {
        return refuse(signature.ident.span(), "the function that a module begins with is called `main`");
    }
    if let Some(token) = &signature.asyncness {
        return refuse(token.span(), "`main` can't be `async`: a module has no executor unless it brings one");
    }
    if let Some(token) = &signature.unsafety {
        return refuse(token.span(), "`main` can't be `unsafe`: the kernel calls it, and promises nothing");
    }
    if let Some(abi) = &signature.abi {
        return refuse(
            abi.span(),
            "`main` is a Rust function: the attribute makes the C function that the kernel calls",
        );
    }
    if !signature.generics.params.is_empty() || signature.generics.where_clause.is_some() {
        return refuse(signature.generics.span(), "`main` can't be generic");
    }
    if let Some(second) = signature.inputs.iter().nth(1) {
        return refuse(second.span(), "`main` takes nothing, or one argument of type `rtt_mod::env::Args`");
    }
    Ok(())
}

/// The call of `main`, as an `i32` that is the exit code. Wrong types are reported where they are written.
fn call(function: &ItemFn) -> TokenStream {
    let argument = match function.sig.inputs.first() {
        Some(FnArg::Typed(argument)) => {
            let span = argument.ty.span();
            quote_spanned!(span=> ::rtt_mod::__private::same(arguments))
        }
        _ => quote!(),
    };
    let called: Type = match &function.sig.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, never) if matches!(**never, Type::Never(_)) => return quote!(main(#argument)),
        ReturnType::Type(_, returned) => (**returned).clone(),
    };
    let report = quote_spanned!(called.span()=> ::rtt_mod::__private::exit_code::<#called>);
    quote!(#report(main(#argument)))
}

fn on_the_kernel(options: &Options, call: &TokenStream) -> TokenStream {
    let stack = options.stack;
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
    module::parts(&quote!(rtt::app(#stack, #priority)), options.heap, &entry)
}

/// A program for the host, so that an application's types are checked and its documentation is compiled there too.
fn on_the_host(function: &ItemFn, call: &TokenStream) -> TokenStream {
    quote! {
        #[cfg(not(target_os = "none"))]
        fn main() {
            #function
            #[expect(dead_code)]
            fn entry(arguments: ::rtt_mod::env::Args) -> i32 {
                #call
            }
            ::core::panic!("this is a module for RT-Thread: build it with `mkmod build`")
        }
    }
}
