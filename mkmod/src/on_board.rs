//! The commands that use a board.

use std::error::Error;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mkmod::board::{self, Board, Line};
use mkmod::monitor;
use mkmod::run::{self, Outcome as Run, Subject};
use mkmod::terminal::{Keyboard, Stdout};

use crate::{Outcome, cli, file_name, print, write};

type Connected = Board<Box<dyn Line>>;

pub fn run(arguments: &cli::Run) -> Outcome {
    let subject = Subject::of(&arguments.file)?;
    let mut board = connect(&arguments.port)?;
    let name = match &subject {
        Subject::OnBoard(name) => name.clone(),
        Subject::File { module } => {
            let path = arguments.to.clone().unwrap_or_else(|| file_name(module));
            bring(&mut board, module, &path)?;
            path
        }
    };
    let mut keyboard = Keyboard::open()?;
    let outcome = run::run(&mut board, &name, &arguments.arguments, || keyboard.next(), Stdout);
    drop(keyboard);
    let outcome = outcome?;
    if outcome != Run::Left {
        board.goodbye()?;
    }
    match outcome {
        Run::Ended(code) => Ok(exit_code(code)),
        Run::Stays => Ok(ExitCode::SUCCESS),
        Run::Left => Err("the module does not end; reset the board, or try `mod kill` at its shell".into()),
    }
}

/// A process has 8 bits for it. No failure becomes a success.
fn exit_code(code: i32) -> ExitCode {
    let byte = code as u8;
    if byte == 0 && code != 0 { ExitCode::FAILURE } else { ExitCode::from(byte) }
}

fn bring(board: &mut Connected, module: &Path, path: &str) -> Result<(), Box<dyn Error>> {
    let bytes = read(module)?;
    let progress = progress_of("sending", bytes.len());
    if run::bring(board, path, &bytes, |sent| progress.set_position(sent as u64))? {
        progress.finish_and_clear();
        eprintln!("sent {path}, {} bytes", bytes.len());
    }
    Ok(())
}

pub fn send(arguments: &cli::Send) -> Outcome {
    let bytes = read(&arguments.file)?;
    let path = arguments.to.clone().unwrap_or_else(|| file_name(&arguments.file));
    let mut board = connect(&arguments.port)?;
    let progress = progress_of("sending", bytes.len());
    board.put(&path, &bytes, |sent| progress.set_position(sent as u64))?;
    progress.finish_and_clear();
    board.goodbye()?;
    print(&format!("sent {path}, {} bytes\n", bytes.len()))?;
    Ok(ExitCode::SUCCESS)
}

pub fn list(arguments: &cli::Files) -> Outcome {
    let mut board = connect(&arguments.port)?;
    let mut entries = board.list(&arguments.folder)?;
    board.goodbye()?;
    entries.sort_by(|left, right| left.name.cmp(&right.name));
    for entry in entries {
        let size = entry.size.map_or_else(|| "folder".to_owned(), |size| size.to_string());
        print(&format!("{size:>10}  {}\n", entry.name))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub fn get(arguments: &cli::Get) -> Outcome {
    let default = arguments.path.rsplit('/').next().unwrap_or(&arguments.path);
    let output = arguments.output.clone().unwrap_or_else(|| default.into());
    let mut board = connect(&arguments.port)?;
    let progress = progress_of("reading", 0);
    let bytes = board.get(&arguments.path, |read, size| {
        progress.set_length(size.into());
        progress.set_position(read.into());
    })?;
    progress.finish_and_clear();
    board.goodbye()?;
    write(&output, &bytes)?;
    print(&format!("{}: {} bytes\n", output.display(), bytes.len()))?;
    Ok(ExitCode::SUCCESS)
}

pub fn remove(arguments: &cli::Remove) -> Outcome {
    let mut board = connect(&arguments.port)?;
    arguments.paths.iter().try_for_each(|path| board.remove(path))?;
    board.goodbye()?;
    Ok(ExitCode::SUCCESS)
}

pub fn monitor(arguments: &cli::Monitor) -> Outcome {
    let mut line = board::open(arguments.port.port.as_ref(), arguments.port.baud)?;
    if io::stdin().is_terminal() {
        eprintln!("Ctrl-] quits");
    }
    let mut keyboard = Keyboard::open()?;
    monitor::monitor(&mut line, || keyboard.next(), Stdout)?;
    Ok(ExitCode::SUCCESS)
}

fn connect(port: &cli::Port) -> Result<Connected, Box<dyn Error>> {
    Ok(Board::connect(board::open(port.port.as_ref(), port.baud)?)?)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|error| format!("can't read {}: {error}", file.display()))
}

/// Shown on a terminal only.
fn progress_of(what: &'static str, bytes: usize) -> ProgressBar {
    let style = "{msg} {bar:30} {bytes}/{total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar());
    let progress = ProgressBar::with_draw_target(Some(bytes as u64), ProgressDrawTarget::stderr());
    progress.with_style(style).with_message(what)
}
