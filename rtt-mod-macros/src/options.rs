//! What `#[rtt_mod::main(…)]` is told: `stack`, `priority`, `heap`.

use syn::{
    Error, Ident, Lit, LitInt, Result, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use crate::size;

/// What an application asks of the kernel.
#[derive(Debug)]
pub struct Options {
    /// Bytes of the main thread's stack.
    pub stack: u32,
    /// Priority of the main thread; none: the priority of the thread that loads the module.
    pub priority: Option<u8>,
    /// Bytes of the arena that the application allocates from.
    pub heap: u32,
}

impl Default for Options {
    /// 4K of stack: formatting a float takes 2.7K, and RT-Thread's own default of 2K does not survive it.
    fn default() -> Self {
        Options { stack: 4 << 10, priority: None, heap: 8 << 10 }
    }
}

impl Parse for Options {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = Options::default();
        let mut seen = Vec::new();
        while !input.is_empty() {
            let key = input.call(Ident::parse_any)?;
            if seen.contains(&key) {
                return Err(Error::new(key.span(), format!("`{key}` is given twice")));
            }
            options.set(&key, input)?;
            seen.push(key);
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    fn set(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        match key.to_string().as_str() {
            "stack" => self.stack = size::parse("stack", &value(key, input)?, 512..=32 << 10)?,
            "heap" => self.heap = size::parse("heap", &value(key, input)?, 0..=16 << 20)?,
            "priority" => self.priority = Some(priority(&value(key, input)?)?),
            unknown => {
                let message = format!("no option is called `{unknown}`; there are `stack`, `priority` and `heap`");
                return Err(Error::new(key.span(), message));
            }
        }
        Ok(())
    }
}

fn value(key: &Ident, input: ParseStream) -> Result<Lit> {
    if !input.peek(Token![=]) {
        return Err(Error::new(key.span(), format!("`{key}` needs a value: `{key} = …`")));
    }
    input.parse::<Token![=]>()?;
    let begin = input.span();
    let literal = input.parse::<Lit>();
    let at_the_end = input.is_empty() || input.peek(Token![,]);
    literal.ok().filter(|_| at_the_end).ok_or_else(|| Error::new(begin, format!("the value of `{key}` is one literal")))
}

fn priority(literal: &Lit) -> Result<u8> {
    let in_range = |number: &LitInt| number.base10_parse().ok().filter(|&priority| priority < u8::MAX);
    match literal {
        Lit::Int(number) => in_range(number),
        _ => None,
    }
    .ok_or_else(|| Error::new(literal.span(), "`priority` is a number from 0, the highest, to 254"))
}
