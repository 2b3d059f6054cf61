//! Prototypes of C functions, as far as a call depends on them: how many arguments there are, and how large each is.

use std::fmt;
use std::str::FromStr;

/// The section of a program with the prototypes that `#[rtt_mod::import]` leaves.
pub const SECTION: &str = ".rtt_mod.prototypes";

/// In the number of arguments of a record: a variadic function.
const VARIADIC: u8 = 0x80;

/// What a function takes and returns. Sizes are in bytes; 255 is that or more.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prototype {
    /// The size of the result, 0 for none.
    pub result: u8,
    /// The size of each argument.
    pub arguments: Vec<u8>,
    /// Whether any number of arguments may follow.
    pub variadic: bool,
}

/// The prototypes in a section [`SECTION`], up to the first that is cut.
pub fn records(section: &[u8]) -> impl Iterator<Item = (String, Prototype)> {
    let mut rest = section;
    std::iter::from_fn(move || {
        let (record, behind) = record(rest)?;
        rest = behind;
        Some(record)
    })
}

fn record(bytes: &[u8]) -> Option<((String, Prototype), &[u8])> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    let name = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let (&[result, count], bytes) = bytes[end + 1..].split_first_chunk()?;
    let (arguments, behind) = bytes.split_at_checked(usize::from(count & !VARIADIC))?;
    Some(((name, Prototype { result, arguments: arguments.into(), variadic: count & VARIADIC != 0 }), behind))
}

impl Prototype {
    /// A size as one byte.
    pub fn size(bytes: u64) -> u8 {
        u8::try_from(bytes).unwrap_or(u8::MAX)
    }

    /// Whether a call passes the same arguments.
    pub fn takes_as(&self, other: &Self) -> bool {
        self.arguments == other.arguments && self.variadic == other.variadic
    }

    /// The arguments in words: `2 arguments of 4 and 8 bytes`.
    pub fn arguments_in_words(&self) -> String {
        let fixed = match &self.arguments[..] {
            [] => "no argument".to_owned(),
            [argument] => format!("1 argument of {}", in_words(*argument)),
            [others @ .., last] => {
                let others: Vec<String> = others.iter().map(u8::to_string).collect();
                let (count, others) = (self.arguments.len(), others.join(", "));
                format!("{count} arguments of {others} and {}", in_words(*last))
            }
        };
        if self.variadic { format!("{fixed} and any after") } else { fixed }
    }

    /// The result in words: `4 bytes`.
    pub fn result_in_words(&self) -> String {
        in_words(self.result)
    }
}

fn in_words(size: u8) -> String {
    match size {
        0 => "nothing".into(),
        1 => "1 byte".into(),
        u8::MAX => "255 bytes or more".into(),
        size => format!("{size} bytes"),
    }
}

/// `4(4,1,...)`: the result, then the arguments.
impl fmt::Display for Prototype {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments = self.arguments.iter().map(u8::to_string);
        let arguments: Vec<String> = arguments.chain(self.variadic.then(|| "...".to_owned())).collect();
        write!(out, "{}({})", self.result, arguments.join(","))
    }
}

/// A text that is no prototype.
#[derive(Debug, thiserror::Error)]
#[error("not a prototype such as `4(4,1)`")]
pub struct NoPrototype;

impl FromStr for Prototype {
    type Err = NoPrototype;

    fn from_str(text: &str) -> Result<Self, NoPrototype> {
        let (result, arguments) = text.strip_suffix(')').and_then(|text| text.split_once('(')).ok_or(NoPrototype)?;
        let mut prototype = Self { result: size_of(result)?, ..Self::default() };
        for argument in arguments.split(',').filter(|argument| !argument.is_empty()) {
            match argument {
                "..." => prototype.variadic = true,
                size => prototype.arguments.push(size_of(size)?),
            }
        }
        Ok(prototype)
    }
}

fn size_of(text: &str) -> Result<u8, NoPrototype> {
    text.parse().map_err(|_| NoPrototype)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Prototype {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_written_is_read() {
        for text in ["0()", "4(4)", "8(4,1,255)", "4(4,...)", "0(...)"] {
            assert_eq!(parse(text).to_string(), text);
        }
        for text in ["", "4", "4(", "(4)", "4(x)", "4(4", "256()"] {
            assert!(text.parse::<Prototype>().is_err(), "{text}");
        }
    }

    #[test]
    fn records_follow_each_other() {
        let section = b"rt_pin_write\0\x00\x02\x04\x04rt_kprintf\0\x00\x81\x04abort\0\x00\x00cut\0\x04\x02\x04";
        let found: Vec<String> = records(section).map(|(name, prototype)| format!("{name} {prototype}")).collect();
        assert_eq!(found, ["rt_pin_write 0(4,4)", "rt_kprintf 0(4,...)", "abort 0()"]);
    }

    #[test]
    fn words_are_of_the_singular_too() {
        assert_eq!(parse("0()").arguments_in_words(), "no argument");
        assert_eq!(parse("1(1)").arguments_in_words(), "1 argument of 1 byte");
        assert_eq!(parse("1(4,8,255)").arguments_in_words(), "3 arguments of 4, 8 and 255 bytes or more");
        assert_eq!(parse("1(4,...)").arguments_in_words(), "1 argument of 4 bytes and any after");
        assert_eq!(parse("0()").result_in_words(), "nothing");
    }
}
