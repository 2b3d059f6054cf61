//! `mkmod run` of a module of tests, as `cargo test` calls it: runs each test on the board, and reports as libtest does.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};
use mkmod::module::{self, Module};
use mkmod::run::{self, BoardTest, End, Outcome as Run};
use mkmod::terminal::{Input, Screen, Stdout};
use mkmod::trace::Tracer;

use crate::on_board::{Connected, bring, connect, programs};
use crate::{Outcome, cli, file_name};

/// A test that takes longer is killed.
const LONGEST: Duration = Duration::from_secs(60);

/// What does not end when it is killed is left alone after so long.
const KILL_LIMIT: Duration = Duration::from_secs(10);

/// The user has typed Ctrl-C.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

pub fn run(arguments: &cli::Run, module: &Path) -> Outcome {
    let words = std::iter::once("mkmod run".to_owned()).chain(arguments.arguments().iter().cloned());
    // There is one board.
    let options = Arguments { test_threads: Some(1), ..Arguments::from_iter(words) };
    let path = match &arguments.to {
        Some(path) => path.clone(),
        None => path_of(module)?,
    };
    let on_the_pc =
        |error| format!("{error}; without a board, `cargo test --target host-tuple` runs the tests on this PC");
    let mut board = connect(&arguments.port).map_err(on_the_pc)?;
    bring(&mut board, module, &path)?;
    let mut programs = programs(&arguments.symbols)?;
    programs.add(&module.with_extension(""))?;
    let is_shown = options.nocapture;
    let mut board = TestBoard { board, path, tracer: Tracer::new(programs), is_shown };
    let _ = ctrlc::set_handler(|| INTERRUPTED.store(true, Ordering::Relaxed));
    let mut tests = board.list()?;
    tests.sort_by(|left, right| left.name().cmp(right.name()));
    let board = Arc::new(Mutex::new(Some(board)));
    let trial = |test: BoardTest| {
        let board = Arc::clone(&board);
        let is_ignored = test.is_ignored;
        Trial::test(test.name().to_owned(), move || run_test(&board, &test)).with_ignored_flag(is_ignored)
    };
    let conclusion = libtest_mimic::run(&options, tests.into_iter().map(trial).collect());
    if let Some(board) = board.lock().unwrap_or_else(PoisonError::into_inner).take() {
        board.board.goodbye()?;
    }
    Ok(conclusion.exit_code())
}

/// Cargo's name of the file has a hash in it, which would make another file of each change of options.
fn path_of(module: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = module::read(module)?;
    let note = Module::parse(&file_name(module), &bytes)?.note;
    let name = note.and_then(Result::ok).map(|note| format!("{}.mo", note.name));
    Ok(name.unwrap_or_else(|| file_name(module)))
}

/// A board with a module of tests.
struct TestBoard {
    board: Connected,
    /// The file of the module.
    path: String,
    tracer: Tracer,
    /// Whether what tests print is shown at once.
    is_shown: bool,
}

impl TestBoard {
    fn list(&mut self) -> Result<Vec<BoardTest>, Box<dyn Error>> {
        let mut text = Text { tracer: &mut self.tracer, text: vec![], is_shown: false };
        let listing = ["--list".to_owned()];
        match run::run(&mut self.board, &self.path, &listing, || None, &mut text)? {
            Run::Ended(0) => Ok(run::listed(&text.into_string())),
            _ => Err(format!("{} does not list its tests:\n{}", self.path, text.into_string()).into()),
        }
    }

    fn run(&mut self, test: &BoardTest) -> Result<(End, String), Box<dyn Error>> {
        let begin = Instant::now();
        let mut killed = None;
        let mut clock = || match killed {
            None if INTERRUPTED.load(Ordering::Relaxed) || begin.elapsed() > LONGEST => {
                killed = Some(Instant::now());
                Some(Input::Interrupt)
            }
            Some(then) if Instant::elapsed(&then) > KILL_LIMIT => Some(Input::Interrupt),
            _ => None,
        };
        let mut text = Text { tracer: &mut self.tracer, text: vec![], is_shown: self.is_shown };
        let arguments = [test.argument().to_owned()];
        let outcome = run::run(&mut self.board, &self.path, &arguments, &mut clock, &mut text)?;
        let end = match (outcome, killed) {
            (Run::Ended(code), None) => End::Code(code),
            (Run::Ended(_) | Run::Left, _) => End::TimedOut,
            (Run::Stays, _) => return Err("it is a module without a program".into()),
        };
        Ok((end, text.into_string()))
    }
}

/// Without its board, which is lost with the connection, each other test fails as well.
fn run_test(board: &Mutex<Option<TestBoard>>, test: &BoardTest) -> Result<(), Failed> {
    let mut board = board.lock().unwrap_or_else(PoisonError::into_inner);
    if INTERRUPTED.load(Ordering::Relaxed) {
        return Err("interrupted".into());
    }
    let Some(connected) = &mut *board else {
        return Err("the connection to the board is lost".into());
    };
    let (end, text) = connected.run(test).map_err(|error| {
        *board = None;
        Failed::from(error.to_string())
    })?;
    test.verdict(end, &text).map_err(|reason| Failed::from(format!("{text}{reason}")))
}

/// What a test prints, with the names behind its addresses.
struct Text<'a> {
    tracer: &'a mut Tracer,
    text: Vec<u8>,
    is_shown: bool,
}

impl Text<'_> {
    fn into_string(self) -> String {
        String::from_utf8_lossy(&self.text).replace('\r', "")
    }
}

impl Screen for &mut Text<'_> {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        let traced = self.tracer.take(text);
        self.text.extend(&traced);
        if self.is_shown { Stdout.show(&traced) } else { Ok(()) }
    }
}
