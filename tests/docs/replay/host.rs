//! The reader's computer: a folder beside the clone of the repository, and a shell in it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

use firmware::Mkmod;
use packages::Packages;
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

/// How the pages install the tools, and where they take rtt-mod from.
const INSTALL: &str = "cargo install --path rtt-mod/mkmod";
const RTT_MOD: &str = " --path rtt-mod/rtt-mod";

/// A folder with the clone in it, and the state of the shell.
pub struct Host {
    home: TempDir,
    state: TempDir,
    tools: Tools,
}

/// Where mkmod and rtt-mod come from.
enum Tools {
    /// They are those of the clone. mkmod is installed.
    Clone(Mkmod),
    /// They are what the registry would have. Nothing is installed.
    Registry(Packages),
}

impl Host {
    /// A computer with mkmod.
    pub fn new(mkmod: &Mkmod) -> io::Result<Self> {
        let host = Self { home: tempfile::tempdir()?, state: tempfile::tempdir()?, tools: Tools::Clone(mkmod.clone()) };
        std::os::unix::fs::symlink(workspace::root(), host.folder().join("rtt-mod"))?;
        fs::write(host.state.path().join("folder"), host.folder().display().to_string())?;
        Ok(host)
    }

    /// A computer with rustup alone, for a page that installs mkmod. The packages take the place of the clone, as if they were
    /// in the registry.
    pub fn with_packages(mkmod: &Mkmod) -> packages::Result<Self> {
        let mut host = Self::new(mkmod)?;
        let packages = Packages::unpack(&host.folder().join("packages"))?;
        fs::create_dir(host.folder().join(".cargo"))?;
        fs::write(host.folder().join(".cargo/config.toml"), packages.registry())?;
        host.tools = Tools::Registry(packages);
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
        let mut shell = self.shell();
        shell.args(["-c", SHELL, "bash", &self.with_packages_in(command)]).env("STATE", self.state.path());
        shell.env("CARGO_TERM_QUIET", "true").env("NO_COLOR", "1").env_remove("CARGO_TARGET_DIR");
        let output = process::output(&mut shell)?;
        let messages = if output.status.success() { &[][..] } else { &output.stderr };
        let printed = [&output.stdout, messages].map(String::from_utf8_lossy).concat();
        Ok(self.with_home(&printed))
    }

    fn shell(&self) -> Command {
        match &self.tools {
            Tools::Clone(mkmod) => mkmod.at_the_users_shell(Path::new("bash")),
            Tools::Registry(_) => {
                let mut shell = firmware::at_the_users_shell(Path::new("bash"));
                let path = env::var_os("PATH").unwrap_or_default();
                let folders = [self.installed().join("bin")].into_iter().chain(env::split_paths(&path));
                // A variable that can't be joined again was none.
                shell.env("PATH", env::join_paths(folders).unwrap_or(path)).env("CARGO_INSTALL_ROOT", self.installed());
                shell
            }
        }
    }

    /// The command as it would be with a registry. The tools are built without optimisations, and what they depend on only once.
    fn with_packages_in(&self, command: &str) -> String {
        let Tools::Registry(packages) = &self.tools else {
            return command.to_owned();
        };
        let target = workspace::target_dir().join("packages/user");
        let mkmod = packages.package("rtt-mkmod");
        let install = format!("cargo install --debug --path '{}' --target-dir '{}'", mkmod.display(), target.display());
        command.replace(INSTALL, &install).replace(RTT_MOD, "")
    }

    fn installed(&self) -> PathBuf {
        self.state.path().join("installed")
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
