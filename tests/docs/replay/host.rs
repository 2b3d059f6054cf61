//! The reader's computer: a folder beside the clone of the repository, and a shell in it.

use std::path::{Path, PathBuf};
use std::{fs, io};

use firmware::Mkmod;
use setup::{process, workspace};
use tempfile::TempDir;

/// The reader's home on the pages.
const HOME: &str = "/home/ada";

/// Types a command where the last one has left off, with the variables that it has left.
const SHELL: &str = r#"
[ -f "$STATE/variables" ] && . "$STATE/variables"
cd "$(cat "$STATE/folder")"
eval "$1"
code=$?
pwd > "$STATE/folder"
export -p > "$STATE/variables"
exit $code
"#;

/// A folder with the clone in it, and the state of the shell.
pub struct Host {
    home: TempDir,
    state: TempDir,
    mkmod: Mkmod,
}

impl Host {
    pub fn new(mkmod: &Mkmod) -> io::Result<Self> {
        let host = Self { home: tempfile::tempdir()?, state: tempfile::tempdir()?, mkmod: mkmod.clone() };
        std::os::unix::fs::symlink(workspace::root(), host.folder().join("rtt-mod"))?;
        fs::write(host.state.path().join("folder"), host.folder().display().to_string())?;
        Ok(host)
    }

    /// The reader's home.
    pub fn folder(&self) -> &Path {
        self.home.path()
    }

    /// Writes a file where the reader is.
    pub fn write(&self, file: &Path, text: &str) -> io::Result<()> {
        fs::write(self.current()?.join(file), text)
    }

    /// Runs a command and returns what it prints: with its messages if it fails.
    pub fn run(&self, command: &str) -> Result<String, process::Error> {
        let mut shell = self.mkmod.at_the_users_shell(Path::new("bash"));
        shell.args(["-c", SHELL, "bash", command]).env("STATE", self.state.path());
        shell.env("CARGO_TERM_QUIET", "true").env("NO_COLOR", "1").env_remove("CARGO_TARGET_DIR");
        let output = process::output(&mut shell)?;
        let messages = if output.status.success() { &[][..] } else { &output.stderr };
        let printed = [&output.stdout, messages].map(String::from_utf8_lossy).concat();
        Ok(self.with_home(&printed))
    }

    fn current(&self) -> io::Result<PathBuf> {
        Ok(fs::read_to_string(self.state.path().join("folder"))?.trim_end().into())
    }

    fn with_home(&self, printed: &str) -> String {
        let home = self.folder().display().to_string();
        let clone = workspace::root().display().to_string();
        printed.replace(&home, HOME).replace(&clone, &format!("{HOME}/rtt-mod"))
    }
}
