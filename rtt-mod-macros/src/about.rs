//! The options for a module's name, description and start: `name`, `desc`, `run`, `cmd`.

use syn::{Error, Lit, LitStr, Result};

/// The longest name, in bytes. With its folder and extension, it fits into a line of the shell.
const NAME_BYTES: usize = 32;

/// The longest description, in bytes. `mod list` shows as much as fits into a line.
const DESCRIPTION_BYTES: usize = 128;

/// The name and description of a module, and when it starts.
#[derive(Debug, Default)]
pub struct About {
    /// The name of its file, without `.mo`. `None`: the crate's name.
    pub name: Option<String>,
    /// The description for `mod list`, one line.
    pub description: Option<String>,
    /// Whether the kernel starts it when it boots.
    pub runs_at_boot: bool,
    /// Whether the shell finds it by its bare name.
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
        return refuse("`name` has to be a text: the name of the module's file, without `.mo`");
    };
    let name = text.value();
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if name.to_ascii_lowercase().ends_with(".mo") {
        return refuse("`name` has to be given without `.mo`, which the linker adds");
    }
    if name.is_empty() || !name.chars().all(is_allowed) || name.starts_with('-') {
        return refuse("`name` can only contain letters, digits, `-` and `_`, and cannot begin with `-`");
    }
    if name.len() > NAME_BYTES {
        return refuse(&format!("`name` has {} characters; the limit is {NAME_BYTES}", name.len()));
    }
    Ok(name)
}

fn description(literal: &Lit) -> Result<String> {
    let is_line = |text: &LitStr| !text.value().is_empty() && !text.value().contains(char::is_control);
    let Lit::Str(text) = literal else {
        return Err(Error::new(literal.span(), "`desc` has to be a text: a description of the module in one line"));
    };
    if !is_line(text) {
        return Err(Error::new(literal.span(), "`desc` has to be one line of text, and cannot be empty"));
    }
    if text.value().len() > DESCRIPTION_BYTES {
        let message = format!("`desc` has {} bytes; the limit is {DESCRIPTION_BYTES}", text.value().len());
        return Err(Error::new(literal.span(), message));
    }
    Ok(text.value())
}

fn flag(key: &str, literal: &Lit) -> Result<bool> {
    match literal {
        Lit::Bool(flag) => Ok(flag.value),
        _ => Err(Error::new(literal.span(), format!("`{key}` has to be `true` or `false`"))),
    }
}
