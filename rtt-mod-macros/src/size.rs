//! Sizes with units: `4096`, `"512"`, `"4K"`, `"1M"`.

use std::ops::RangeInclusive;

use syn::{Error, Lit, Result};

/// The bytes of the size `literal`, for the option `key`.
pub fn parse(key: &str, literal: &Lit, allowed: RangeInclusive<u32>) -> Result<u32> {
    let bytes = match literal {
        Lit::Int(number) if number.suffix().is_empty() => number.base10_parse::<u64>().ok(),
        Lit::Str(text) => in_bytes(&text.value()),
        _ => None,
    };
    let Some(bytes) = bytes else {
        let message = format!("`{key}` has to be a size in bytes: a number, or a text like \"512\", \"4K\" or \"1M\"");
        return Err(Error::new(literal.span(), message));
    };
    match u32::try_from(bytes) {
        Ok(bytes) if allowed.contains(&bytes) => Ok(bytes),
        _ => {
            let (least, most) = (in_words(*allowed.start()), in_words(*allowed.end()));
            Err(Error::new(literal.span(), format!("`{key}` has to be {least} to {most}, not {bytes} bytes")))
        }
    }
}

fn in_bytes(text: &str) -> Option<u64> {
    let (digits, unit) = match text.strip_suffix(['K', 'M']) {
        Some(digits) if text.ends_with('K') => (digits, 1 << 10),
        Some(digits) => (digits, 1 << 20),
        None => (text, 1),
    };
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse::<u64>().ok().filter(|_| all_digits)?.checked_mul(unit)
}

fn in_words(bytes: u32) -> String {
    match bytes {
        0 => "0".to_owned(),
        _ if bytes % (1 << 20) == 0 => format!("{}M", bytes >> 20),
        _ if bytes % (1 << 10) == 0 => format!("{}K", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse_quote;

    #[test]
    fn sizes_have_units() {
        let size = |literal: Lit| parse("heap", &literal, 0..=1 << 24).map_err(|error| error.to_string());
        assert_eq!(size(parse_quote!(4096)), Ok(4096));
        assert_eq!(size(parse_quote!(0x200)), Ok(512));
        assert_eq!(size(parse_quote!("512")), Ok(512));
        assert_eq!(size(parse_quote!("4K")), Ok(4096));
        assert_eq!(size(parse_quote!("1M")), Ok(1 << 20));
        assert_eq!(size(parse_quote!("17M")), Err("`heap` has to be 0 to 16M, not 17825792 bytes".to_owned()));
        for wrong in ["", "K", "4k", "+4K", "4KiB", "kernel", "99999999999999999999M"] {
            assert!(size(parse_quote!(#wrong)).unwrap_err().contains("has to be a size in bytes"), "{wrong}");
        }
    }

    #[test]
    fn ranges_have_units() {
        let error = parse("stack", &parse_quote!("64K"), 512..=32 << 10).unwrap_err();
        assert_eq!(error.to_string(), "`stack` has to be 512 bytes to 32K, not 65536 bytes");
    }
}
