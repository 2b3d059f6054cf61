//! A session at the console, with steps such as `session.run("mod run status 7")?.prints("exit code 7")?`.

use std::ops::Deref;
use std::thread;
use std::time::{Duration, Instant};

use qemu::{Console, Machine};

use crate::{words, ymodem};

/// A command that takes longer hangs. None takes more than a few seconds on a machine that does nothing else; the rest is for
/// one that is busy.
const COMMAND_LIMIT: Duration = Duration::from_secs(180);

/// Work in the background, such as unloading a module, is finished after this time.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// Commands that list modules and kernel objects by name, each with a word of its heading. 5.0.0 cuts `semaphore` there.
const OBJECT_LISTS: &[(&str, &str)] = &[
    ("mod list", "uptime"),
    ("list_thread", "stack size"),
    ("list_timer", "periodic"),
    ("list_sem", "semaphor"),
    ("list_mutex", "mutex"),
    ("list_event", "event"),
    ("list_mailbox", "mailbox"),
    ("list_msgqueue", "msgqueue"),
    ("list_device", "ref count"),
];

/// A running machine at its prompt.
pub struct Session {
    console: Console,
    /// The kernel's version, from its banner.
    version: Option<String>,
}

/// What a command printed. Nothing is asserted of it yet.
#[must_use = "a step asserts what has to be printed, or that nothing is"]
pub struct Printed {
    text: String,
    transcript: String,
}

/// What a command printed, after a text was found in it that has to be there. Only then can a test assert that another text is
/// absent, because a command that did nothing at all prints no wrong text either.
pub struct Confirmed(Printed);

impl Session {
    /// Boots `machine`.
    ///
    /// # Errors
    /// When it does not reach its prompt.
    pub fn boot(machine: &Machine) -> Result<Self, String> {
        let mut console = Console::start(machine).map_err(|error| error.to_string())?;
        match console.wait_for_boot() {
            Ok(()) => {
                let version = words::version_in(&console.transcript()).map(str::to_owned);
                Ok(Self { console, version })
            }
            Err(error) => Err(with_transcript(&error.to_string(), &console.transcript())),
        }
    }

    /// Types a command, or what it is called in the kernel's version, and waits for the prompt.
    ///
    /// # Errors
    /// When the kernel faults, asserts or hangs.
    pub fn run(&mut self, command: &str) -> Result<Printed, String> {
        let command = words::on_kernel(command, self.version.as_deref());
        let result = self.console.command(&command, COMMAND_LIMIT);
        let mut printed = self.printed(result)?;
        if command == "mod list" {
            printed.text = words::with_short_names(&printed.text);
        }
        Ok(printed)
    }

    /// Types a command for which MSH does not wait, such as the name of a module, and waits until it has printed `text`.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when `text` is not printed.
    pub fn start(&mut self, command: &str, text: &str) -> Result<Confirmed, String> {
        let result = self.console.command_printing(command, text, COMMAND_LIMIT);
        self.printed(result).map(Confirmed)
    }

    /// Types a command that reads from the console, and waits for the prompt. Each turn is a text to wait for and the keys to
    /// type then.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when a text is not printed.
    pub fn converse(&mut self, command: &str, turns: &[(&str, &str)]) -> Result<Printed, String> {
        let result = self.console.command_answered(command, turns, COMMAND_LIMIT);
        self.printed(result)
    }

    /// Sends a file to the card by YMODEM, as a terminal program does, and returns the kernel's answer.
    ///
    /// # Errors
    /// When the kernel does not take it.
    pub fn send(&mut self, path: &str, bytes: &[u8]) -> Result<String, String> {
        let sent = ymodem::send(&mut self.console.line(), path, bytes);
        sent.map_err(|error| with_transcript(&error.to_string(), &self.console.transcript()))
    }

    /// Waits until `text` was printed after the last command was typed.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when `text` is not printed.
    pub fn hears(&mut self, text: &str) -> Result<Confirmed, String> {
        let result = self.console.wait_for(text, COMMAND_LIMIT);
        self.printed(result).map(Confirmed)
    }

    /// Everything that was printed since the machine was started.
    pub fn so_far(&self) -> Printed {
        let transcript = self.console.transcript();
        Printed { text: transcript.clone(), transcript }
    }

    /// The used memory that `free` shows, in bytes.
    ///
    /// # Errors
    /// As [`run`](Self::run).
    pub fn used_memory(&mut self) -> Result<usize, String> {
        let printed = self.run("free")?;
        if let Some(used) = words::used_memory_in(&printed.text) {
            return Ok(used);
        }
        // 4.0.3 has no `free` if its heap is a memheap.
        let printed = self.run("list_memheap")?;
        words::used_memory_in(&printed.text).ok_or_else(|| printed.failed("no command shows the used memory"))
    }

    /// The used bytes of the memheap `name`.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when there is no such memheap.
    pub fn used_of_memheap(&mut self, name: &str) -> Result<usize, String> {
        let printed = self.run("list_memheap")?;
        words::used_of_memheap_in(&printed.text, name).ok_or_else(|| printed.failed("the memheap is not listed"))
    }

    /// The used memory in bytes, when it is the same twice in a row. Modules that have ended are unloaded in the background.
    ///
    /// # Errors
    /// When it goes on changing for a minute.
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

    /// Waits until `expected` bytes of memory are used.
    ///
    /// # Errors
    /// When that is not so within a minute.
    pub fn uses(&mut self, expected: usize) -> Result<(), String> {
        self.uses_as(expected, |used| used == expected)
    }

    /// Waits until at most `most` bytes of memory are used.
    ///
    /// # Errors
    /// When that is not so within a minute.
    pub fn uses_at_most(&mut self, most: usize) -> Result<(), String> {
        self.uses_as(most, |used| used <= most)
    }

    /// Asserts that nothing of the module `name` is left: `expected` bytes of memory are used, and no list of the kernel shows it.
    ///
    /// # Errors
    /// When something is left.
    pub fn is_rid_of(&mut self, name: &str, expected: usize) -> Result<(), String> {
        self.uses(expected)?;
        OBJECT_LISTS.iter().try_for_each(|(list, _)| self.lists_no(list, name))
    }

    /// Asserts that the command `list` prints its heading, and `name` nowhere.
    ///
    /// # Errors
    /// When the heading is missing or the name is there.
    pub fn lists_no(&mut self, list: &str, name: &str) -> Result<(), String> {
        let known = OBJECT_LISTS.iter().find(|(command, _)| *command == list);
        let (_, heading) = known.ok_or_else(|| format!("the heading of `{list}` is not known"))?;
        self.run(list)?.prints(heading)?.prints_no(name)?;
        Ok(())
    }

    /// The first word of each line in all lists of the kernel's objects, sorted.
    ///
    /// # Errors
    /// As [`run`](Self::run), and when a list has no heading.
    pub fn objects(&mut self) -> Result<Vec<String>, String> {
        let mut names = Vec::new();
        for (list, heading) in OBJECT_LISTS {
            let printed = self.run(list)?.prints(heading)?;
            let words = printed.text().lines().filter_map(|line| line.split_whitespace().next());
            names.extend(words.map(|word| format!("{list}: {word}")));
        }
        names.sort();
        Ok(names)
    }

    fn uses_as(&mut self, expected: usize, is_right: impl Fn(usize) -> bool) -> Result<(), String> {
        let deadline = Instant::now() + SETTLE_LIMIT;
        loop {
            let used = self.used_memory()?;
            if is_right(used) {
                return Ok(());
            }
            if Instant::now() > deadline {
                let message = format!("{used} bytes are used instead of {expected}");
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
    /// The text without echo and prompts.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Asserts that `text` was printed.
    ///
    /// # Errors
    /// When it was not.
    pub fn prints(self, text: &str) -> Result<Confirmed, String> {
        self.prints_all(&[text])
    }

    /// Asserts that all of `texts` were printed.
    ///
    /// # Errors
    /// When one was not, or when there are none.
    pub fn prints_all<T: AsRef<str>>(self, texts: &[T]) -> Result<Confirmed, String> {
        let missing = texts.iter().map(AsRef::as_ref).find(|text| !self.text.contains(text));
        match (missing, texts) {
            (Some(missing), _) => Err(self.failed(&format!("`{missing}` was not printed"))),
            (None, []) => Err(self.failed("the test names no text that has to be printed")),
            (None, _) => Ok(Confirmed(self)),
        }
    }

    /// Asserts that each of `texts` was printed after the one before.
    ///
    /// # Errors
    /// When one was not.
    pub fn prints_in_order(self, texts: &[&str]) -> Result<Confirmed, String> {
        let mut rest = self.text.as_str();
        for text in texts {
            match rest.split_once(text) {
                Some((_, behind)) => rest = behind,
                None => return Err(self.failed(&format!("`{text}` was not printed, or not in this order"))),
            }
        }
        Ok(Confirmed(self))
    }

    /// Asserts that nothing was printed, by a command that only prints something when it fails.
    ///
    /// # Errors
    /// When something was printed.
    pub fn prints_nothing(self) -> Result<(), String> {
        if self.text.trim().is_empty() { Ok(()) } else { Err(self.failed("the command must print nothing")) }
    }

    /// The words of the line that begins with `word`.
    ///
    /// # Errors
    /// When there is no such line.
    pub fn line_of(&self, word: &str) -> Result<Vec<String>, String> {
        let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let found = self.text.lines().map(words).find(|line| line.first().is_some_and(|first| first == word));
        found.ok_or_else(|| self.failed(&format!("no line begins with `{word}`")))
    }

    /// `reason` and the session's transcript, as the message of a failure.
    pub fn failed(&self, reason: &str) -> String {
        with_transcript(reason, &self.transcript)
    }
}

impl Confirmed {
    /// Asserts that `text` was printed too.
    ///
    /// # Errors
    /// When it was not.
    pub fn prints(self, text: &str) -> Result<Self, String> {
        self.0.prints(text)
    }

    /// Asserts that each of `texts` was printed after the one before.
    ///
    /// # Errors
    /// When one was not.
    pub fn prints_in_order(self, texts: &[&str]) -> Result<Self, String> {
        self.0.prints_in_order(texts)
    }

    /// Asserts that `text` was not printed.
    ///
    /// # Errors
    /// When it was.
    pub fn prints_no(self, text: &str) -> Result<Self, String> {
        if self.text.contains(text) { Err(self.failed(&format!("`{text}` was printed"))) } else { Ok(self) }
    }
}

impl Deref for Confirmed {
    type Target = Printed;

    fn deref(&self) -> &Printed {
        &self.0
    }
}

fn with_transcript(reason: &str, transcript: &str) -> String {
    format!("{reason}\n---- console\n{transcript}\n----")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str) -> Printed {
        Printed { text: text.into(), transcript: String::new() }
    }

    #[test]
    fn a_text_that_is_missing_fails_a_step() {
        assert!(printed("exit code 0\n").prints("exit code 0").is_ok());
        assert!(printed("exit code 0\n").prints("exit code 1").is_err());
        assert!(printed("a b").prints_in_order(&["b", "a"]).is_err());
        assert!(printed("a").prints_all::<&str>(&[]).is_err());
    }

    #[test]
    fn silence_is_asserted_too() {
        assert!(printed("\n").prints_nothing().is_ok());
        assert!(printed("stuck: no module has this name\n").prints_nothing().is_err());
    }

    #[test]
    fn what_is_absent_is_asserted_beside_what_is_there() {
        assert!(printed("exit code 0\n").prints("exit").and_then(|it| it.prints_no("panicked")).is_ok());
        assert!(printed("panicked\nexit code 101\n").prints("exit").and_then(|it| it.prints_no("panicked")).is_err());
    }
}
