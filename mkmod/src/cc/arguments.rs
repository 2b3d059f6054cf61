//! The arguments of a call of GCC, as far as they matter here.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Options with which GCC does not link.
const WITHOUT_LINKER: [&str; 9] = ["-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "--version", "--help", "-###"];

/// Prefixes of such options.
const QUESTIONS: [&str; 3] = ["-print-", "--print-", "-dump"];

/// What GCC calls its output where nothing else is said.
const OUTPUT: &str = "a.out";

/// A call of GCC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The arguments. An output `NAME.mo` is called `NAME`: the linker writes the module beside the program with symbols.
    pub arguments: Vec<OsString>,
    output: PathBuf,
    links: bool,
}

impl Call {
    /// Reads the arguments.
    pub fn new(mut arguments: Vec<OsString>) -> Self {
        let links = has_inputs(&arguments) && !arguments.iter().any(is_without_linker);
        let mut output = PathBuf::from(OUTPUT);
        if let Some(named) = output_of(&mut arguments).filter(|_| links) {
            named.replace(&mut output);
        }
        Self { arguments, output, links }
    }

    /// Whether GCC calls its linker.
    pub fn links(&self) -> bool {
        self.links
    }

    /// The module that the linker writes.
    pub fn module(&self) -> PathBuf {
        let mut name = self.output.clone().into_os_string();
        name.push(".mo");
        name.into()
    }
}

/// The argument that names the output, and the option in front of the name if it is a part of it.
struct Named<'a> {
    argument: &'a mut OsString,
    option: &'static str,
}

impl Named<'_> {
    /// Sets `output` to the name without `.mo`, and makes it that of the argument.
    fn replace(self, output: &mut PathBuf) {
        let Some(name) = self.argument.to_str().and_then(|name| name.strip_prefix(self.option)) else {
            *output = PathBuf::from(&*self.argument);
            return;
        };
        let path = Path::new(name);
        *output = if path.extension().is_some_and(|it| it == "mo") { path.with_extension("") } else { path.into() };
        *self.argument = format!("{}{}", self.option, output.display()).into();
    }
}

fn output_of(arguments: &mut [OsString]) -> Option<Named<'_>> {
    let option = arguments.iter().position(|argument| argument.to_str().is_some_and(|it| it.starts_with("-o")))?;
    if arguments[option] == "-o" {
        return Some(Named { argument: arguments.get_mut(option + 1)?, option: "" });
    }
    Some(Named { argument: &mut arguments[option], option: "-o" })
}

fn is_without_linker(argument: &OsString) -> bool {
    let Some(argument) = argument.to_str() else { return false };
    WITHOUT_LINKER.contains(&argument) || QUESTIONS.iter().any(|prefix| argument.starts_with(prefix))
}

/// `gcc -v`, with which scripts ask for the version, links nothing.
fn has_inputs(arguments: &[OsString]) -> bool {
    arguments.iter().any(|argument| argument == "-" || !argument.to_string_lossy().starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(arguments: &str) -> Call {
        Call::new(arguments.split_whitespace().map(OsString::from).collect())
    }

    #[test]
    fn only_what_gcc_links_is_linked() {
        assert!(call("hello.c -o hello").links());
        for question in ["-c hello.c -o hello.o", "--version", "-v", "-E hello.c", "-print-libgcc-file-name hello.c"] {
            assert!(!call(question).links(), "{question}");
        }
    }

    #[test]
    fn the_module_is_beside_the_program() {
        assert_eq!(call("hello.c -o out/hello").module(), Path::new("out/hello.mo"));
        assert_eq!(call("hello.c").module(), Path::new("a.out.mo"));
        for output in ["-o out/hello.mo", "-oout/hello.mo"] {
            let call = call(&format!("hello.c {output}"));
            assert_eq!(call.module(), Path::new("out/hello.mo"));
            assert!(call.arguments.iter().any(|it| it.to_string_lossy().ends_with("out/hello")));
        }
        assert_eq!(call("-c hello.c -o hello.mo").arguments[3], "hello.mo");
    }
}
