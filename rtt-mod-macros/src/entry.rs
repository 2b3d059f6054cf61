//! `#[rtt_mod::main]`: the module's entry, what it asks of the kernel, its heap and its note.

use std::env;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Error, FnArg, ItemFn, Result, ReturnType, Type, parse_quote, spanned::Spanned};

use crate::options::Options;

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
    let Options { stack, heap, .. } = options;
    let priority = match options.priority {
        Some(priority) => quote!(::core::option::Option::Some(#priority)),
        None => quote!(::core::option::Option::None),
    };
    let [name, version, description] = package();
    quote! {
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)]
        const _: () = {
            use ::rtt_mod::__private as rtt;

            static APP: rtt::App = rtt::app(#stack, #priority);

            #[unsafe(no_mangle)]
            extern "C" fn module_init(module: *mut rtt::rt_dlmodule) {
                // SAFETY: the loader calls this function, once, with the module that it loads.
                unsafe { rtt::init(module, &APP) }
            }

            #[unsafe(export_name = "main")]
            extern "C" fn entry(count: i32, arguments: *const *const ::core::ffi::c_char) -> i32 {
                // SAFETY: the kernel calls this function with what the ABI promises: `count` texts, NUL-terminated,
                // UTF-8, that live as long as the module.
                let arguments = unsafe { rtt::arguments(count, arguments) };
                #call
            }

            #[global_allocator]
            #[unsafe(export_name = "__rtt_mod_arena")]
            static HEAP: rtt::Heap<{ #heap as usize }> = rtt::Heap::new();

            #[used]
            #[unsafe(link_section = ".rtt_mod.note")]
            static NOTE: [u8; rtt::note_bytes(#name, #version, #description)] =
                rtt::note(&APP, #heap, #name, #version, #description);
        };
    }
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

/// Name, version and description of what is being compiled, as cargo tells.
fn package() -> [String; 3] {
    let of_cargo = |key: &str| env::var(key).ok();
    let name =
        of_cargo("CARGO_BIN_NAME").or_else(|| of_cargo("CARGO_CRATE_NAME")).or_else(|| of_cargo("CARGO_PKG_NAME"));
    [name, of_cargo("CARGO_PKG_VERSION"), of_cargo("CARGO_PKG_DESCRIPTION")].map(Option::unwrap_or_default)
}
