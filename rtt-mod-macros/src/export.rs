//! `#[rtt_mod::export]`: a function that other modules find by name.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{
    Error, FnArg, ItemFn, Result, ReturnType, Signature, Type, TypeBareFn, ext::IdentExt as _, parse_quote,
    spanned::Spanned,
};

pub fn expand(options: TokenStream, function: TokenStream) -> Result<TokenStream> {
    if !options.is_empty() {
        return Err(Error::new(options.span(), "`#[rtt_mod::export]` takes no options"));
    }
    let mut function = syn::parse2::<ItemFn>(function)
        .map_err(|error| Error::new(error.span(), "`#[rtt_mod::export]` can only be used on a function"))?;
    refuse_what_c_cannot_call(&function)?;
    refuse_reserved_name(&function)?;
    function.sig.abi = Some(parse_quote!(extern "C"));

    let name = function.sig.ident.unraw().to_string();
    let record = record(&name);
    let type_record = function_type(&function.sig).map(|function_type| type_record(&name, &function_type));
    Ok(quote! {
        #[allow(unsafe_code)]
        #[unsafe(no_mangle)]
        #function
        #[cfg(target_os = "none")]
        #[allow(unsafe_code)]
        const _: () = {
            #record
            #type_record
        };
    })
}

/// Tells the linker a name that is exported.
fn record(name: &str) -> TokenStream {
    let record = Literal::byte_string(&[name.as_bytes(), b"\0"].concat());
    let bytes = name.len() + 1;
    quote! {
        const _: () = {
            #[used]
            #[unsafe(link_section = ".rtt_mod.exports")]
            static NAME: [::core::primitive::u8; #bytes] = *#record;
        };
    }
}

/// Exports a second function, which returns the type of the first as a text.
fn type_record(name: &str, function_type: &TypeBareFn) -> TokenStream {
    let type_name = format!("rtt_mod_type_{name}");
    let record = record(&type_name);
    quote! {
        #[unsafe(export_name = #type_name)]
        extern "C" fn type_of_function() -> *const ::core::primitive::u8 {
            use ::rtt_mod::__private::{Function, Signature};
            const SIGNATURE: Signature = <#function_type as Function>::SIGNATURE;
            static TEXT: [::core::primitive::u8; SIGNATURE.bytes()] = SIGNATURE.text();
            TEXT.as_ptr()
        }
        #record
    }
}

/// The most arguments of a function whose type has a text.
const ARGUMENTS_MAX: usize = 6;

/// The type of a function, if all of its types are written as those that have a text. Which they are, the compiler finds out.
fn function_type(signature: &Signature) -> Option<TypeBareFn> {
    let arguments = signature.inputs.iter().map(|argument| match argument {
        FnArg::Typed(argument) => Some(&*argument.ty).filter(|argument| has_text(argument)),
        FnArg::Receiver(_) => None,
    });
    let arguments = arguments.collect::<Option<Vec<_>>>().filter(|arguments| arguments.len() <= ARGUMENTS_MAX)?;
    let (unsafety, result) = (signature.unsafety, &signature.output);
    let is_known = match result {
        ReturnType::Default => true,
        ReturnType::Type(_, result) => has_text(result),
    };
    is_known.then(|| parse_quote!(#unsafety extern "C" fn(#(#arguments),*) #result))
}

const NUMBERS: [&str; 13] =
    ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "f32", "f64", "bool"];

fn has_text(written: &Type) -> bool {
    match written {
        Type::Ptr(pointer) => has_text(&pointer.elem) || is_void(&pointer.elem),
        Type::Tuple(tuple) => tuple.elems.is_empty(),
        Type::Path(path) => path.path.get_ident().is_some_and(|name| NUMBERS.iter().any(|number| name == number)),
        _ => false,
    }
}

fn is_void(written: &Type) -> bool {
    matches!(written, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "c_void"))
}

/// Functions that something else defines, or that the compiler calls by itself: a module's own function of this name
/// would take their place, and be called with arguments that it does not expect.
const RESERVED: [&str; 15] = [
    "abort",
    "bcmp",
    "calloc",
    "exit",
    "free",
    "main",
    "malloc",
    "memcmp",
    "memcpy",
    "memmove",
    "memset",
    "module_cleanup",
    "module_init",
    "realloc",
    "strlen",
];

/// The same for functions that have a second form for `f32`, with an `f` at the end.
const RESERVED_OF_FLOATS: [&str; 17] = [
    "ceil", "cos", "exp", "exp2", "fabs", "floor", "fma", "fmod", "log", "log10", "log2", "pow", "rint", "round",
    "sin", "sqrt", "trunc",
];

/// Beginnings of such names: those of the C implementation, of the module ABI, of the kernel, and of Rust's runtime.
const RESERVED_PREFIXES: [&str; 5] = ["_", "rttm_", "rtt_mod_", "rt_", "rust_"];

fn refuse_reserved_name(function: &ItemFn) -> Result<()> {
    let name = function.sig.ident.unraw().to_string();
    if let Some(prefix) = RESERVED_PREFIXES.iter().find(|prefix| name.starts_with(**prefix)) {
        let message = format!("names that begin with `{prefix}` are reserved for the runtime: rename the function");
        return Err(Error::new(function.sig.ident.span(), message));
    }
    let of_floats = name.strip_suffix('f').unwrap_or(&name);
    let is_of_floats = [name.as_str(), of_floats].iter().any(|name| RESERVED_OF_FLOATS.contains(name));
    if is_of_floats || RESERVED.contains(&name.as_str()) {
        let message = format!("the runtime has a function `{name}` of its own: rename this one");
        return Err(Error::new(function.sig.ident.span(), message));
    }
    Ok(())
}

fn refuse_what_c_cannot_call(function: &ItemFn) -> Result<()> {
    let signature = &function.sig;
    if let Some(token) = &signature.asyncness {
        return Err(Error::new(token.span(), "an exported function cannot be `async`"));
    }
    if signature.generics.type_params().next().is_some() || signature.generics.const_params().next().is_some() {
        return Err(Error::new(
            signature.generics.span(),
            "an exported function cannot be generic, since it has a single address",
        ));
    }
    if let Some(receiver) = signature.receiver() {
        return Err(Error::new(receiver.span(), "an exported function cannot be a method"));
    }
    match &signature.abi {
        Some(abi) if abi.name.as_ref().is_some_and(|name| name.value() != "C") => {
            Err(Error::new(abi.span(), "an exported function has the ABI `extern \"C\"`: remove the other one"))
        }
        _ => Ok(()),
    }
}
