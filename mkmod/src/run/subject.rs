//! What is to be run: a module of this computer, or one of the board.

use std::path::{Path, PathBuf};

/// What is to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A file of this computer.
    File {
        /// The module.
        module: PathBuf,
    },
    /// The name or the path of a module on the board.
    OnBoard(String),
}

/// Why there is nothing to run.
#[derive(Debug, thiserror::Error)]
pub enum SubjectError {
    /// There is a program, but not the module of it.
    #[error("there is no module {} beside {}; was it linked with mkmod-ld?", .module.display(), .program.display())]
    NoModule {
        /// The program.
        program: PathBuf,
        /// Where the module would be.
        module: PathBuf,
    },
    /// Options of mkmod stand before the module.
    #[error(
        "`mkmod run` has no option `{0}`; `mkmod run --help` lists its options, and those of the module are behind its name"
    )]
    NoOption(String),
    /// There is no such file.
    #[error("there is no file {}", .0.display())]
    NoFile(PathBuf),
}

impl Subject {
    /// What `argument` is: a module, the program beside it, or a name if there is no such file.
    ///
    /// # Errors
    /// When a path has no file, the program has no module, or it looks like an option.
    pub fn of(argument: &Path) -> Result<Self, SubjectError> {
        let is_module = argument.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mo"));
        let is_bare = argument.components().count() == 1;
        match argument.is_file() {
            true if is_module => Ok(Self::File { module: argument.to_owned() }),
            true => Self::beside(argument),
            false if argument.to_string_lossy().starts_with('-') => {
                Err(SubjectError::NoOption(argument.to_string_lossy().into_owned()))
            }
            false if is_bare => Ok(Self::OnBoard(argument.to_string_lossy().into_owned())),
            false => Err(SubjectError::NoFile(argument.to_owned())),
        }
    }

    fn beside(program: &Path) -> Result<Self, SubjectError> {
        let module = program.with_extension("mo");
        match module.is_file() {
            true => Ok(Self::File { module }),
            false => Err(SubjectError::NoModule { program: program.to_owned(), module }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_program_stands_for_the_module_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["hello", "hello.mo", "alone"] {
            fs::write(path(name), name).unwrap();
        }
        let hello = Subject::File { module: path("hello.mo") };
        assert_eq!(Subject::of(&path("hello")).unwrap(), hello);
        assert_eq!(Subject::of(&path("hello.mo")).unwrap(), hello);
        assert_eq!(Subject::of(Path::new("hello")).unwrap(), Subject::OnBoard("hello".into()));
        assert!(Subject::of(&path("alone")).unwrap_err().to_string().contains("mkmod-ld"));
        assert!(matches!(Subject::of(&path("none")), Err(SubjectError::NoFile(_))));
    }
}
