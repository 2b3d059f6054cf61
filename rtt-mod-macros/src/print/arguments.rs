//! The arguments of a format string, and their assignment to placeholders.

use proc_macro2::Span;
use syn::{
    Expr, Ident, LitStr, Result, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use super::format_string::Reference;

/// `"format", positional, …, name = value, …`
pub struct Arguments {
    pub format: LitStr,
    pub values: Vec<Expr>,
    /// The name of each value. It is `None` for positional values, which come first.
    pub names: Vec<Option<String>>,
}

impl Parse for Arguments {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut arguments = Arguments { format: input.parse()?, values: Vec::new(), names: Vec::new() };
        while !input.is_empty() {
            input.parse::<Token![,]>()?;
            if input.is_empty() {
                break;
            }
            let name = name(input)?;
            if name.is_none() && arguments.names.last().is_some_and(Option::is_some) {
                return Err(input.error("positional after named"));
            }
            arguments.names.push(name);
            arguments.values.push(input.parse()?);
        }
        Ok(arguments)
    }
}

fn name(input: ParseStream) -> Result<Option<String>> {
    if !(input.peek(Ident::peek_any) && input.peek2(Token![=]) && !input.peek2(Token![==])) {
        return Ok(None);
    }
    let name = input.call(Ident::parse_any)?.unraw().to_string();
    input.parse::<Token![=]>()?;
    Ok(Some(name))
}

/// Finds the value of each placeholder, in order.
pub struct Lookup {
    names: Vec<Option<String>>,
    used: Vec<bool>,
    next: usize,
    captured: Vec<Ident>,
    span: Span,
}

impl Lookup {
    /// Variables that the format string names are resolved at `span`.
    pub fn new(names: Vec<Option<String>>, span: Span) -> Self {
        Lookup { used: vec![false; names.len()], names, next: 0, captured: Vec::new(), span }
    }

    /// The index of the value of `reference`. `None`: there is none, or the compiler has a warning for it.
    pub fn find(&mut self, reference: &Reference) -> Option<usize> {
        let index = match reference {
            Reference::Next => {
                self.next += 1;
                self.positional(self.next - 1)?
            }
            Reference::Index(index) => self.positional(*index)?,
            Reference::Name(name) => match self.names.iter().position(|known| known.as_ref() == Some(name)) {
                Some(index) => index,
                None => return self.capture(name),
            },
        };
        *self.used.get_mut(index)? = true;
        Some(index)
    }

    /// The captured variables, which follow the written values. `None`: a value is not used.
    pub fn captured(self) -> Option<Vec<Ident>> {
        self.used.iter().all(|used| *used).then_some(self.captured)
    }

    fn positional(&self, index: usize) -> Option<usize> {
        matches!(self.names.get(index), Some(None)).then_some(index)
    }

    fn capture(&mut self, name: &str) -> Option<usize> {
        let mut variable: Ident = syn::parse_str(name).ok()?;
        variable.set_span(self.span);
        let known = self.captured.iter().position(|captured| *captured == variable);
        let index = known.unwrap_or_else(|| {
            self.captured.push(variable);
            self.captured.len() - 1
        });
        Some(self.names.len() + index)
    }
}
