//! The option `level`: when the kernel's initialization loads a built-in module.

use syn::{Error, Lit, Result};

/// The levels of RT-Thread's initialization at which there are threads, in their order, and their numbers.
const LEVELS: [(&str, u8); 5] = [("prev", 2), ("device", 3), ("component", 4), ("env", 5), ("app", 6)];

/// A level of RT-Thread's initialization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// Its number in the kernel's table.
    pub number: u8,
}

impl Level {
    /// Reads a name: that of `INIT_…_EXPORT` in lower case.
    pub fn parse(literal: &Lit) -> Result<Self> {
        let name = if let Lit::Str(text) = literal { text.value() } else { String::new() };
        if let Some(&(_, number)) = LEVELS.iter().find(|(level, _)| *level == name) {
            return Ok(Level { number });
        }
        let levels = "\"prev\", \"device\", \"component\", \"env\" or \"app\"";
        Err(Error::new(
            literal.span(),
            match name.as_str() {
                "board" => format!(
                    "at the level \"board\" the kernel has no threads yet, and `init` runs in one: use \"prev\", the first \
                     level after it; the levels are {levels}"
                ),
                _ => format!("`level` has to be {levels}"),
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_level_has_the_name_of_its_macro_and_its_place_in_the_table() {
        let number = |literal: Lit| Level::parse(&literal).map(|level| level.number).ok();
        assert_eq!(number(parse_quote!("prev")), Some(2));
        assert_eq!(number(parse_quote!("app")), Some(6));
        assert_eq!(number(parse_quote!("board")), None);
        assert_eq!(number(parse_quote!(3)), None);
    }
}
