//! `print!`, `format!`, `write!` and the like: a format string becomes a template of the module ABI (`rtt_mod.h`).
//!
//! The kernel formats integers and texts. The type of an argument decides that, by the traits in `rtt_mod::__private`.
//! For all other types a closure calls `core::fmt`. Format strings that this module does not parse are passed to
//! `format_args!` unchanged: rare specifications, and wrong ones, for which the compiler then reports its own errors.

mod arguments;
mod format_string;
mod template;
mod write;

pub use write::write;

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Expr, LitStr, parse_quote, spanned::Spanned};

use arguments::Arguments;
use format_string::{Piece, Placeholder};
use template::{Presentation, Template};

/// The expression that prints the arguments of the macro, and `end`.
pub fn expand(input: TokenStream, end: &str) -> TokenStream {
    match Statement::parse(input.clone()) {
        Some(statement) => statement.print(end),
        None => print_with_core_fmt(&input, end),
    }
}

/// The expression of type `String` for the arguments of `format!`.
pub fn format(input: TokenStream) -> TokenStream {
    match Statement::parse(input.clone()) {
        Some(statement) => statement.format(),
        None => quote!(::rtt_mod::__private::format_with_core_fmt(::core::format_args!(#input))),
    }
}

/// A parsed call of `print!`.
struct Statement {
    format: LitStr,
    pieces: Vec<Piece>,
    /// The values in the order of their evaluation: the arguments as they are written, then the captured variables.
    values: Vec<Expr>,
    /// The name of each value in the format string. It is `None` for positional values, which come first.
    names: Vec<Option<Ident>>,
    /// For each placeholder the index into `values`.
    shown: Vec<usize>,
}

impl Statement {
    /// `None`: the call has an error, or this module does not parse it.
    fn parse(input: TokenStream) -> Option<Self> {
        if input.is_empty() {
            let format = LitStr::new("", Span::call_site());
            return Some(Statement {
                format,
                pieces: Vec::new(),
                values: Vec::new(),
                names: Vec::new(),
                shown: Vec::new(),
            });
        }
        let Arguments { format, mut values, names } = syn::parse2(input).ok()?;
        let pieces = format_string::parse(&format.value())?;
        let mut lookup = arguments::Lookup::new(names.clone(), format.span());
        let placeholders = pieces.iter().filter_map(Piece::placeholder);
        let shown = placeholders.map(|one| lookup.find(&one.argument)).collect::<Option<Vec<_>>>()?;
        let mut names: Vec<_> = names.into_iter().map(|name| name.map(|name| identifier(&name))).collect();
        for variable in lookup.captured()? {
            values.push(parse_quote!(#variable));
            names.push(Some(variable));
        }
        Some(Statement { format, pieces, values, names, shown })
    }

    fn print(&self, end: &str) -> TokenStream {
        let template = self.template(end);
        if template.bytes.is_empty() {
            return quote!(());
        }
        if self.values.is_empty() && !template.bytes.contains(&0) {
            let line = Literal::byte_string(&[&template.bytes, &b"\0"[..]].concat());
            return quote!(::rtt_mod::__private::print_line(const { ::rtt_mod::__private::Line::new(#line) }));
        }
        let (template, arguments) = self.to_abi(&template);
        self.with_values(&quote!(::rtt_mod::__private::print(#template, #arguments)))
    }

    fn format(&self) -> TokenStream {
        let template = self.template("");
        if self.values.is_empty() {
            let text = LitStr::new(&String::from_utf8_lossy(&template.bytes), self.format.span());
            return quote!(::rtt_mod::__private::String::from(#text));
        }
        let (template, arguments) = self.to_abi(&template);
        self.with_values(&quote!(::rtt_mod::__private::format(#template, #arguments)))
    }

    /// The template and its arguments as expressions, in the scope of [`with_values`](Self::with_values).
    fn to_abi(&self, template: &Template) -> (TokenStream, TokenStream) {
        let (bytes, count) = (Literal::byte_string(&template.bytes), self.shown.len());
        let arguments = self.arguments(&values(), &template.presentations);
        (quote!(const { ::rtt_mod::__private::Template::<#count>::new(#bytes) }), quote!(&[#(#arguments),*]))
    }

    /// `call` with the values of this statement in scope, evaluated once.
    fn with_values(&self, call: &TokenStream) -> TokenStream {
        if self.values.is_empty() {
            return call.clone();
        }
        let values = values();
        let expressions = self.values.iter().map(|value| in_parentheses(quote!(#value), value.span()));
        quote! {
            match (#(&#expressions,)*) {
                #values => {
                    #[allow(unused_imports)]
                    use ::rtt_mod::__private::{ByKernel as _, ByCoreFmt as _};
                    #call
                }
            }
        }
    }

    /// An expression for each argument of the template. The evaluated `values` are a tuple of references.
    fn arguments(&self, values: &Ident, presentations: &[Presentation]) -> Vec<TokenStream> {
        let placeholders = self.pieces.iter().filter_map(Piece::placeholder);
        let shown = placeholders.zip(presentations).zip(&self.shown);
        let argument = |((placeholder, presentation), index): ((&Placeholder, &Presentation), &usize)| {
            let field = syn::Index::from(*index);
            let value = quote!(#values.#field);
            let format = LitStr::new(&placeholder.alone(), self.format.span());
            // The compiler reports values that cannot be formatted at this span.
            let there = self.values[*index].span();
            let (star, place) = (quote_spanned!(there=> *), in_parentheses(value.clone(), there));
            let by_core_fmt = by_core_fmt(&quote!(::core::format_args!(#format, #star #place)));
            argument(*presentation, &value, &by_core_fmt)
        };
        shown.map(argument).collect()
    }

    fn template(&self, end: &str) -> Template {
        let mut template = Template::default();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => template.text(text),
                Piece::Placeholder(placeholder) => template.placeholder(&placeholder.spec),
            }
        }
        template.text(end);
        template
    }
}

/// The identifier of a name, which may be a keyword.
fn identifier(name: &str) -> Ident {
    syn::parse_str(name).unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
}

/// The tuple of references to the values of a statement.
fn values() -> Ident {
    Ident::new("values", Span::mixed_site())
}

/// `expression` in parentheses with the span `span`. With the span of the macro, errors and panics would show the
/// macro's location.
fn in_parentheses(expression: TokenStream, span: Span) -> Group {
    let mut group = Group::new(Delimiter::Parenthesis, expression);
    group.set_span(span);
    group
}

/// The expression that makes an argument of the ABI from `value`, a reference.
fn argument(presentation: Presentation, value: &TokenStream, by_core_fmt: &TokenStream) -> TokenStream {
    match presentation {
        Presentation::CoreFmt => quote!(::rtt_mod::__private::Argument::formatted(#by_core_fmt)),
        direct => {
            let marker = format_ident!("{direct:?}");
            quote! {
                (&::rtt_mod::__private::Value::<::rtt_mod::__private::#marker, _>::new(#value)).argument(#by_core_fmt)
            }
        }
    }
}

/// The closure that writes `arguments`, an expression of type `fmt::Arguments`.
fn by_core_fmt(arguments: &TokenStream) -> TokenStream {
    let sink = Ident::new("sink", Span::mixed_site());
    quote! {
        &|#sink: &mut ::rtt_mod::__private::Sink<'_>| ::core::fmt::Write::write_fmt(#sink, #arguments)
    }
}

fn print_with_core_fmt(input: &TokenStream, end: &str) -> TokenStream {
    let mut template = Template::default();
    template.argument();
    template.text(end);
    let bytes = Literal::byte_string(&template.bytes);
    let whole = Ident::new("whole", Span::mixed_site());
    let by_core_fmt = by_core_fmt(&quote!(#whole));
    quote! {
        match ::core::format_args!(#input) {
            #whole => ::rtt_mod::__private::print(
                const { ::rtt_mod::__private::Template::<1>::new(#bytes) },
                &[::rtt_mod::__private::Argument::formatted(#by_core_fmt)],
            ),
        }
    }
}
