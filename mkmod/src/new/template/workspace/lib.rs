//! Greetings, for all applications.
#![no_std]
#![cfg_attr(all(test, target_os = "none"), no_main)]
#![deny(unsafe_code)]

/// How somebody is greeted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Greeting {
    /// Those who are not known.
    Formal,
    /// Friends.
    Friendly,
}

impl Greeting {
    /// The greeting of somebody with this name. Friends have short names.
    pub fn of(name: &str) -> Self {
        if name.chars().count() > 3 {
            Greeting::Formal
        } else {
            Greeting::Friendly
        }
    }

    /// The first word of the greeting.
    pub fn word(self) -> &'static str {
        match self {
            Greeting::Formal => "Good day,",
            Greeting::Friendly => "Hello,",
        }
    }
}

#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use super::*;

    #[test]
    fn friends_have_short_names() {
        assert_eq!(Greeting::of("Ada").word(), "Hello,");
        assert_eq!(Greeting::of("Grace").word(), "Good day,");
    }
}
