//! Parses sizes in bytes: `24576`, `24K`, `2MB`.

/// Parses a size in bytes, with `K` for 1024 and `M` for 1024².
///
/// # Errors
/// A description of the mistake.
pub fn parse(text: &str) -> Result<u64, String> {
    let (digits, unit) = match text.trim_end_matches(['B', 'b']) {
        text if text.ends_with(['K', 'k']) => (&text[..text.len() - 1], 1 << 10),
        text if text.ends_with(['M', 'm']) => (&text[..text.len() - 1], 1 << 20),
        text => (text, 1),
    };
    let number: u64 = digits.parse().map_err(|_| "not a number of bytes, such as 24576 or 24K".to_owned())?;
    number.checked_mul(unit).ok_or_else(|| "too large".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_have_units() {
        assert_eq!(parse("24576"), Ok(24576));
        assert_eq!(parse("24K"), Ok(24576));
        assert_eq!(parse("2MB"), Ok(2 << 20));
        assert!(parse("K").is_err());
        assert!(parse("99999999999999999999M").is_err());
    }
}
