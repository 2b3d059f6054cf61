//! What a module is called, what it says of itself, and when it starts: `name`, `desc`, `run`, `cmd`.

use syn::{Error, Lit, LitStr, Result};

/// The longest name, in bytes. With folder and extension it fits into a line of the shell.
const NAME_BYTES: usize = 32;

/// The longest description, in bytes. `mod list` shows what fits into a line.
const DESCRIPTION_BYTES: usize = 128;

/// What a module is called, what it says of itself, and when it starts.
#[derive(Debug, Default)]
pub struct About {
    /// The name of its file, without `.mo`; none: the crate's.
    pub name: Option<String>,
    /// A line for `mod list`.
    pub description: Option<String>,
    /// Whether the kernel starts it when it boots.
    pub runs_at_boot: bool,
    /// Whether it is installed where the shell finds it by its bare name.
    pub is_command: bool,
}

impl About {
    /// The options that [`About::set`] takes.
    pub const KEYS: [&str; 4] = ["name", "desc", "run", "cmd"];

    /// Sets one of [`About::KEYS`].
    pub fn set(&mut self, key: &str, literal: &Lit) -> Result<()> {
        match key {
            "name" => self.name = Some(name(literal)?),
            "desc" => self.description = Some(description(literal)?),
            "run" => self.runs_at_boot = flag(key, literal)?,
            _ => self.is_command = flag(key, literal)?,
        }
        Ok(())
    }
}

fn name(literal: &Lit) -> Result<String> {
    let refuse = |message: &str| Err(Error::new(literal.span(), message));
    let Lit::Str(text) = literal else {
        return refuse("`name` is a text: the name of the module's file, without `.mo`");
    };
    let name = text.value();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.to_ascii_lowercase().ends_with(".mo") {
        return refuse("`name` goes without `.mo`, which the linker adds");
    }
    if name.is_empty() || !name.chars().all(is_allowed) || name.starts_with('-') {
        return refuse("`name` is no file name that the shell can run: letters, digits, `-` and `_`");
    }
    if name.len() > NAME_BYTES {
        return refuse(&format!("`name` has {} characters; the longest has {NAME_BYTES}", name.len()));
    }
    Ok(name)
}

fn description(literal: &Lit) -> Result<String> {
    let is_line = |text: &LitStr| !text.value().is_empty() && !text.value().contains(char::is_control);
    let Lit::Str(text) = literal else {
        return Err(Error::new(literal.span(), "`desc` is a text: what the module is for, in one line"));
    };
    if !is_line(text) {
        return Err(Error::new(literal.span(), "`desc` is one line of text, and not an empty one"));
    }
    if text.value().len() > DESCRIPTION_BYTES {
        let message = format!("`desc` has {} bytes; the longest has {DESCRIPTION_BYTES}", text.value().len());
        return Err(Error::new(literal.span(), message));
    }
    Ok(text.value())
}

fn flag(key: &str, literal: &Lit) -> Result<bool> {
    match literal {
        Lit::Bool(flag) => Ok(flag.value),
        _ => Err(Error::new(literal.span(), format!("`{key}` is `true` or `false`"))),
    }
}
