//! A console session on a page: commands, and what each of them prints.

/// A console session.
#[derive(Debug, PartialEq, Eq)]
pub struct Console {
    /// In order.
    pub turns: Vec<Turn>,
}

/// A command and its output.
#[derive(Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who is to run it.
    pub prompt: Prompt,
    /// What is typed.
    pub command: String,
    /// What the page says that it prints; each line ends with `\n`.
    pub output: String,
}

/// Who runs a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// `$ `: the shell of the host.
    Host,
    /// `msh />`: the shell of RT-Thread.
    Msh,
}

impl Console {
    /// Reads the text of a code block.
    ///
    /// # Errors
    /// When it begins with something else than a prompt.
    pub fn parse(code: &str) -> Result<Self, String> {
        let mut turns: Vec<Turn> = Vec::new();
        for line in code.lines() {
            match (command_in(line), turns.last_mut()) {
                (Some((prompt, command)), _) => {
                    turns.push(Turn { prompt, command: command.to_owned(), output: String::new() });
                }
                (None, Some(turn)) => turn.output += &format!("{line}\n"),
                (None, None) => return Err(format!("a session begins with `$ ` or `msh />`, and not with `{line}`")),
            }
        }
        Ok(Self { turns })
    }

    /// The text of the code block.
    #[must_use]
    pub fn to_code(&self) -> String {
        self.turns.iter().map(|turn| format!("{}{}\n{}", turn.prompt.text(), turn.command, turn.output)).collect()
    }
}

impl Prompt {
    const ALL: [Self; 2] = [Self::Host, Self::Msh];

    fn text(self) -> &'static str {
        match self {
            Self::Host => "$ ",
            Self::Msh => "msh />",
        }
    }
}

fn command_in(line: &str) -> Option<(Prompt, &str)> {
    Prompt::ALL.into_iter().find_map(|prompt| Some((prompt, line.strip_prefix(prompt.text())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "$ cd greet\nmsh />mod run status 7\nexit code 7\n\nmsh />free\n";

    #[test]
    fn a_session_is_commands_with_their_output() {
        let session = Console::parse(CODE).unwrap();
        let commands: Vec<_> = session.turns.iter().map(|turn| (turn.prompt, turn.command.as_str())).collect();
        assert_eq!(commands, [(Prompt::Host, "cd greet"), (Prompt::Msh, "mod run status 7"), (Prompt::Msh, "free")]);
        assert_eq!(session.turns[1].output, "exit code 7\n\n");
        assert_eq!(session.to_code(), CODE);
    }

    #[test]
    fn a_session_begins_with_a_prompt() {
        assert!(Console::parse("exit code 7\n").is_err());
    }
}
