//! The options of `#[rtt_mod::main(…)]`, `#[rtt_mod::init(…)]` and `rtt_mod::library!(…)`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Error, Ident, Lit, LitInt, Result, Token,
    ext::IdentExt,
    parse::{Parse, ParseStream},
};

use crate::{about::About, level::Level, size};

/// The options of a program.
#[derive(Debug)]
pub struct Options {
    /// The stack of the main thread.
    pub stack: Stack,
    /// Priority of the main thread. `None`: the priority of the thread that loads the module.
    pub priority: Option<u8>,
    /// The heap of the program.
    pub heap: Heap,
    /// What a panic prints.
    pub panic: Panic,
    /// Its name and description, and when it starts.
    pub about: About,
}

/// What a panic prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panic {
    /// Where it happened, and its message.
    Message,
    /// Where it happened. The texts are not in the module.
    Location,
}

/// The stack of a main thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stack {
    /// A size in bytes.
    Bytes(u32),
    /// What the linker finds that the program needs.
    Automatic,
    /// None: the module has no main thread.
    Nothing,
}

impl Stack {
    /// An expression for the bytes.
    pub fn bytes(self) -> TokenStream {
        match self {
            Stack::Bytes(bytes) => quote!(#bytes),
            // The linker changes it, where it can tell how many are needed.
            Stack::Automatic | Stack::Nothing => quote!(rtt::STACK_BYTES),
        }
    }
}

/// The heap of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heap {
    /// An arena in the module, with its size in bytes.
    Arena(u32),
    /// The kernel's heap.
    Kernel,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            stack: Stack::Automatic,
            priority: None,
            heap: Heap::Kernel,
            panic: Panic::Message,
            about: About::default(),
        }
    }
}

impl Parse for Options {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = Options::default();
        each(input, |key| options.set(key, input))?;
        Ok(options)
    }
}

impl Options {
    fn set(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        match key.to_string().as_str() {
            "stack" => self.stack = stack(&value(key, input)?)?,
            "heap" => self.heap = heap(&value(key, input)?)?,
            "panic" => self.panic = panic(&value(key, input)?)?,
            "priority" => self.priority = Some(priority(&value(key, input)?)?),
            about if About::KEYS.contains(&about) => self.about.set(about, &value(key, input)?)?,
            unknown => {
                let known = "`stack`, `priority`, `heap`, `panic`, `name`, `desc`, `run` and `cmd`";
                return Err(Error::new(key.span(), format!("unknown option `{unknown}`; the options are {known}")));
            }
        }
        Ok(())
    }
}

/// The options of a resident module.
#[derive(Debug)]
pub struct InitOptions {
    /// The stack of its `init` and of its shell commands.
    pub stack: Stack,
    /// The heap of the module.
    pub heap: Heap,
    /// When the kernel's initialization loads it, if it is built in.
    pub level: Option<Level>,
    /// Its name and description, and when it is loaded.
    pub about: About,
}

impl Default for InitOptions {
    fn default() -> Self {
        let Options { stack, heap, about, .. } = Options::default();
        InitOptions { stack, heap, level: None, about }
    }
}

impl Parse for InitOptions {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = InitOptions::default();
        each(input, |key| options.set(key, input))?;
        // From a card it is loaded when the kernel boots, too, as early as there are files.
        options.about.runs_at_boot |= options.level.is_some();
        Ok(options)
    }
}

impl InitOptions {
    fn set(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        let refuse = |message| Err(Error::new(key.span(), message));
        match key.to_string().as_str() {
            "stack" => self.stack = stack(&value(key, input)?)?,
            "heap" => self.heap = heap(&value(key, input)?)?,
            "level" => self.level = Some(Level::parse(&value(key, input)?)?),
            about if About::KEYS.contains(&about) => self.about.set(about, &value(key, input)?)?,
            "priority" => {
                return refuse(
                    "a resident module has no option `priority`: `init` has that of the thread that loads the module"
                        .into(),
                );
            }
            unknown => {
                let known = "`stack`, `heap`, `level`, `name`, `desc`, `run` and `cmd`";
                return refuse(format!("unknown option `{unknown}`; the options are {known}"));
            }
        }
        Ok(())
    }
}

/// The options of a library.
#[derive(Debug)]
pub struct LibraryOptions {
    /// The heap of the library.
    pub heap: Heap,
}

impl Default for LibraryOptions {
    fn default() -> Self {
        LibraryOptions { heap: Options::default().heap }
    }
}

impl Parse for LibraryOptions {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = LibraryOptions::default();
        each(input, |key| options.set(key, input))?;
        Ok(options)
    }
}

impl LibraryOptions {
    fn set(&mut self, key: &Ident, input: ParseStream) -> Result<()> {
        let refuse = |message| Err(Error::new(key.span(), message));
        match key.to_string().as_str() {
            "heap" => self.heap = heap(&value(key, input)?)?,
            own @ ("stack" | "priority") => {
                return refuse(format!(
                    "a library has no option `{own}`: its functions run in the threads of their callers"
                ));
            }
            unknown => return refuse(format!("unknown option `{unknown}`; the only option is `heap`")),
        }
        Ok(())
    }
}

/// The options of a module of tests.
#[derive(Debug, Default)]
pub struct TestsOptions {
    /// The stack of each test's thread in bytes, instead of the default size of threads.
    pub stack_bytes: Option<u32>,
}

impl Parse for TestsOptions {
    fn parse(input: ParseStream) -> Result<Self> {
        let mut options = TestsOptions::default();
        each(input, |key| {
            if key != "stack" {
                return Err(Error::new(key.span(), format!("unknown option `{key}`; the only option is `stack`")));
            }
            options.stack_bytes = Some(stack_bytes(&value(key, input)?)?);
            Ok(())
        })?;
        Ok(options)
    }
}

/// Reads `key = value` pairs between commas; `set` reads what follows a key.
fn each(input: ParseStream, mut set: impl FnMut(&Ident) -> Result<()>) -> Result<()> {
    let mut seen = Vec::new();
    while !input.is_empty() {
        let key = input.call(Ident::parse_any)?;
        if seen.contains(&key) {
            return Err(Error::new(key.span(), format!("the option `{key}` is given twice")));
        }
        set(&key)?;
        seen.push(key);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn stack(literal: &Lit) -> Result<Stack> {
    match literal {
        Lit::Str(text) if text.value() == "auto" => Ok(Stack::Automatic),
        _ => stack_bytes(literal).map(Stack::Bytes),
    }
}

fn stack_bytes(literal: &Lit) -> Result<u32> {
    size::parse("stack", literal, 512..=32 << 10)
}

fn heap(literal: &Lit) -> Result<Heap> {
    match literal {
        Lit::Str(text) if text.value() == "kernel" => Ok(Heap::Kernel),
        _ => size::parse("heap", literal, 0..=16 << 20).map(Heap::Arena),
    }
}

fn panic(literal: &Lit) -> Result<Panic> {
    match literal {
        Lit::Str(text) if text.value() == "message" => Ok(Panic::Message),
        Lit::Str(text) if text.value() == "location" => Ok(Panic::Location),
        _ => Err(Error::new(literal.span(), "`panic` has to be \"message\" or \"location\"")),
    }
}

fn value(key: &Ident, input: ParseStream) -> Result<Lit> {
    if !input.peek(Token![=]) {
        return Err(Error::new(key.span(), format!("the option `{key}` needs a value: `{key} = …`")));
    }
    input.parse::<Token![=]>()?;
    let begin = input.span();
    let literal = input.parse::<Lit>();
    let at_the_end = input.is_empty() || input.peek(Token![,]);
    literal
        .ok()
        .filter(|_| at_the_end)
        .ok_or_else(|| Error::new(begin, format!("the value of `{key}` has to be a literal")))
}

fn priority(literal: &Lit) -> Result<u8> {
    let in_range = |number: &LitInt| number.base10_parse().ok().filter(|&priority| priority < u8::MAX);
    match literal {
        Lit::Int(number) => in_range(number),
        _ => None,
    }
    .ok_or_else(|| Error::new(literal.span(), "`priority` has to be a number from 0, the highest, to 254"))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn the_stack_has_a_size_or_is_left_to_the_linker() {
        let stack = |options: Options| options.stack;
        assert_eq!(stack(parse_quote!()), Stack::Automatic);
        assert_eq!(stack(parse_quote!(stack = "2K")), Stack::Bytes(2 << 10));
        assert_eq!(stack(parse_quote!(stack = "auto")), Stack::Automatic);
    }

    #[test]
    fn a_panic_prints_its_message_or_not() {
        let panic = |options: Options| options.panic;
        assert_eq!(panic(parse_quote!()), Panic::Message);
        assert_eq!(panic(parse_quote!(panic = "location")), Panic::Location);
        assert!(syn::parse2::<Options>(quote::quote!(panic = "never")).is_err());
    }

    #[test]
    fn a_module_with_a_level_starts_at_boot_from_a_card_too() {
        let at_boot = |options: InitOptions| options.about.runs_at_boot;
        assert!(at_boot(parse_quote!(level = "device")));
        assert!(!at_boot(parse_quote!()));
    }

    #[test]
    fn the_heap_is_an_arena_or_the_kernels() {
        let heap = |options: Options| options.heap;
        assert_eq!(heap(parse_quote!()), Heap::Kernel);
        assert_eq!(heap(parse_quote!(heap = "1K")), Heap::Arena(1 << 10));
        assert_eq!(heap(parse_quote!(stack = "2K", heap = "kernel")), Heap::Kernel);
    }
}
