//! Why a program can't be a module: each reason with its culprit and its mend.

use std::fmt;

/// In the name of each object that rustc has made.
const RUST_UNIT: &str = ".rcgu.o";

/// How many functions of one object are named.
const NAMED_FUNCTIONS: usize = 3;

/// Why a program can't be a module.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Code has addresses in it that the loader can't change.
    #[error("code that is not position independent: {functions} in {object}; {}", mend(object))]
    NotPositionIndependent {
        /// The functions with such code.
        functions: Functions,
        /// The object that they come from.
        object: Object,
    },
    /// The distance to a symbol of the kernel is wanted.
    #[error(
        "{site} needs the distance to `{symbol}`, which is in the kernel; {}",
        mend(&site.object)
    )]
    DistanceToKernel {
        /// Who needs it.
        site: Site,
        /// What is not in the module.
        symbol: String,
    },
    /// A relocation of an unknown type.
    #[error("{site} has a relocation that no module can have: {relocation} of `{symbol}`")]
    UnknownRelocation {
        /// Where.
        site: Site,
        /// The type.
        relocation: String,
        /// What it refers to.
        symbol: String,
    },
    /// A relocation that lld left for the loader, and the loader can't do.
    #[error("the loader can't do {relocation} of `{symbol}` at {place:#x}")]
    LoaderCannot {
        /// The type.
        relocation: String,
        /// What it refers to.
        symbol: String,
        /// The address in the image.
        place: u64,
    },
    /// Thread-local variables.
    #[error(
        "thread-local variables in {object}: RT-Thread's loader has none; \
         use a static, or a table by thread"
    )]
    ThreadLocal {
        /// The object with them.
        object: Object,
    },
    /// Code that is to run before `main`.
    #[error(
        "`{section}` in {object} is to run code around `main`, which the loader never calls; \
         call it from `main`"
    )]
    Constructors {
        /// The section.
        section: String,
        /// The object with it.
        object: Object,
    },
    /// A function that is chosen at load time.
    #[error("`{symbol}` is an indirect function (IFUNC), which the loader can't resolve; make it an ordinary function")]
    IndirectFunction {
        /// The function.
        symbol: String,
    },
    /// A section that the loader would not load.
    #[error(
        "section `{section}` in {object} has no place in a module; name it `.text.…`, `.rodata.…`, `.data.…` or `.bss.…`"
    )]
    Unplaced {
        /// The section.
        section: String,
        /// The object with it.
        object: Object,
    },
    /// An alignment that the kernel's heap does not give.
    #[error(
        "`{section}` of {object} is aligned to {alignment} bytes, and the kernel's heap to 8 at most; lower the `align` of what is in it"
    )]
    Alignment {
        /// The section.
        section: String,
        /// Its alignment.
        alignment: u64,
        /// The object that asks for it.
        object: Object,
    },
    /// `#[rtt_mod::export]` on something without a symbol of that name.
    #[error("`{0}` is to be exported, and nothing of that name is defined")]
    MissingExport(String),
    /// No `main`, no `init` and no export.
    #[error(
        "the program has no `main` and exports nothing; mark its entry with `#[rtt_mod::main]` or `#[rtt_mod::init]`, or a function with `#[rtt_mod::export]`"
    )]
    NothingToRun,
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

fn mend(object: &Object) -> &'static str {
    match (object.is_rust(), object.member().is_some()) {
        (true, true) => "set `lto = \"fat\"` in the profile",
        (true, false) => "build it with `-C relocation-model=pic`",
        (false, _) => "compile it with -fPIC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn not_position_independent(functions: &[&str], object: &str) -> String {
        Problem::NotPositionIndependent {
            functions: Functions(functions.iter().map(|&name| name.into()).collect()),
            object: Object(object.into()),
        }
        .to_string()
    }

    #[test]
    fn the_mend_depends_on_where_the_code_comes_from() {
        assert_eq!(
            not_position_independent(&["core::fmt::write"], "/d/libcore-1.rlib(core.1.rcgu.o)"),
            "code that is not position independent: `core::fmt::write` in libcore-1.rlib; \
             set `lto = \"fat\"` in the profile"
        );
        assert_eq!(
            not_position_independent(&["spin"], "/d/libled.a(led.o)"),
            "code that is not position independent: `spin` in libled.a(led.o); compile it with -fPIC"
        );
        assert_eq!(
            not_position_independent(&["app::f"], "/d/app-1.app.2.rcgu.o"),
            "code that is not position independent: `app::f` in app-1.app.2.rcgu.o; \
             build it with `-C relocation-model=pic`"
        );
    }

    #[test]
    fn many_functions_are_counted() {
        assert_eq!(
            Functions(["a", "b", "c", "d", "e"].map(str::to_owned).into()).to_string(),
            "`a`, `b`, `c` and 2 more"
        );
    }
}
