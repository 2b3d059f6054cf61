//! A session at the console, as a test tells it: `session.run("mod run status 7")?.prints("exit code 7")?`.

use std::thread;
use std::time::{Duration, Instant};

use qemu::{Console, Machine};

/// A command that takes longer hangs.
const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// What happens in the background, as unloading does, is over after this time.
const SETTLE_LIMIT: Duration = Duration::from_secs(10);

/// What shows a module, and what it has of the kernel, by its name.
const OBJECT_LISTS: &[&str] = &[
    "mod list",
    "list_thread",
    "list_timer",
    "list_sem",
    "list_mutex",
    "list_event",
    "list_mailbox",
    "list_msgqueue",
    "list_device",
];

/// A running machine at its prompt.
pub struct Session {
    console: Console,
}

/// What a command printed.
pub struct Printed {
    text: String,
    transcript: String,
}

impl Session {
    /// Boots `machine`.
    pub fn boot(machine: &Machine) -> Result<Self, String> {
        let mut console = Console::start(machine).map_err(|error| error.to_string())?;
        match console.wait_for_boot() {
            Ok(()) => Ok(Self { console }),
            Err(error) => Err(with_transcript(&error.to_string(), &console.transcript())),
        }
    }

    /// Types a command and waits until it comes back. A fault, an assert and a hang are errors.
    pub fn run(&mut self, command: &str) -> Result<Printed, String> {
        let result = self.console.command(command, COMMAND_LIMIT);
        self.printed(result)
    }

    /// Types the name of a module, for which MSH does not wait, and waits until it has printed `text`.
    pub fn start(&mut self, command: &str, text: &str) -> Result<Printed, String> {
        let result = self.console.command_printing(command, text, COMMAND_LIMIT);
        self.printed(result)
    }

    /// Types a command, then answers it: each turn is what it prints, and the keys that are then typed. Waits until the
    /// command comes back.
    pub fn converse(&mut self, command: &str, turns: &[(&str, &str)]) -> Result<Printed, String> {
        let result = self.console.command_answered(command, turns, COMMAND_LIMIT);
        self.printed(result)
    }

    /// Sends a file, and returns what the kernel says when it has it.
    pub fn send(&mut self, path: &str, bytes: &[u8]) -> Result<String, String> {
        let sent = mkmod::send::send(&mut self.console.line(), path, bytes);
        sent.map_err(|error| with_transcript(&error.to_string(), &self.console.transcript()))
    }

    /// Waits until `text` is printed, if it has not been since the last command was typed.
    pub fn hears(&mut self, text: &str) -> Result<Printed, String> {
        let result = self.console.wait_for(text, COMMAND_LIMIT);
        self.printed(result)
    }

    /// All that was printed since the machine was switched on.
    pub fn so_far(&self) -> Printed {
        let transcript = self.console.transcript();
        Printed { text: transcript.clone(), transcript }
    }

    /// The figure "used memory" of `free`.
    pub fn used_memory(&mut self) -> Result<usize, String> {
        let printed = self.run("free")?;
        let figure = printed.text.lines().find_map(|line| line.strip_prefix("used memory :")).map(str::trim);
        match figure.and_then(|figure| figure.parse().ok()) {
            Some(bytes) => Ok(bytes),
            None => Err(printed.failed("`free` shows no used memory")),
        }
    }

    /// The used memory, when two figures in a row agree: modules that have ended are unloaded in the background.
    pub fn settled_memory(&mut self) -> Result<usize, String> {
        let mut before = self.used_memory()?;
        let deadline = Instant::now() + SETTLE_LIMIT;
        while Instant::now() < deadline {
            let now = self.used_memory()?;
            if now == before {
                return Ok(now);
            }
            before = now;
        }
        Err("the used memory does not settle".into())
    }

    /// Fails unless the used memory is, or soon becomes, `expected` bytes.
    pub fn uses(&mut self, expected: usize) -> Result<(), String> {
        self.uses_as(expected, |used| used == expected)
    }

    /// Fails unless the used memory is, or soon becomes, `most` bytes or less: for what the kernel still had before.
    pub fn uses_at_most(&mut self, most: usize) -> Result<(), String> {
        self.uses_as(most, |used| used <= most)
    }

    /// Fails unless nothing of the module `name` is left: no byte of the heap, of which `expected` bytes are used, no object
    /// of the kernel's, and no module; and the shell answers.
    pub fn is_rid_of(&mut self, name: &str, expected: usize) -> Result<(), String> {
        self.uses(expected)?;
        for list in OBJECT_LISTS {
            self.run(list)?.prints_no(name)?;
        }
        Ok(())
    }

    fn uses_as(&mut self, expected: usize, is_right: impl Fn(usize) -> bool) -> Result<(), String> {
        let deadline = Instant::now() + SETTLE_LIMIT;
        loop {
            let used = self.used_memory()?;
            if is_right(used) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let message = format!("{used} bytes are used, and {expected} were before");
                return Err(with_transcript(&message, &self.console.transcript()));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn printed(&self, result: Result<String, qemu::Error>) -> Result<Printed, String> {
        let transcript = self.console.transcript();
        match result {
            Ok(text) => Ok(Printed { text, transcript }),
            Err(error) => Err(with_transcript(&error.to_string(), &transcript)),
        }
    }
}

impl Printed {
    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Fails unless `text` was printed.
    pub fn prints(self, text: &str) -> Result<Self, String> {
        if self.text.contains(text) { Ok(self) } else { Err(self.failed(&format!("`{text}` was not printed"))) }
    }

    /// Fails unless each of `texts` was printed behind the one before.
    pub fn prints_in_order(self, texts: &[&str]) -> Result<Self, String> {
        let mut rest = self.text.as_str();
        for text in texts {
            match rest.split_once(text) {
                Some((_, behind)) => rest = behind,
                None => return Err(self.failed(&format!("`{text}` was not printed, or not in this order"))),
            }
        }
        Ok(self)
    }

    /// Fails if `text` was printed.
    pub fn prints_no(self, text: &str) -> Result<Self, String> {
        if self.text.contains(text) { Err(self.failed(&format!("`{text}` was printed"))) } else { Ok(self) }
    }

    /// The words of the line that begins with `word`.
    pub fn line_of(&self, word: &str) -> Result<Vec<String>, String> {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let found = self.text.lines().map(words).find(|line| line.first().is_some_and(|first| first == word));
        found.ok_or_else(|| self.failed(&format!("no line begins with `{word}`")))
    }

    /// A reason to fail, with the session so far.
    pub fn failed(&self, reason: &str) -> String {
        with_transcript(reason, &self.transcript)
    }
}

fn with_transcript(reason: &str, transcript: &str) -> String {
    format!("{reason}\n---- console\n{transcript}\n----")
}
