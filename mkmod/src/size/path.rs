//! The names of functions, as Rust writes them, and the crates that they are from.

/// A symbol's name for people: demangled, without hashes and the numbers of copies.
pub fn demangled(symbol: &str) -> String {
    let name = format!("{:#}", rustc_demangle::demangle(symbol));
    match name.rsplit_once('.') {
        Some((name, copy)) if !copy.is_empty() && copy.bytes().all(|byte| byte.is_ascii_digit()) => name.to_owned(),
        _ => name,
    }
}

/// The crate that a function or variable is from: the first of its path.
///
/// For a method of a trait, `<T as Trait>::f`, that is the crate of `T`, and where `T` has none, as `u32` and `[T]` have,
/// that of the trait. For an instance of a generic function it is the crate that the function is written in, whoever
/// instantiates it. `None` if it has no path, as C functions and `main` have.
pub fn crate_of(path: &str) -> Option<&str> {
    match path.strip_prefix('<') {
        Some(path) => {
            let (of_type, of_trait) = halves(path);
            first_of(of_type).or_else(|| first_of(of_trait?))
        }
        None => first_of(path),
    }
    // What rustc makes, such as `__rustc::rust_begin_unwind`, is somebody's else.
    .filter(|&name| name != "__rustc")
}

/// `T` and `Trait` of `T as Trait>::f`.
fn halves(path: &str) -> (&str, Option<&str>) {
    let mut depth = 0;
    let mut halves = (path, None);
    for (index, character) in path.char_indices() {
        match character {
            '<' | '(' | '[' => depth += 1,
            '>' if path[..index].ends_with('-') => {}
            '>' if depth == 0 => {
                return match halves {
                    (half, Some(start)) => (half, Some(&path[start..index])),
                    (_, None) => (&path[..index], None),
                };
            }
            '>' | ')' | ']' => depth -= 1,
            ' ' if depth == 0 && path[index..].starts_with(" as ") && halves.1.is_none() => {
                halves = (&path[..index], Some(index + " as ".len()));
            }
            _ => {}
        }
    }
    (path, None)
}

/// The first name of a path, if it is a path.
fn first_of(path: &str) -> Option<&str> {
    let mut path = path;
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| path.strip_prefix(prefix)) {
        path = rest;
    }
    let (first, _) = path.split_once("::")?;
    let is_name = first.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric());
    (is_name && !first.is_empty()).then_some(first)
}

/// What comes before a path in a type.
const PREFIXES: [&str; 9] = ["<", "&", "*const ", "*mut ", "mut ", "dyn ", "[", "(", "impl "];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_is_the_first_of_the_path() {
        assert_eq!(crate_of("blink::led::<core::time::Duration>"), Some("blink"));
        assert_eq!(crate_of("<blink::Led>::on"), Some("blink"));
        assert_eq!(crate_of("core::ptr::drop_in_place::<alloc::string::String>"), Some("core"));
        assert_eq!(crate_of("blink::main::{closure#0}"), Some("blink"));
    }

    #[test]
    fn a_method_of_a_trait_is_from_the_crate_of_the_type() {
        assert_eq!(crate_of("<blink::Led as core::fmt::Debug>::fmt"), Some("blink"));
        assert_eq!(crate_of("<&mut blink::Led<u8> as core::fmt::Debug>::fmt"), Some("blink"));
        assert_eq!(crate_of("<alloc::vec::Vec<u8> as blink::Lamp>::on"), Some("alloc"));
    }

    #[test]
    fn a_type_without_a_crate_leaves_it_to_the_trait() {
        assert_eq!(crate_of("<u32 as core::fmt::Display>::fmt"), Some("core"));
        assert_eq!(crate_of("<&T as core::fmt::Debug>::fmt"), Some("core"));
        assert_eq!(crate_of("<fn(u8) -> u8 as blink::Lamp>::on"), Some("blink"));
    }

    #[test]
    fn c_functions_have_no_crate() {
        assert_eq!(crate_of("memcpy"), None);
        assert_eq!(crate_of("__rustc::rust_begin_unwind"), None);
    }

    #[test]
    fn names_are_without_hashes_and_copies() {
        assert_eq!(demangled("_RNvNtCsgqoE6cwmS8I_4core3fmt5write"), "core::fmt::write");
        assert_eq!(demangled("_ZN4core3fmt5write17h0123456789abcdefE"), "core::fmt::write");
        assert_eq!(demangled("_RNvCskjQfvuqOMaQ_9hello_app3APP.96"), "hello_app::APP");
        assert_eq!(demangled("memcpy"), "memcpy");
    }
}
