//! The commands that use a board.

use std::error::Error;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use std::{env, fs, thread};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mkmod::board::{self, Board, BoardError, Image, Line, Loaded};
use mkmod::gdb::{self, Debugging, GdbError};
use mkmod::monitor::{self, Highlighted, Log, Logged};
use mkmod::run::{self, Outcome as Run, Subject};
use mkmod::terminal::{Keyboard, Screen, Stdout};
use mkmod::trace::{self, Programs, Traced, Tracer, build_in};

use crate::{Outcome, cli, file_name, print, tests_on_board, write};

pub(crate) type Connected = Board<Box<dyn Line + Send>>;

pub fn run(arguments: &cli::Run) -> Outcome {
    let subject = Subject::of(arguments.file())?;
    if let Subject::File { module } = &subject
        && let Ok(program) = fs::read(module.with_extension(""))
        && run::is_tests(&program)
    {
        return tests_on_board::run(arguments, module);
    }
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
    let mut programs = programs(&arguments.symbols)?;
    if let Subject::File { module } = &subject {
        // A module of C may have no such program.
        let _ = programs.add(&module.with_extension(""));
    }
    let screen = Traced::new(Tracer::new(programs), Highlighted::new(Stdout, Highlighted::columns()));
    let outcome = run::run(&mut board, &name, arguments.arguments(), || keyboard.take(), screen);
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

pub(crate) fn bring(board: &mut Connected, module: &Path, path: &str) -> Result<(), Box<dyn Error>> {
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
    let mut line = board::open(&board::choose(arguments.port.port.clone())?, arguments.port.baud)?;
    if io::stdin().is_terminal() {
        eprintln!("Ctrl-] quits");
    }
    let log = arguments.log.as_ref().map(|path| Log::open(path)).transpose()?;
    let tracer = Tracer::new(programs(&arguments.symbols)?);
    let terminal = Highlighted::new(Stdout, Highlighted::columns());
    let mut screen = Traced::new(tracer, Logged { log, screen: terminal });
    let mut keyboard = Keyboard::open()?;
    monitor::monitor(&mut line, || keyboard.take(), &mut screen)?;
    Ok(ExitCode::SUCCESS)
}

pub fn trace(arguments: &cli::Trace) -> Outcome {
    let mut screen = Traced::new(Tracer::new(programs(&arguments.symbols)?), Stdout);
    match &arguments.log {
        Some(path) => screen.show(&read(path)?)?,
        None => {
            let mut bytes = [0; 4096];
            while let length @ 1.. = io::stdin().read(&mut bytes)? {
                screen.show(&bytes[..length])?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub fn gdb(arguments: &cli::Gdb) -> Outcome {
    let mut gdb = gdb::command(arguments.gdb.as_deref())?;
    let mut board = connect(&arguments.port)?;
    let (image, is_program) = match Subject::of(&arguments.file)? {
        Subject::OnBoard(name) => (board.image_of(&name)?, false),
        Subject::File { module } => {
            let path = file_name(&module);
            bring(&mut board, &module, &path)?;
            match board.load(&path, &[])? {
                Loaded::Program(image) => (image, true),
                Loaded::Stays => (board.image_of(&file_name(&module.with_extension("")))?, false),
            }
        }
    };
    let elf = match &arguments.elf {
        Some(elf) => elf.clone(),
        None => program_of(&image, &arguments.file)?,
    };
    let folder = tempfile::tempdir()?;
    let ready = folder.path().join("breakpoints");
    let debugging = Debugging {
        elf,
        image,
        target: arguments.target.clone(),
        kernel: arguments.kernel.clone(),
        ready: ready.clone(),
    };
    let mut gdb = gdb.args(debugging.arguments()?).args(&arguments.arguments).spawn()?;
    thread::spawn(move || follow(board, is_program, &ready));
    // Ctrl-C is for GDB, which stops the processor.
    ctrlc::set_handler(|| {})?;
    let status = gdb.wait()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Starts the program when GDB is ready and the processor runs again, and shows what it prints, until GDB ends.
fn follow(mut board: Connected, is_program: bool, ready: &Path) -> Result<(), BoardError> {
    board.wait_for_ever();
    while is_program && !ready.exists() {
        // The board stays with us only while it is asked.
        board.ask_for_nothing()?;
        thread::sleep(Duration::from_millis(100));
    }
    if is_program {
        run::run_loaded(&mut board, || None, Stdout)?;
    }
    board.goodbye()
}

/// The ELF file of a module: the one beside it, or one of cargo's.
fn program_of(image: &Image, file: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let beside = file.with_extension("");
    if beside.is_file() && build_in(&fs::read(&beside)?) == Some(image.build) {
        return Ok(beside);
    }
    let found = trace::find(&env::current_dir()?, image.build);
    let missing = || GdbError::NoProgram { name: image.name.clone(), build: u64::from_be_bytes(image.build) };
    Ok(found.ok_or_else(missing)?)
}

pub(crate) fn programs(symbols: &cli::Symbolized) -> Result<Programs, Box<dyn Error>> {
    let mut programs = Programs::around(env::current_dir()?);
    symbols.elf.iter().try_for_each(|path| programs.add(path))?;
    if let Some(kernel) = &symbols.kernel {
        programs.add_kernel(kernel)?;
    }
    Ok(programs)
}

pub(crate) fn connect(port: &cli::Port) -> Result<Connected, Box<dyn Error>> {
    let name = board::choose(port.port.clone())?;
    let line = board::open(&name, port.baud)?;
    Board::connect(line).map_err(|error| format!("{name}: {error}").into())
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
