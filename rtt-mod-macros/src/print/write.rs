//! `write!` and `writeln!`: where the text goes is told by the type of the first argument.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::{Expr, LitStr, UnOp, spanned::Spanned};

use super::{Statement, in_parentheses, values};

/// The expression that writes the arguments of the macro, and `end`.
pub fn write(input: TokenStream, end: &str) -> TokenStream {
    match parse(input.clone()) {
        Some((to, statement)) => statement.write(&to, end),
        None => {
            let name = format_ident!("{}", if end.is_empty() { "write" } else { "writeln" });
            quote!(::core::#name!(#input))
        }
    }
}

/// The destination, and the rest of the arguments.
fn parse(input: TokenStream) -> Option<(Expr, Statement)> {
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let tokens: Vec<_> = input.into_iter().collect();
    // A comma between angle brackets is followed by what is no format string, which is then left to `core`.
    let end = tokens.iter().position(is_comma).unwrap_or(tokens.len());
    let to = tokens.get(..end)?.iter().cloned().collect();
    let rest = tokens.get(end + 1..).unwrap_or_default().iter().cloned().collect();
    Some((syn::parse2(to).ok()?, Statement::parse(rest)?))
}

impl Statement {
    fn write(&self, to: &Expr, end: &str) -> TokenStream {
        let template = self.template(end);
        let (template, arguments) = self.to_abi(&template);
        let by_core_fmt = self.by_core_fmt(end);
        let place = Ident::new("to", Span::mixed_site());
        let receiver = in_parentheses(quote!(#to), to.span());
        // A value lives to the end of the `match`.
        let with_destination = |work: TokenStream| {
            quote! {{
                #[allow(unused_imports)]
                use ::rtt_mod::__private::IntoDestination as _;
                match #receiver.__rtt_mod_destination() {
                    #place => #work
                }
            }}
        };
        let call = quote! {{
            #[allow(unused_imports)]
            use ::rtt_mod::__private::{OfFmt as _, OfIo as _, Other as _};
            (&&::rtt_mod::__private::Destination::of(&*#place)).kind().write(#place, #template, #arguments, #by_core_fmt)
        }};
        if is_place(to) {
            // The values first: they may come from the destination, as in `write!(text, "{}", text.len())`.
            self.with_values(&with_destination(call))
        } else {
            with_destination(self.with_values(&call))
        }
    }

    /// The closure that does what the macro of `core` does.
    fn by_core_fmt(&self, end: &str) -> TokenStream {
        let (to, values) = (Ident::new("to", Span::mixed_site()), values());
        let format = LitStr::new(&(self.format.value() + end), self.format.span());
        let arguments = self.values.iter().zip(&self.names).enumerate().map(|(index, (value, name))| {
            let field = syn::Index::from(index);
            let value = in_parentheses(quote!(*#values.#field), value.span());
            match name {
                Some(name) => quote!(#name = #value),
                None => quote!(#value),
            }
        });
        quote!(|#to| #to.write_fmt(::core::format_args!(#format, #(#arguments),*)))
    }
}

/// Whether an expression only names a place, so that its evaluation does nothing else.
fn is_place(expression: &Expr) -> bool {
    match expression {
        Expr::Path(_) => true,
        Expr::Field(field) => is_place(&field.base),
        Expr::Paren(inner) => is_place(&inner.expr),
        Expr::Group(inner) => is_place(&inner.expr),
        Expr::Reference(reference) => is_place(&reference.expr),
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)) && is_place(&unary.expr),
        _ => false,
    }
}
