//! What keeps a program from being a module, each with the place in the program that it is about.

use format::diagnostic::{Code, Origin};
use std::fmt;

/// In the name of each object that rustc has made.
const RUST_UNIT: &str = ".rcgu.o";

/// How many functions of one object are named.
const NAMED_FUNCTIONS: usize = 3;

/// Something that is wrong with a program.
pub type Diagnostic = format::Diagnostic<String>;

/// Code has addresses in it that the loader can't change.
pub fn not_position_independent(functions: &Functions, object: &Object) -> Diagnostic {
    Diagnostic::new(format!("{functions} in {object}"), Code::NotPositionIndependent(object.origin()))
}

/// The distance to a symbol of the kernel is wanted.
pub fn distance_to_kernel(site: &Site, symbol: &str) -> Diagnostic {
    Diagnostic::new(format!("the distance from {site} to `{symbol}`"), Code::DistanceToKernel(site.object.origin()))
}

/// A relocation of an input is of an unknown type.
pub fn unknown_relocation(site: &Site, relocation: &str, symbol: &str) -> Diagnostic {
    Diagnostic::new(format!("the relocation {relocation} for `{symbol}`, {site},"), Code::Unsupported)
}

/// A linker has left a relocation for the loader that modules do not have.
pub fn relocation(relocation: &str, symbol: &str, place: u64) -> Diagnostic {
    let symbol = if symbol.is_empty() { String::new() } else { format!(" for `{symbol}`") };
    Diagnostic::new(format!("the relocation {relocation} at {place:#x}{symbol}"), Code::NotInModules)
}

/// A section of an object is wrong.
pub fn section(section: &str, object: &str, code: Code) -> Diagnostic {
    Diagnostic::new(format!("section `{section}` in {}", Object::from(object)), code)
}

/// A variable of an object is thread-local.
pub fn thread_local(object: &Object) -> Diagnostic {
    Diagnostic::new(format!("a variable in {object}"), Code::ThreadLocal)
}

/// A symbol of the program is wrong.
pub fn symbol(name: &str, code: Code) -> Diagnostic {
    Diagnostic::new(format!("`{name}`"), code)
}

/// There is nothing in the program that could be run or called.
pub fn nothing_to_run() -> Diagnostic {
    Diagnostic::new("the program".into(), Code::NothingToRun)
}

/// Diagnostics with their help, one a line.
pub fn list(diagnostics: &[Diagnostic]) -> String {
    let lines: Vec<String> = diagnostics.iter().map(with_help).collect();
    lines.join("\n")
}

/// A diagnostic with its help.
pub fn with_help(diagnostic: &Diagnostic) -> String {
    format!("{diagnostic}; {}", diagnostic.help())
}

/// An object file, as lld names it: a path, or `ARCHIVE(MEMBER)`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object(pub String);

impl From<&str> for Object {
    fn from(name: &str) -> Self {
        Self(name.to_owned())
    }
}

impl Object {
    /// The archive and the member, of an object from a library.
    pub fn member(&self) -> Option<(&str, &str)> {
        self.0.strip_suffix(')')?.rsplit_once('(')
    }

    /// What a user knows it as: a Rust library as a whole, since rustc divides it as it likes.
    #[must_use]
    pub fn unit(self) -> Self {
        match self.member() {
            Some((archive, _)) if self.is_rust() => Self(format!("{archive}({RUST_UNIT})")),
            _ => self,
        }
    }

    /// Where its code comes from.
    pub fn origin(&self) -> Origin {
        match (self.is_rust(), self.member().is_some()) {
            (true, true) => Origin::RustLibrary,
            (true, false) => Origin::RustObject,
            (false, _) => Origin::Other,
        }
    }

    /// rustc's own units of code are named so.
    fn is_rust(&self) -> bool {
        self.0.contains(RUST_UNIT)
    }
}

/// Without folders; of a Rust library without the member, whose name says nothing more.
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, member) = self.member().unwrap_or((&self.0, ""));
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        match member {
            "" => f.write_str(file),
            _ if file.ends_with(".rlib") && self.is_rust() => f.write_str(file),
            member => write!(f, "{file}({member})"),
        }
    }
}

/// A place in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The function or variable.
    pub name: String,
    /// The object that it comes from.
    pub object: Object,
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` in {}", self.name, self.object)
    }
}

/// Some functions of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Functions(pub Vec<String>);

impl fmt::Display for Functions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<String> = self.0.iter().take(NAMED_FUNCTIONS).map(|name| format!("`{name}`")).collect();
        f.write_str(&named.join(", "))?;
        match self.0.len().saturating_sub(NAMED_FUNCTIONS) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(functions: &[&str], object: &str) -> String {
        let functions = Functions(functions.iter().map(|&name| name.into()).collect());
        with_help(&not_position_independent(&functions, &Object(object.into())))
    }

    #[test]
    fn the_help_depends_on_where_the_code_comes_from() {
        assert_eq!(
            told(&["core::fmt::write"], "/d/libcore-1.rlib(core.1.rcgu.o)"),
            "`core::fmt::write` in libcore-1.rlib has addresses in its instructions, which the loader can't change; \
             set `lto = \"fat\"` in the profile"
        );
        assert!(told(&["spin"], "/d/libled.a(led.o)").ends_with("; compile it with -fPIC"));
        assert!(told(&["app::f"], "/d/app-1.app.2.rcgu.o").ends_with("; build it with `-C relocation-model=pic`"));
    }

    #[test]
    fn many_functions_are_counted() {
        assert_eq!(
            Functions(["a", "b", "c", "d", "e"].map(str::to_owned).into()).to_string(),
            "`a`, `b`, `c` and 2 more"
        );
    }
}
