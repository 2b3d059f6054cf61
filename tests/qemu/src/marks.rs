//! Counts of instructions between marks in a program, by a plugin for QEMU: `plugin/marks.c`.

use std::io;
use std::path::PathBuf;
use std::process::Command;

use setup::{process, workspace};

/// The marks that a machine comes to. Boot it with [`arguments`](Self::arguments).
#[derive(Debug)]
pub struct Marks {
    plugin: PathBuf,
    folder: tempfile::TempDir,
}

/// Why the marks can't be counted.
#[derive(Debug, thiserror::Error)]
pub enum MarksError {
    /// could not compile the plugin for QEMU: {0}
    #[error("could not compile the plugin for QEMU: {0}")]
    Compile(#[from] process::Error),
    /// could not read the counts of instructions: {0}
    #[error("could not read the counts of instructions: {0}")]
    Read(#[from] io::Error),
}

impl Marks {
    /// Compiles the plugin with the host's C compiler.
    ///
    /// # Errors
    /// When that fails.
    pub fn new() -> Result<Self, MarksError> {
        let folder = tempfile::tempdir()?;
        let plugin = folder.path().join("marks.so");
        let mut cc = Command::new("cc");
        cc.args(["-O2", "-shared", "-fPIC", "-o"])
            .arg(&plugin)
            .arg(workspace::root().join("tests/qemu/plugin/marks.c"));
        process::run(&mut cc)?;
        Ok(Self { plugin, folder })
    }

    /// The arguments for QEMU.
    pub fn arguments(&self) -> Vec<String> {
        vec!["-plugin".into(), format!("{},out={}", self.plugin.display(), self.counts_file().display())]
    }

    /// The instructions between each first and second mark since the machine was started.
    ///
    /// # Errors
    /// When there are no counts.
    pub fn counts(&self) -> Result<Vec<u64>, MarksError> {
        let text = std::fs::read_to_string(self.counts_file())?;
        let marks: Vec<u64> = text.lines().filter_map(|line| line.parse().ok()).collect();
        Ok(marks.chunks_exact(2).map(|pair| pair[1] - pair[0]).collect())
    }

    fn counts_file(&self) -> PathBuf {
        self.folder.path().join("counts")
    }
}
