//! C text without its comments and literals, so that what is found in it is code.

/// `text` with blanks in place of comments, and of what stands in string and character literals. Lines stay where they
/// are. The names in `#include "…"` are kept.
pub fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            blank(&mut code, rest, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if rest.starts_with("//") {
            blank(&mut code, rest, rest.find('\n').unwrap_or(rest.len()))
        } else if (next == '"' || next == '\'') && !is_include(&code) {
            blank(&mut code, rest, literal_length(rest, next))
        } else {
            code.push(next);
            next.len_utf8()
        };
        rest = &rest[length..];
    }
    code
}

/// The words of `code`, and every other character that is no blank, with the line of each, from 1.
pub fn tokens(code: &str) -> Vec<(usize, &str)> {
    let mut tokens = Vec::new();
    for (line, mut rest) in code.lines().enumerate().map(|(index, line)| (index + 1, line.trim_start())) {
        while let Some(first) = rest.chars().next() {
            let word = rest.find(|sign| !is_word(sign)).unwrap_or(rest.len());
            let length = if word > 0 { word } else { first.len_utf8() };
            tokens.push((line, &rest[..length]));
            rest = rest[length..].trim_start();
        }
    }
    tokens
}

/// Whether `sign` may be part of an identifier.
pub fn is_word(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || sign == '_'
}

fn is_include(code: &str) -> bool {
    code.lines().next_back().is_some_and(|line| line.starts_with("#include")) && !code.ends_with('\n')
}

fn literal_length(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (index, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if sign == quote => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn blank(code: &mut String, text: &str, length: usize) -> usize {
    code.extend(text[..length].chars().map(|sign| if sign == '\n' { '\n' } else { ' ' }));
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_code() {
        let text =
            "int a; /* static\nint b(void) */ char *c = \"static \\\" d(\"; // e(\n#include \"f.h\"\nchar g = '\"';";
        let words: Vec<(usize, String)> =
            tokens(&code(text)).into_iter().map(|(line, word)| (line, word.to_owned())).collect();
        let words: Vec<String> = words.into_iter().map(|(line, word)| format!("{line}{word}")).collect();
        assert_eq!(words.join(" "), "1int 1a 1; 2char 2* 2c 2= 2; 3# 3include 3\" 3f 3. 3h 3\" 4char 4g 4= 4;");
    }
}
