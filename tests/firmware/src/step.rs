//! A build step: one run of a tool that makes one file. It runs again only if something that it depends on has changed.
//!
//! A step is fresh if the same command made its output, and if no file in the tool's dependency file is newer than the
//! output.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::SystemTime;

/// One run of a tool.
#[derive(Debug)]
pub struct Step {
    /// The tool.
    pub program: &'static str,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The file that it makes.
    pub output: PathBuf,
    /// The file to which it writes the names of the files that it has read, as a rule for make.
    pub dependencies: PathBuf,
}

/// Why a file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// could not start `{0}`: {1}
    #[error("could not start `{0}`: {1}")]
    Start(&'static str, #[source] io::Error),
    /// `{0}` could not make `{1}`; its message is above
    #[error("`{0}` could not make `{1}`; its message is above")]
    Failed(&'static str, PathBuf),
    /// could not write `{0}`: {1}
    #[error("could not write `{0}`: {1}")]
    Write(PathBuf, #[source] io::Error),
}

/// Runs the steps that are not fresh, in parallel. `what` names the output in the message that is printed if there are any.
pub fn run(steps: &[Step], what: &str) -> Result<(), Error> {
    let mut times = Times::default();
    let stale: Vec<&Step> = steps.iter().filter(|step| !step.is_fresh(&mut times)).collect();
    if stale.is_empty() {
        return Ok(());
    }
    eprintln!("building {what} ({} of {})", stale.len(), steps.len());

    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(step) = stale.get(next.fetch_add(1, Ordering::Relaxed)) {
            // After a failure no worker starts another step.
            step.run().inspect_err(|_| next.store(stale.len(), Ordering::Relaxed))?;
        }
        Ok(())
    };
    let workers = thread::available_parallelism().map_or(1, usize::from).min(stale.len());
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

impl Step {
    fn is_fresh(&self, times: &mut Times) -> bool {
        let Some(made) = times.of(&self.output) else {
            return false;
        };
        let Ok(rule) = fs::read_to_string(&self.dependencies) else {
            return false;
        };
        let same_command = fs::read(self.command_file()).is_ok_and(|command| command == self.command_line());
        same_command && prerequisites(&rule).iter().all(|path| times.of(path).is_some_and(|time| time <= made))
    }

    fn run(&self) -> Result<(), Error> {
        let command_file = self.command_file();
        let unwritable = |error| Error::Write(command_file.clone(), error);
        if let Some(folder) = self.output.parent() {
            fs::create_dir_all(folder).map_err(unwritable)?;
        }
        // The file is written after the tool has succeeded, so that an interrupted run does not look fresh.
        match fs::remove_file(&command_file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(unwritable(error)),
            _ => {}
        }
        let result = setup::tool(self.program).args(&self.arguments).output();
        let result = result.map_err(|error| Error::Start(self.program, error))?;
        eprint!("{}", String::from_utf8_lossy(&result.stderr));
        if !result.status.success() {
            return Err(Error::Failed(self.program, self.output.clone()));
        }
        fs::write(&command_file, self.command_line()).map_err(unwritable)
    }

    fn command_file(&self) -> PathBuf {
        self.dependencies.with_extension("command")
    }

    fn command_line(&self) -> Vec<u8> {
        let arguments = self.arguments.iter().map(|argument| argument.as_encoded_bytes());
        [self.program.as_bytes()].into_iter().chain(arguments).collect::<Vec<_>>().join(&b'\n')
    }
}

/// When files were written. It asks the file system once for each file, because hundreds of objects share headers.
#[derive(Default)]
struct Times(HashMap<PathBuf, Option<SystemTime>>);

impl Times {
    fn of(&mut self, path: &Path) -> Option<SystemTime> {
        if let Some(time) = self.0.get(path) {
            return *time;
        }
        let time = fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
        self.0.insert(path.to_owned(), time);
        time
    }
}

/// The files after the colon of the first rule. GNU ld adds an empty rule for each of them, which is ignored.
fn prerequisites(makefile: &str) -> Vec<PathBuf> {
    let text = makefile.replace("\\\n", " ");
    let rule = text.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, files)| files);
    // `\ ` is a blank in a name. NUL stands for it meanwhile, since no name contains one.
    let rule = rule.replace("\\ ", "\0");
    rule.split_whitespace().map(|name| name.replace('\0', " ").into()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_of_gcc_names_its_files() {
        let rule = "a.o: src/a.c \\\n /usr/include/b.h \\\n with\\ blank.h\n";
        assert_eq!(prerequisites(rule), ["src/a.c", "/usr/include/b.h", "with blank.h"].map(PathBuf::from));
    }

    #[test]
    fn a_rule_of_ld_is_the_first_one() {
        let rule = "a.elf: \\\n  a.o \\\n  link.lds\n\na.o:\n\nlink.lds:\n";
        assert_eq!(prerequisites(rule), ["a.o", "link.lds"].map(PathBuf::from));
    }

    #[test]
    fn a_step_is_fresh_until_its_input_is_written_again() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        let script = format!(
            "cp '{0}' '{1}'; echo '{1}: {0}' > '{2}'",
            path("in").display(),
            path("out").display(),
            path("out.d").display()
        );
        let arguments = vec!["-c".into(), script.into()];
        let step = Step { program: "sh", arguments, output: path("out"), dependencies: path("out.d") };

        fs::write(path("in"), "1")?;
        assert!(!step.is_fresh(&mut Times::default()));
        step.run().map_err(io::Error::other)?;
        assert!(step.is_fresh(&mut Times::default()));

        let later = SystemTime::now() + std::time::Duration::from_secs(5);
        fs::File::options().write(true).open(path("in"))?.set_modified(later)?;
        assert!(!step.is_fresh(&mut Times::default()));
        Ok(())
    }
}
