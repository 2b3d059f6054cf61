//! `#[rtt_mod::export]`: a function that other modules find by name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Error, ItemFn, Result, parse_quote, spanned::Spanned};

pub fn expand(options: TokenStream, function: TokenStream) -> Result<TokenStream> {
    if !options.is_empty() {
        return Err(Error::new(options.span(), "`#[rtt_mod::export]` has no options"));
    }
    let mut function = syn::parse2::<ItemFn>(function)
        .map_err(|error| Error::new(error.span(), "`#[rtt_mod::export]` goes on a function"))?;
    refuse_what_c_cannot_call(&function)?;
    function.sig.abi = Some(parse_quote!(extern "C"));

    let name = function.sig.ident.to_string();
    let record = Literal::byte_string(&[name.as_bytes(), b"\0"].concat());
    let record_bytes = name.len() + 1;
    Ok(quote! {
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        #function
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)]
        const _: () = {
            #[used]
            #[unsafe(link_section = ".rtt_mod.exports")]
            static NAME: [u8; #record_bytes] = *#record;
        };
    })
}

fn refuse_what_c_cannot_call(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if let Some(token) = &signature.asyncness {
        return Err(Error::new(token.span(), "an exported function can't be `async`"));
    }
    if signature.generics.type_params().next().is_some() || signature.generics.const_params().next().is_some() {
        return Err(Error::new(signature.generics.span(), "an exported function can't be generic: it has one address"));
    }
    if let Some(receiver) = signature.receiver() {
        return Err(Error::new(receiver.span(), "an exported function can't be a method"));
    }
    match &signature.abi {
        Some(abi) if abi.name.as_ref().is_some_and(|name| name.value() != "C") => {
            Err(Error::new(abi.span(), "an exported function is `extern \"C\"`"))
        }
        _ => Ok(()),
    }
}
