//! What rustc asks of its linker: the output, and arguments that lld is to see unchanged.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::error::LinkError;

/// Options that contradict the way a module is linked; the linker decides these itself.
const OVERRULED: &[&str] = &[
    "-pie",
    "--pie",
    "-static",
    "--static",
    "-static-pie",
    "-shared",
    "--shared",
    "-Bshareable",
    "--no-dynamic-linker",
    "--eh-frame-hdr",
];

/// A call of the linker, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Where the ELF with symbols and debug information goes.
    pub output: PathBuf,
    /// Where the link map goes, if anywhere.
    pub map: Option<PathBuf>,
    /// Everything else, for lld.
    pub inputs: Vec<OsString>,
}

impl Invocation {
    /// Reads the arguments that follow the program's name.
    ///
    /// # Errors
    ///
    /// When a response file can't be read, or no output is named.
    pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, LinkError> {
        let mut args = expand_response_files(args)?.into_iter();
        let mut output = None;
        let mut map = None;
        let mut inputs = Vec::new();
        while let Some(arg) = args.next() {
            match arg.to_str() {
                Some("-flavor") => drop(args.next()),
                Some("-o" | "--output") => output = args.next(),
                Some("-Map" | "--Map") => map = args.next(),
                Some(option) if OVERRULED.contains(&option) => {}
                // The symbol table is what the module is made from.
                Some("-s" | "--strip-all") => inputs.push("--strip-debug".into()),
                Some(option) => match (joined_output(option), joined_map(option)) {
                    (Some(path), _) => output = Some(path.into()),
                    (None, Some(path)) => map = Some(path.into()),
                    (None, None) => inputs.push(arg),
                },
                None => inputs.push(arg),
            }
        }
        let output = output.ok_or(LinkError::NoOutput)?.into();
        Ok(Self { output, map: map.map(PathBuf::from), inputs })
    }
}

fn joined_output(option: &str) -> Option<&str> {
    option.strip_prefix("--output=").or_else(|| option.strip_prefix("-o").filter(|path| !path.is_empty()))
}

fn joined_map(option: &str) -> Option<&str> {
    option.strip_prefix("-Map=").or_else(|| option.strip_prefix("--Map="))
}

/// rustc puts the arguments into `@FILE` when they are too many for one command.
fn expand_response_files(args: impl IntoIterator<Item = OsString>) -> Result<Vec<OsString>, LinkError> {
    let mut expanded = Vec::new();
    for arg in args {
        match arg.to_str().and_then(|arg| arg.strip_prefix('@')) {
            Some(file) => expanded.extend(read_response_file(file.as_ref())?),
            None => expanded.push(arg),
        }
    }
    Ok(expanded)
}

fn read_response_file(path: &Path) -> Result<Vec<OsString>, LinkError> {
    let text = std::fs::read_to_string(path).map_err(|source| LinkError::Read { path: path.into(), source })?;
    Ok(unquote(&text).into_iter().map(OsString::from).collect())
}

/// Splits at white space, as a shell does.
fn unquote(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => word.get_or_insert_default().extend(chars.next()),
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            c if c.is_whitespace() && quote.is_none() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The text of a response file with `args`; the reverse of reading one.
pub fn response_file<'a>(args: impl IntoIterator<Item = &'a OsStr>) -> String {
    let mut text = String::new();
    for arg in args {
        text.push('"');
        for c in arg.to_string_lossy().chars() {
            if matches!(c, '\\' | '"') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push_str("\"\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Invocation, LinkError> {
        Invocation::parse(args.iter().map(OsString::from))
    }

    #[test]
    fn output_and_flavor_are_taken_out() {
        let invocation = parse(&["-flavor", "gnu", "a.o", "-o", "out", "--gc-sections"]).unwrap();
        assert_eq!(invocation.output, Path::new("out"));
        assert_eq!(invocation.inputs, ["a.o", "--gc-sections"]);
    }

    #[test]
    fn output_may_be_joined_to_its_option() {
        assert_eq!(parse(&["-oa.elf"]).unwrap().output, Path::new("a.elf"));
        assert_eq!(parse(&["--output=b.elf"]).unwrap().output, Path::new("b.elf"));
    }

    /// lld writes one map, and that is read here.
    #[test]
    fn a_link_map_is_not_left_to_lld() {
        for args in [["-oa", "-Map=a.map"].as_slice(), &["-oa", "--Map=a.map"], &["-oa", "-Map", "a.map"]] {
            let invocation = parse(args).unwrap();
            assert_eq!(invocation.map.as_deref(), Some(Path::new("a.map")));
            assert_eq!(invocation.inputs, [""; 0]);
        }
    }

    #[test]
    fn symbols_stay_when_all_is_to_be_stripped() {
        let invocation = parse(&["-o", "out", "--strip-all", "-pie"]).unwrap();
        assert_eq!(invocation.inputs, ["--strip-debug"]);
    }

    #[test]
    fn no_output_is_an_error() {
        assert!(matches!(parse(&["a.o"]), Err(LinkError::NoOutput)));
    }

    #[test]
    fn response_files_are_read_as_rustc_writes_them() {
        assert_eq!(unquote("-o\nmy\\ dir/out\nC:\\\\x\n"), ["-o", "my dir/out", "C:\\x"]);
    }

    #[test]
    fn response_files_survive_the_round_trip() {
        let args = ["plain", "with space", "quote\"d", "back\\slash", ""];
        assert_eq!(unquote(&response_file(args.map(OsStr::new))), args);
    }
}
