//! The options of the firmware as `cfg`s of a built-in program: what `rtconfig.h` defines.
//!
//! Kconfig writes one `#define` for each option. Headers that a person has written have conditions and other headers as well, so
//! those are followed as far as they do not need a compiler.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::BuildError;

/// The header in the folder that `RTT_CONFIG` names.
const HEADER: &str = "rtconfig.h";

/// The options that are on, by their names, with their values: nothing for a plain `#define`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Options(BTreeMap<String, String>);

impl Options {
    /// Reads `rtconfig.h` in `folder`.
    ///
    /// # Errors
    /// When it can't be read, or has a condition that only a compiler can evaluate.
    pub fn read(folder: &Path) -> Result<Self, BuildError> {
        let mut reader = Reader::default();
        reader.read(&folder.join(HEADER))?;
        Ok(reader.options)
    }

    /// The arguments of rustc: `NAME` for each option, and `NAME = "VALUE"` for those with a value.
    pub fn flags(&self) -> Vec<String> {
        let plain = self.0.keys().map(|name| format!("--cfg={name}"));
        let with_value = self.0.iter().filter(|(_, value)| is_plain(value));
        let with_value = with_value.map(|(name, value)| format!("--cfg={name}=\"{value}\""));
        let names = self.0.keys().map(String::as_str).collect::<Vec<_>>().join(",");
        let known = (!names.is_empty()).then(|| format!("--check-cfg=cfg({names},values(any()))"));
        plain.chain(with_value).chain(known).collect()
    }
}

/// Whether it is a value, and one that needs no escapes.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.contains(['"', '\\']) && !value.contains(char::is_control)
}

/// What was read so far.
#[derive(Default)]
struct Reader {
    options: Options,
    headers: BTreeSet<PathBuf>,
}

impl Reader {
    fn read(&mut self, header: &Path) -> Result<(), BuildError> {
        let text =
            std::fs::read_to_string(header).map_err(|source| BuildError::Read { path: header.into(), source })?;
        if !self.headers.insert(header.to_owned()) {
            return Ok(());
        }
        // Of each condition around the line, whether it holds.
        let mut holds = Vec::new();
        for (number, line) in without_comments(&text).lines().enumerate() {
            let Some(line) = line.trim_start().strip_prefix('#') else { continue };
            let (directive, rest) = split_word(line.trim_start());
            match directive {
                "ifdef" => holds.push(self.has(rest)),
                "ifndef" => holds.push(!self.has(rest)),
                "else" => holds.iter_mut().last().into_iter().for_each(|last| *last = !*last),
                "endif" => drop(holds.pop()),
                "if" | "elif" if !holds.contains(&false) => {
                    let reason = format!(
                        "line {} is an `#{directive}`, which needs a compiler: give mkmod the header that Kconfig writes",
                        number + 1
                    );
                    return Err(BuildError::Config { path: header.into(), reason });
                }
                "if" => holds.push(false),
                "define" if !holds.contains(&false) => self.define(rest),
                "undef" if !holds.contains(&false) => drop(self.options.0.remove(rest.trim())),
                "include" if !holds.contains(&false) => self.include(header, rest)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn has(&self, name: &str) -> bool {
        self.options.0.contains_key(name.trim())
    }

    /// Macros with arguments are no options.
    fn define(&mut self, definition: &str) {
        let end = definition.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(definition.len());
        let (name, value) = definition.split_at(end);
        if !name.is_empty() && !value.starts_with('(') {
            self.options.0.insert(name.to_owned(), value.trim().trim_matches('"').to_owned());
        }
    }

    /// A header elsewhere is the kernel's, and has no options.
    fn include(&mut self, from: &Path, name: &str) -> Result<(), BuildError> {
        let path = from.with_file_name(name.trim().trim_matches(['"', '<', '>']));
        if path.is_file() { self.read(&path) } else { Ok(()) }
    }
}

fn split_word(line: &str) -> (&str, &str) {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    (word, rest.trim_start())
}

/// The text with its lines, without comments and without the ends of lines that go on.
fn without_comments(text: &str) -> String {
    let text = text.replace("\\\r\n", "").replace("\\\n", "");
    let mut parts = text.split("/*");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (comment, rest) = part.split_once("*/").unwrap_or((part, ""));
        bare.extend(comment.chars().filter(|&c| c == '\n'));
        bare.push_str(rest);
    }
    bare.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(header: &str) -> Result<Options, String> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(HEADER), header).unwrap();
        std::fs::write(folder.path().join("more.h"), "#define MORE\n").unwrap();
        Options::read(folder.path()).map_err(|error| error.to_string())
    }

    #[test]
    fn each_option_is_a_cfg_and_so_is_its_value() {
        let text = "#define RT_USING_DFS\n#define RT_NAME_MAX 8 /* with NUL */\n#define UART \"uart0\"\n\
                    /* #define OFF\n*/\n#define MAX(a) (a)\n";
        let expected = [
            "--cfg=RT_NAME_MAX",
            "--cfg=RT_USING_DFS",
            "--cfg=UART",
            "--cfg=RT_NAME_MAX=\"8\"",
            "--cfg=UART=\"uart0\"",
            "--check-cfg=cfg(RT_NAME_MAX,RT_USING_DFS,UART,values(any()))",
        ];
        assert_eq!(options(text).unwrap().flags(), expected);
        assert_eq!(Options::default().flags(), [""; 0]);
    }

    #[test]
    fn conditions_and_headers_beside_it_are_followed() {
        let text = "#ifndef GUARD\n#define GUARD\n#include \"more.h\"\n#include <rtdef.h>\n#ifdef MORE\n#define A\n#else\n\
                    #if THIS\n#define B\n#endif\n#define C\n#endif\n#undef GUARD\n#endif\n";
        let names: Vec<_> = options(text).unwrap().0.into_keys().collect();
        assert_eq!(names, ["A", "MORE"]);
    }

    #[test]
    fn a_condition_for_a_compiler_is_an_error() {
        let refused = options("#define A 1\n#if A > 0\n#define B\n#endif\n").unwrap_err();
        assert!(refused.ends_with(
            "rtconfig.h: line 2 is an `#if`, which needs a compiler: give mkmod the header that Kconfig writes"
        ));
    }
}
