//! `cargo xtask demo`: builds everything and starts a board in QEMU.

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use firmware::{Board, Card, Mkmod};
use qemu::{Console, Machine, Writes};
use setup::workspace;

/// A command of a script that takes longer hangs.
const COMMAND_LIMIT: Duration = Duration::from_secs(120);

/// Who uses the console.
pub enum User<'a> {
    /// The terminal.
    Terminal,
    /// These commands, separated by `;`.
    Script(&'a str),
    /// Whoever connects to this TCP port of this computer.
    Network(u16),
}

/// Builds everything for `board` and starts it.
pub fn demo(board: &'static Board, user: &User<'_>, card: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let machine = prepare(board, card)?;
    match user {
        User::Terminal => Ok(qemu::interactive(&machine)?),
        User::Script(script) => play(&machine, script),
        User::Network(port) => Ok(qemu::listen(&machine, *port)?),
    }
}

fn prepare(board: &'static Board, added: Option<&Path>) -> Result<Machine, Box<dyn Error>> {
    setup::ensure(&board.needs())?;
    let firmware = firmware::build(board)?;
    let mkmod = Mkmod::build()?;
    mkmod.write_symbols(&firmware.elf)?;
    let mut card = Card::default();
    for module in mkmod.build_modules(&workspace::root().join("examples"), board.target)? {
        card.put_file(&module)?;
    }
    if let Some(folder) = added {
        card.put_folder(folder)?;
    }
    let image = firmware.elf.with_file_name("card.img");
    card.write_image(&image)?;
    Ok(Machine { writes: Writes::Kept, ..Machine::new(board, &firmware.elf, &image) })
}

/// Types the commands of `script`, separated by `;`, and prints the console's output.
fn play(machine: &Machine, script: &str) -> Result<(), Box<dyn Error>> {
    let mut console = Console::start(machine)?;
    let result = type_commands(&mut console, script);
    println!("{}", console.transcript());
    Ok(result?)
}

fn type_commands(console: &mut Console, script: &str) -> Result<(), qemu::Error> {
    console.wait_for_boot()?;
    for command in script.split(';').map(str::trim).filter(|command| !command.is_empty()) {
        console.command(command, COMMAND_LIMIT)?;
    }
    Ok(())
}
