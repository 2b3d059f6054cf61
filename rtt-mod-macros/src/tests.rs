//! `#[rtt_mod::tests]`: tests that run on the board, and on a PC as any others.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Error, Expr, ExprLit, Ident, Item, ItemFn, ItemMod, Lit, LitStr, Meta, Result, ReturnType, Token, Type,
    ext::IdentExt as _, parse_quote, spanned::Spanned,
};

use crate::{options::TestsOptions, signature};

pub fn expand(options: TokenStream, module: TokenStream) -> Result<TokenStream> {
    let options = syn::parse2::<TestsOptions>(options)?;
    let mut module = syn::parse2::<ItemMod>(module)
        .map_err(|error| Error::new(error.span(), "`#[rtt_mod::tests]` can only be used on a module"))?;
    let Some((_, items)) = &mut module.content else {
        let message = "`#[rtt_mod::tests]` has to be where the tests are: `mod tests { … }`";
        return Err(Error::new(module.span(), message));
    };
    let (special, others): (Vec<_>, Vec<_>) = items.drain(..).map(Function::of).partition(|item| !item.is_other());
    let init = init(&special)?;
    let mut expanded: Vec<Item> = others.into_iter().map(Function::into_item).collect();
    for function in special {
        match function {
            Function::Init(function) => expanded.push(Item::Fn(function)),
            Function::Test(function) => {
                let test = Test::new(function, init.as_ref())?;
                expanded.extend([Item::Verbatim(test.on_the_host()), Item::Verbatim(test.on_the_board(&options))]);
            }
            Function::Other(item) => expanded.push(item),
        }
    }
    *items = expanded;
    Ok(quote!(#module))
}

/// An item of the module. The attributes that say what it is are gone.
enum Function {
    /// Called in front of each test.
    Init(ItemFn),
    /// A test, still with `#[should_panic]` and `#[ignore]`.
    Test(ItemFn),
    Other(Item),
}

impl Function {
    fn of(item: Item) -> Self {
        let Item::Fn(mut function) = item else {
            return Self::Other(item);
        };
        if take(&mut function.attrs, "test").is_some() {
            Self::Test(function)
        } else if take(&mut function.attrs, "init").is_some() {
            Self::Init(function)
        } else {
            Self::Other(Item::Fn(function))
        }
    }

    fn is_other(&self) -> bool {
        matches!(self, Self::Other(_))
    }

    fn into_item(self) -> Item {
        match self {
            Self::Init(function) | Self::Test(function) => Item::Fn(function),
            Self::Other(item) => item,
        }
    }
}

/// Removes the attribute of that name.
fn take(attributes: &mut Vec<Attribute>, name: &str) -> Option<Attribute> {
    let index = attributes.iter().position(|attribute| is(attribute, name))?;
    Some(attributes.remove(index))
}

/// Whether an attribute has that name, by whatever path.
fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

/// The name of the function with `#[init]`, if there is one.
fn init(functions: &[Function]) -> Result<Option<Ident>> {
    let mut inits = functions.iter().filter_map(|function| match function {
        Function::Init(function) => Some(function),
        _ => None,
    });
    let Some(init) = inits.next() else {
        return Ok(None);
    };
    if let Some(second) = inits.next() {
        return Err(Error::new(second.sig.ident.span(), "a module of tests has one `#[init]`"));
    }
    let name = init.sig.ident.to_string();
    signature::refuse_others(init, &name, "no argument", 0)?;
    signature::refuse_async(init, "`#[init]` cannot be `async`")?;
    Ok(Some(init.sig.ident.clone()))
}

/// A test, and how it is called.
struct Test {
    /// Without the attributes of tests.
    function: ItemFn,
    /// `#[cfg(…)]`, which whatever is made of it has too.
    conditions: Vec<Attribute>,
    ignored: Option<Attribute>,
    panics: Option<Attribute>,
    call: TokenStream,
}

impl Test {
    fn new(mut function: ItemFn, init: Option<&Ident>) -> Result<Self> {
        let [ignored, panics] = ["ignore", "should_panic"].map(|name| take(&mut function.attrs, name));
        let name = function.sig.ident.clone();
        signature::refuse_others(&function, &name.to_string(), "no argument, or what `#[init]` returns", 1)?;
        if cfg!(not(feature = "async")) {
            let mend =
                "an `async` test needs the feature `async` of rtt-mod: `rtt-mod = { …, features = [\"async\"] }`";
            signature::refuse_async(&function, mend)?;
        }
        let call = match (init, function.sig.inputs.first()) {
            (None, Some(argument)) => {
                let message = "a test has an argument only if a function with `#[init]` returns it";
                return Err(Error::new(argument.span(), message));
            }
            (Some(init), Some(_)) => quote!(#name(#init())),
            (_, None) => quote!(#name()),
        };
        let call = match function.sig.asyncness {
            Some(_) => quote!(::rtt_mod::task::block_on(#call)),
            None => call,
        };
        let call = match init {
            Some(init) if function.sig.inputs.is_empty() => quote!({ let _context = #init(); #call }),
            _ => call,
        };
        let conditions = function.attrs.iter().filter(|attribute| is(attribute, "cfg")).cloned().collect();
        Ok(Self { function, conditions, ignored, panics, call })
    }

    /// A test for the crate `test` of the PC, which takes no argument.
    fn on_the_host(&self) -> TokenStream {
        let Self { function, conditions, ignored, panics, call } = self;
        let (name, output) = (&function.sig.ident, &function.sig.output);
        quote! {
            #(#conditions)*
            #[cfg(all(test, not(target_os = "none")))]
            #[test]
            #ignored
            #panics
            fn #name() #output {
                #function
                #call
            }
        }
    }

    /// The function, and its record in the table of tests.
    fn on_the_board(&self, options: &TestsOptions) -> TokenStream {
        let Self { function, conditions, ignored, panics, call } = self;
        let name = LitStr::new(&function.sig.ident.unraw().to_string(), function.sig.ident.span());
        let is_ignored = ignored.is_some();
        let panics = match panics.as_ref().map(text) {
            Some(expected) => quote!(tests::Panics::With(#expected)),
            None => quote!(tests::Panics::No),
        };
        let stack_bytes = match options.stack_bytes {
            Some(bytes) => quote!(#bytes),
            None => quote!(::rtt_mod::__private::STACK_BYTES),
        };
        let returned: Type = match &function.sig.output {
            ReturnType::Default => parse_quote!(()),
            ReturnType::Type(_, returned) => (**returned).clone(),
        };
        quote! {
            #(#conditions)*
            #[cfg(all(test, target_os = "none"))]
            #function
            #(#conditions)*
            #[cfg(all(test, target_os = "none"))]
            #[allow(unsafe_code)]
            const _: () = {
                use ::rtt_mod::__private::tests;

                fn run() -> i32 {
                    ::rtt_mod::__private::exit_code::<#returned>(#call)
                }

                #[used]
                #[unsafe(link_section = "rtt_mod_tests")]
                static TEST: tests::Test = tests::Test {
                    name: ::core::concat!(::core::module_path!(), "::", #name),
                    is_ignored: #is_ignored,
                    panics: #panics,
                    stack_bytes: #stack_bytes,
                    run,
                };
            };
        }
    }
}

/// The text of `#[should_panic = "…"]` or of `#[should_panic(expected = "…")]`.
fn text(attribute: &Attribute) -> String {
    let value = match &attribute.meta {
        Meta::NameValue(pair) => Some(pair.value.clone()),
        Meta::List(list) => list
            .parse_args_with(|input: syn::parse::ParseStream| {
                input.parse::<Ident>()?;
                input.parse::<Token![=]>()?;
                input.parse::<Expr>()
            })
            .ok(),
        Meta::Path(_) => None,
    };
    match value {
        Some(Expr::Lit(ExprLit { lit: Lit::Str(text), .. })) => text.value(),
        _ => String::new(),
    }
}
