//! Sockets of a machine: its second serial port, and QEMU's monitor, through which a test sets what sensors measure.

use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;

/// An answer that takes longer is an error.
const LIMIT: Duration = Duration::from_secs(60);

/// The two sockets, in a temporary folder.
#[derive(Debug)]
pub struct Sockets {
    folder: TempDir,
}

impl Sockets {
    /// The paths of two sockets that QEMU will create.
    ///
    /// # Errors
    /// When the folder can't be made.
    pub fn new() -> io::Result<Self> {
        Ok(Self { folder: tempfile::tempdir()? })
    }

    /// The arguments for QEMU. They come after the one for the console, which is the first serial port.
    pub fn arguments(&self) -> [String; 4] {
        let socket = |path: PathBuf| format!("unix:{},server=on,wait=off", path.display());
        ["-serial".into(), socket(self.serial_path()), "-qmp".into(), socket(self.monitor_path())]
    }

    /// Connects to the second serial port.
    ///
    /// # Errors
    /// When QEMU does not listen.
    pub fn serial(&self) -> io::Result<UnixStream> {
        connected(self.serial_path())
    }

    /// Sets a property of the device with this id.
    ///
    /// # Errors
    /// When QEMU's monitor does not answer, or answers with an error.
    pub fn set(&self, device: &str, property: &str, value: i64) -> io::Result<()> {
        let path = format!("/machine/peripheral/{device}");
        let arguments = json!({"path": path, "property": property, "value": value});
        self.execute(&json!({"execute": "qom-set", "arguments": arguments}))
    }

    /// Resets the machine, as its reset button does.
    ///
    /// # Errors
    /// When QEMU's monitor does not answer, or answers with an error.
    pub fn reset(&self) -> io::Result<()> {
        self.execute(&json!({"execute": "system_reset"}))
    }

    fn execute(&self, command: &serde_json::Value) -> io::Result<()> {
        let mut monitor = BufReader::new(connected(self.monitor_path())?);
        let mut greeting = String::new();
        monitor.read_line(&mut greeting)?;
        ask(&mut monitor, &json!({"execute": "qmp_capabilities"}))?;
        ask(&mut monitor, command)
    }

    fn serial_path(&self) -> PathBuf {
        self.folder.path().join("serial")
    }

    fn monitor_path(&self) -> PathBuf {
        self.folder.path().join("monitor")
    }
}

fn connected(path: PathBuf) -> io::Result<UnixStream> {
    let stream = UnixStream::connect(path)?;
    stream.set_read_timeout(Some(LIMIT))?;
    Ok(stream)
}

fn ask(monitor: &mut BufReader<UnixStream>, question: &serde_json::Value) -> io::Result<()> {
    writeln!(monitor.get_mut(), "{question}")?;
    let mut answer = String::new();
    while !answer.contains("\"return\"") {
        answer.clear();
        if monitor.read_line(&mut answer)? == 0 || answer.contains("\"error\"") {
            return Err(io::Error::other(format!("QEMU's monitor answers {question} with {answer}")));
        }
    }
    Ok(())
}
