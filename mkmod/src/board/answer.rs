//! Answers, found in the text of a console.
//!
//! An answer is `ESC _ m; NUMBER ; TEXT ; CRC-32 ESC \`, an application program command of ECMA-48, which terminals do not show.

/// Beginning of an answer.
const BEGIN: &[u8] = b"\x1b_m;";
const END: &[u8] = b"\x1b\\";

/// No answer is longer, even with somebody's line inside.
const LONGEST: usize = 1024;

/// The answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// That of the request; 0: the board says it by itself.
    pub number: u32,
    /// What it says.
    pub text: String,
}

/// Separates answers from the text of the console.
#[derive(Debug, Default)]
pub struct Parser {
    /// The beginning of what may be an answer.
    begun: Vec<u8>,
}

impl Parser {
    /// Takes the next bytes of the console. Appends what is text to `text`, and returns the answers.
    pub fn take(&mut self, bytes: &[u8], text: &mut Vec<u8>) -> Vec<Answer> {
        let mut answers = vec![];
        for &byte in bytes {
            if self.begun.is_empty() && byte != BEGIN[0] {
                text.push(byte);
                continue;
            }
            self.begun.push(byte);
            if self.begun.len() > LONGEST || !is_beginning(&self.begun) {
                text.append(&mut self.begun);
            } else if self.begun.len() > BEGIN.len() && self.begun.ends_with(END) {
                let inside = &self.begun[BEGIN.len()..self.begun.len() - END.len()];
                match read(inside).map(|answer| (answer, vec![])).or_else(|| read_torn(inside)) {
                    Some((answer, torn_by)) => {
                        answers.push(answer);
                        text.extend(torn_by);
                    }
                    // A line that came in between is shown, a damaged answer alone is not.
                    None if inside.contains(&b'\n') => text.extend(inside),
                    None => {}
                }
                self.begun.clear();
            }
        }
        answers
    }
}

fn is_beginning(bytes: &[u8]) -> bool {
    bytes.iter().zip(BEGIN).all(|(left, right)| left == right)
}

/// The answer in `NUMBER ; TEXT ; CRC-32`.
fn read(inside: &[u8]) -> Option<Answer> {
    let text = str::from_utf8(inside).ok()?;
    let (content, crc) = text.split_at_checked(text.len().checked_sub(8)?)?;
    if u32::from_str_radix(crc, 16).ok()? != crc32fast::hash(content.as_bytes()) {
        return None;
    }
    let (number, text) = content.strip_suffix(';')?.split_once(';')?;
    Some(Answer { number: u32::from_str_radix(number, 16).ok()?, text: text.to_owned() })
}

/// The same with the text of a thread in between that has a higher priority, and that text.
fn read_torn(inside: &[u8]) -> Option<(Answer, Vec<u8>)> {
    (1..inside.len()).find_map(|length| {
        (0..inside.len() - length).find_map(|start| {
            let rest = [&inside[..start], &inside[start + length..]].concat();
            Some((read(&rest)?, inside[start..start + length].to_vec()))
        })
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// What the board prints as an answer.
    pub fn printed(number: u32, text: &str) -> Vec<u8> {
        let content = format!("{number:x};{text};");
        let crc = crc32fast::hash(content.as_bytes());
        [BEGIN, content.as_bytes(), format!("{crc:08x}").as_bytes(), END].concat()
    }

    fn parsed(bytes: &[u8]) -> (Vec<Answer>, String) {
        let (mut parser, mut text, mut answers) = (Parser::default(), vec![], vec![]);
        for byte in bytes {
            answers.extend(parser.take(&[*byte], &mut text));
        }
        (answers, String::from_utf8(text).unwrap())
    }

    fn answer(number: u32, text: &str) -> Vec<Answer> {
        vec![Answer { number, text: text.into() }]
    }

    #[test]
    fn answers_are_taken_out_of_the_text() {
        let bytes = [b"\x1b[31mred\x1b[0m ", &printed(0x1f, "k 12; 3")[..], b"more\r\n"].concat();
        assert_eq!(parsed(&bytes), (answer(0x1f, "k 12; 3"), "\x1b[31mred\x1b[0m more\r\n".to_owned()));
    }

    #[test]
    fn an_answer_survives_a_line_in_its_middle() {
        let whole = printed(7, "k 8192 512");
        for at in BEGIN.len() + 1..whole.len() - END.len() {
            let torn = [&whole[..at], b"tick 12\r\n", &whole[at..]].concat();
            assert_eq!(parsed(&torn).0, answer(7, "k 8192 512"), "{at}");
        }
    }

    #[test]
    fn a_damaged_answer_is_none() {
        let whole = printed(7, "k 8192 512");
        for at in BEGIN.len()..whole.len() - END.len() {
            let lost = [&whole[..at], &whole[at + 1..]].concat();
            assert_eq!(parsed(&lost), (vec![], String::new()), "{at}");
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert_eq!(parsed(&changed).0, vec![], "{at}");
        }
    }
}
