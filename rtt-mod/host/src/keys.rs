//! The keys of a terminal: each as it is typed, and without an echo, as the board's console gives them.

#[cfg(unix)]
pub use unix::Keys;

#[cfg(not(unix))]
pub use elsewhere::Keys;

#[cfg(unix)]
mod unix {
    use rustix::{
        stdio::stdin,
        termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr},
    };

    /// The standard input gives single keys as long as this lives. `None`: it is not a terminal.
    pub struct Keys(Option<Termios>);

    impl Keys {
        /// Switches the echo off. Ctrl-C still ends the program.
        pub fn without_echo() -> Self {
            let Ok(before) = tcgetattr(stdin()) else { return Keys(None) };
            let mut single = before.clone();
            single.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
            Keys(tcsetattr(stdin(), OptionalActions::Now, &single).ok().map(|()| before))
        }
    }

    impl Drop for Keys {
        fn drop(&mut self) {
            if let Some(before) = &self.0 {
                // If the terminal is gone, there is nothing to restore.
                let _ = tcsetattr(stdin(), OptionalActions::Now, before);
            }
        }
    }
}

#[cfg(not(unix))]
mod elsewhere {
    /// The terminal's own line editor and echo stay.
    pub struct Keys;

    impl Keys {
        /// Leaves the terminal as it is.
        pub fn without_echo() -> Self {
            Keys
        }
    }
}
