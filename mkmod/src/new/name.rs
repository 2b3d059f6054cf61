//! The name of an application.

use std::str::FromStr;

/// Names that rustc or cargo refuse for a program that depends on rtt-mod.
const TAKEN: [&str; 13] = [
    "alloc",
    "build",
    "core",
    "deps",
    "examples",
    "incremental",
    "proc-macro",
    "proc_macro",
    "rtt-mod",
    "rtt_mod",
    "rtt-mod-macros",
    "std",
    "test",
];

/// The keywords of Rust, with those of future editions.
const KEYWORDS: [&str; 50] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while",
];

/// The longest name of a module, in bytes.
const NAME_BYTES: usize = 32;

/// A name that cargo, rustc and RT-Thread's shell accept: small letters, digits, `-` and `_`, starting with a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

/// Why a name is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// It has a character that is not allowed.
    #[error("use only the letters a to z, digits, `-` and `_`, and start with a letter")]
    Characters,
    /// It has capitals, which rustc warns of, and which FAT does not tell from small letters.
    #[error("use small letters: `{small}`")]
    Capitals {
        /// The same name without capitals.
        small: String,
    },
    /// It is too long for the name of a module.
    #[error("it has {bytes} characters; the limit is {NAME_BYTES}")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// It is reserved.
    #[error("cargo or rustc reserve this name; choose another")]
    Taken,
}

impl Name {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = NameError;

    fn from_str(name: &str) -> Result<Self, NameError> {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || !name.chars().all(is_allowed) {
            Err(NameError::Characters)
        } else if name.contains(|c: char| c.is_ascii_uppercase()) {
            Err(NameError::Capitals { small: name.to_ascii_lowercase() })
        } else if name.len() > NAME_BYTES {
            Err(NameError::TooLong { bytes: name.len() })
        } else if TAKEN.contains(&name) || KEYWORDS.contains(&name) {
            Err(NameError::Taken)
        } else {
            Ok(Self(name.into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        for name in ["blink", "led-2", "net_probe"] {
            assert_eq!(name.parse::<Name>().unwrap().as_str(), name);
        }
        for name in ["", "2blink", "-led", "a/b", "..", "a b", "über"] {
            assert_eq!(name.parse::<Name>(), Err(NameError::Characters), "{name}");
        }
        assert_eq!("Blink".parse::<Name>(), Err(NameError::Capitals { small: "blink".into() }));
        assert_eq!("a".repeat(33).parse::<Name>(), Err(NameError::TooLong { bytes: 33 }));
        for name in ["core", "rtt-mod", "match"] {
            assert_eq!(name.parse::<Name>(), Err(NameError::Taken), "{name}");
        }
    }
}
