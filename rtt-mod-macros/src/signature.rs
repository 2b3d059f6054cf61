//! Checks of the signature of `main` and `init`.

use syn::{Error, ItemFn, Result, spanned::Spanned};

/// Refuses everything but a Rust function called `name` with at most `arguments` arguments.
pub fn refuse_others(function: &ItemFn, name: &str, takes: &str, arguments: usize) -> Result<()> {
    let signature = &function.sig;
    let refuse = |span, message: String| Err(Error::new(span, message));
    if signature.ident != name {
        return refuse(
            signature.ident.span(),
            format!("the entry of a module is called `{name}`: rename this function"),
        );
    }
    if let Some(token) = &signature.unsafety {
        return refuse(token.span(), format!("`{name}` cannot be `unsafe`, since the kernel calls it"));
    }
    if let Some(abi) = &signature.abi {
        let message = format!("`{name}` has to be a Rust function: the attribute makes the C function for the kernel");
        return refuse(abi.span(), message);
    }
    if !signature.generics.params.is_empty() || signature.generics.where_clause.is_some() {
        return refuse(signature.generics.span(), format!("`{name}` cannot be generic"));
    }
    if let Some(surplus) = signature.inputs.iter().nth(arguments) {
        return refuse(surplus.span(), format!("`{name}` takes {takes}"));
    }
    Ok(())
}

/// Refuses an `async fn` with `message`.
pub fn refuse_async(function: &ItemFn, message: &str) -> Result<()> {
    match &function.sig.asyncness {
        Some(token) => Err(Error::new(token.span(), message)),
        None => Ok(()),
    }
}
