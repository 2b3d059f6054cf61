//! A module has one entry: `main`, `init` or `library!`.

use std::fs;

use proc_macro2::Span;
use syn::{Attribute, Error, Item, Path, Result};

/// Refuses the entry at `span` if another kind of entry stands before it in the same file.
///
/// rustc itself reports two entries of the same kind. Entries in other modules have the same symbol, which names the mistake
/// in the error of rustc. An entry with a `cfg` is not counted, since another one may take its place.
pub fn refuse_another(entry: &str, span: Span) -> Result<()> {
    match first_in_file_of(span) {
        Some(first) if first != entry => {
            let message = format!("a module has one entry, and {first} is above already: remove one of them");
            Err(Error::new(span, message))
        }
        _ => Ok(()),
    }
}

/// The first entry of the file, as it is written, if the compiler says which file it is.
fn first_in_file_of(span: Span) -> Option<&'static str> {
    let file = syn::parse_file(&fs::read_to_string(span.local_file()?).ok()?).ok()?;
    file.items.iter().find_map(entry)
}

fn entry(item: &Item) -> Option<&'static str> {
    let attributes = match item {
        Item::Fn(function) => &function.attrs,
        Item::Macro(library) => &library.attrs,
        _ => return None,
    };
    if attributes.iter().any(|attribute| attribute.path().is_ident("cfg")) {
        return None;
    }
    match item {
        Item::Macro(library) => is_of_rtt_mod(&library.mac.path, "library").then_some("`rtt_mod::library!`"),
        _ => attributes.iter().find_map(attribute_of_an_entry),
    }
}

fn attribute_of_an_entry(attribute: &Attribute) -> Option<&'static str> {
    let is = |name| is_of_rtt_mod(attribute.path(), name);
    if is("main") { Some("`#[rtt_mod::main]`") } else { is("init").then_some("`#[rtt_mod::init]`") }
}

fn is_of_rtt_mod(path: &Path, name: &str) -> bool {
    path.segments.len() == 2 && path.segments[0].ident == "rtt_mod" && path.segments[1].ident == name
}
