//! `#[rtt_mod::import]`: functions of the kernel, with their prototypes for `mkmod check`.
//!
//! Each function makes a record in the section `.rtt_mod.prototypes`, which the linker reads and which is not loaded:
//!
//! | bytes | meaning |
//! |---|---|
//! | *n* + 1 | the symbol's name, NUL-terminated |
//! | 1 | the size of the result, 0 for none |
//! | 1 | the number of arguments; the highest bit is set for a variadic function |
//! | 1 each | the size of the argument; 255 for more |

use std::collections::BTreeSet;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Error, Expr, ExprLit, FnArg, ForeignItem, ForeignItemFn, GenericParam, ItemForeignMod, Lit, Meta,
    Result, ReturnType, Type, spanned::Spanned,
};

/// In the number of arguments: a variadic function.
const VARIADIC: u8 = 0x80;

pub fn expand(options: TokenStream, block: TokenStream) -> Result<TokenStream> {
    if !options.is_empty() {
        return Err(Error::new(options.span(), "`#[rtt_mod::import]` takes no options"));
    }
    let block = syn::parse2::<ItemForeignMod>(block).map_err(|error| {
        Error::new(error.span(), "`#[rtt_mod::import]` can only be used on an `unsafe extern \"C\"` block")
    })?;
    refuse_other_abis(&block)?;
    let functions = block.items.iter().filter_map(function);
    let records = functions.map(|function| record(&function)).collect::<Result<Vec<_>>>()?;
    let conditions = conditions(&block.attrs);
    Ok(quote! {
        #block
        #(#conditions)*
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)]
        const _: () = {
            const fn byte(size: ::core::primitive::usize) -> ::core::primitive::u8 {
                if size < 255 { size as ::core::primitive::u8 } else { 255 }
            }
            #(#records)*
        };
    })
}

fn refuse_other_abis(block: &ItemForeignMod) -> Result<()> {
    match &block.abi.name {
        Some(name) if name.value() != "C" => {
            Err(Error::new(name.span(), "functions of the kernel have the ABI `extern \"C\"`"))
        }
        _ => Ok(()),
    }
}

/// `None` for a variable.
fn function(item: &ForeignItem) -> Option<ForeignItemFn> {
    match item {
        ForeignItem::Fn(function) => Some(function.clone()),
        // A function with a qualifier that syn does not know.
        ForeignItem::Verbatim(tokens) => syn::parse2(without_safe(tokens.clone())).ok(),
        _ => None,
    }
}

fn without_safe(tokens: TokenStream) -> TokenStream {
    let is_safe = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "safe");
    let mut tokens = tokens.into_iter().peekable();
    let mut kept = TokenStream::new();
    kept.extend(std::iter::from_fn(|| tokens.next_if(|token| !is_safe(token))));
    kept.extend(tokens.skip(1));
    kept
}

fn record(function: &ForeignItemFn) -> Result<TokenStream> {
    let signature = &function.sig;
    let arguments: Vec<&Type> = signature.inputs.iter().filter_map(argument_type).collect();
    let variadic = if signature.variadic.is_some() { VARIADIC } else { 0 };
    let count = u8::try_from(arguments.len()).ok().filter(|count| count & VARIADIC == 0);
    let count = count.ok_or_else(|| Error::new(signature.inputs.span(), "a C function has at most 127 arguments"))?;
    let count = count | variadic;

    let name = symbol(function);
    let name = name.bytes().chain([0]);
    let lifetimes = lifetimes(function);
    let result = match &signature.output {
        ReturnType::Type(_, result) if !matches!(**result, Type::Never(_)) => size(result, &lifetimes),
        _ => quote!(0),
    };
    let record_bytes = name.clone().count() + 2 + arguments.len();
    let sizes = arguments.into_iter().map(|argument| size(argument, &lifetimes));
    let conditions = conditions(&function.attrs);
    Ok(quote! {
        #(#conditions)*
        const _: () = {
            #[used]
            #[unsafe(link_section = ".rtt_mod.prototypes")]
            static PROTOTYPE: [::core::primitive::u8; #record_bytes] = [#(#name,)* #result, #count, #(#sizes),*];
        };
    })
}

fn conditions(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"))
}

fn argument_type(argument: &FnArg) -> Option<&Type> {
    match argument {
        FnArg::Typed(argument) => Some(&argument.ty),
        // The compiler reports the error.
        FnArg::Receiver(_) => None,
    }
}

/// The symbol of the function.
fn symbol(function: &ForeignItemFn) -> String {
    let renamed = function.attrs.iter().find_map(link_name);
    renamed.unwrap_or_else(|| function.sig.ident.unraw().to_string())
}

fn link_name(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    match &meta.value {
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) if meta.path.is_ident("link_name") => Some(name.value()),
        _ => None,
    }
}

/// An expression for the size of a type as one byte. Lifetimes of the function are replaced by `'_`, since they are not
/// in scope there.
fn size(of: &Type, lifetimes: &BTreeSet<String>) -> TokenStream {
    let of = without(quote!(#of), lifetimes);
    quote!(byte(::core::mem::size_of::<#of>()))
}

fn lifetimes(function: &ForeignItemFn) -> BTreeSet<String> {
    let parameters = function.sig.generics.params.iter();
    let lifetimes = parameters.filter_map(|parameter| match parameter {
        GenericParam::Lifetime(parameter) => Some(parameter.lifetime.ident.to_string()),
        _ => None,
    });
    lifetimes.collect()
}

fn without(tokens: TokenStream, lifetimes: &BTreeSet<String>) -> TokenStream {
    let mut after_quote = false;
    let replaced = tokens.into_iter().map(|token| {
        let is_name =
            std::mem::replace(&mut after_quote, matches!(&token, TokenTree::Punct(it) if it.as_char() == '\''));
        match token {
            TokenTree::Ident(name) if is_name && lifetimes.contains(&name.to_string()) => {
                TokenTree::Ident(Ident::new("_", name.span()))
            }
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without(group.stream(), lifetimes));
                inner.set_span(group.span());
                TokenTree::Group(inner)
            }
            token => token,
        }
    });
    replaced.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record_of(item: &str) -> String {
        record(&function(&syn::parse_str(item).unwrap()).unwrap()).unwrap().to_string()
    }

    #[test]
    fn safe_functions_have_records_and_variables_none() {
        let declaration = "fn rt_tick_get(safe: u8) -> u32;";
        for qualifiers in ["pub safe", "#[doc(hidden)] safe", "pub(crate) unsafe"] {
            assert_eq!(record_of(&format!("{qualifiers} {declaration}")), record_of(declaration));
        }
        for variable in ["static a: u8;", "safe static b: u8;", "unsafe static mut safe: u8;"] {
            assert!(function(&syn::parse_str(variable).unwrap()).is_none(), "{variable}");
        }
    }

    #[test]
    fn the_record_has_the_linkers_name() {
        let bytes = |name: &str| name.bytes().chain([0]).map(|byte| format!("{byte}u8 , ")).collect::<String>();
        assert!(record_of("fn r#type();").contains(&bytes("type")));
        assert!(record_of("#[link_name = \"rt_malloc\"] fn allocate(bytes: usize);").contains(&bytes("rt_malloc")));
    }

    #[test]
    fn a_variadic_function_is_marked() {
        assert!(record_of("fn rt_kprintf(format: *const c_char, ...);").contains("0 , 129u8 , byte ("));
    }

    #[test]
    fn lifetimes_of_the_function_go() {
        let record = record_of("fn first<'a>(list: &'a List<'a, 'static>) -> for<'b> fn(&'b u8) -> &'a u8;");
        assert!(record.contains("& '_ List < '_ , 'static >"), "{record}");
        assert!(record.contains("for < 'b > fn (& 'b u8) -> & '_ u8"), "{record}");
    }

    #[test]
    fn a_function_that_does_not_return_has_no_result() {
        assert!(record_of("fn rttm_exit(code: i32) -> !;").contains("0u8 , 0 , 1u8 , byte ("));
    }
}
