//! A session at the console, as a test tells it: `session.run("mod run status 7")?.prints("exit code 7")?`.

use std::ops::Deref;
use std::thread;
use std::time::{Duration, Instant};

use qemu::{Console, Machine};

/// A command that takes longer hangs. None takes more than a few seconds on a machine that does nothing else; the rest is for
/// one that is busy.
const COMMAND_LIMIT: Duration = Duration::from_secs(180);

/// What happens in the background, as unloading does, is over after this time.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// Commands that show a module, and what it has of the kernel, by its name; each with a word of its heading.
const OBJECT_LISTS: &[(&str, &str)] = &[
    ("mod list", "uptime"),
    ("list_thread", "stack size"),
    ("list_timer", "periodic"),
    ("list_sem", "semaphore"),
    ("list_mutex", "mutex"),
    ("list_event", "event"),
    ("list_mailbox", "mailbox"),
    ("list_msgqueue", "msgqueue"),
    ("list_device", "ref count"),
];

/// A running machine at its prompt.
pub struct Session {
    console: Console,
}

/// What a command printed, of which nothing is asserted yet.
#[must_use = "a step asserts what has to be printed, or that nothing is"]
pub struct Printed {
    text: String,
    transcript: String,
}

/// What a command printed, with something in it that has to be there. Only of this a test may ask what is not there: a
/// command that did nothing at all prints no wrong text either.
pub struct Confirmed(Printed);

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
    pub fn start(&mut self, command: &str, text: &str) -> Result<Confirmed, String> {
        let result = self.console.command_printing(command, text, COMMAND_LIMIT);
        self.printed(result).map(Confirmed)
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
    pub fn hears(&mut self, text: &str) -> Result<Confirmed, String> {
        let result = self.console.wait_for(text, COMMAND_LIMIT);
        self.printed(result).map(Confirmed)
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
        OBJECT_LISTS.iter().try_for_each(|(list, _)| self.lists_no(list, name))
    }

    /// Fails unless `list`, a command that lists objects, prints its heading, and `name` nowhere.
    pub fn lists_no(&mut self, list: &str, name: &str) -> Result<(), String> {
        let known = OBJECT_LISTS.iter().find(|(command, _)| *command == list);
        let (_, heading) = known.ok_or_else(|| format!("the heading of `{list}` is not known"))?;
        self.run(list)?.prints(heading)?.prints_no(name)?;
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
    pub fn prints(self, text: &str) -> Result<Confirmed, String> {
        self.prints_all(&[text])
    }

    /// Fails unless all of `texts`, of which there is at least one, were printed.
    pub fn prints_all<T: AsRef<str>>(self, texts: &[T]) -> Result<Confirmed, String> {
        let missing = texts.iter().map(AsRef::as_ref).find(|text| !self.text.contains(text));
        match (missing, texts) {
            (Some(missing), _) => Err(self.failed(&format!("`{missing}` was not printed"))),
            (None, []) => Err(self.failed("the test names no text that has to be printed")),
            (None, _) => Ok(Confirmed(self)),
        }
    }

    /// Fails unless each of `texts` was printed behind the one before.
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

    /// Fails if anything was printed: for commands that succeed silently, and print what is wrong when they fail.
    pub fn prints_nothing(self) -> Result<(), String> {
        if self.text.trim().is_empty() { Ok(()) } else { Err(self.failed("nothing was to be printed")) }
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

impl Confirmed {
    /// Fails unless `text` was printed too.
    pub fn prints(self, text: &str) -> Result<Self, String> {
        self.0.prints(text)
    }

    /// Fails unless each of `texts` was printed behind the one before.
    pub fn prints_in_order(self, texts: &[&str]) -> Result<Self, String> {
        self.0.prints_in_order(texts)
    }

    /// Fails if `text` was printed.
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
