//! A soak: thousands of loads and ends of every kind, after which the kernel has what it had before.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use firmware::Core;
use setup::process;

use crate::{Fixture, Session, c_module, card_with};

/// One load and its end.
#[derive(Debug, Clone, Copy)]
enum Round {
    /// `mod run` of the command prints this text.
    Runs(&'static str, &'static str),
    /// The command is started, prints this text, and the module of this name is killed a little later.
    Killed(&'static str, &'static str, &'static str),
    /// The resident module of this command is loaded and unloaded.
    Stays(&'static str),
}

use Round::{Killed, Runs, Stays};

/// On every board.
const ROUNDS: &[Round] = &[
    Runs("hello a b", "exit code 0\n"),
    Runs("heap", "exit code 0\n"),
    Runs("status 7", "exit code 7\n"),
    Runs("panic", "exit code 101\n"),
    Runs("missing", "missing.mo: "),
    Runs("nothing_of_this_name", "nothing_of_this_name"),
    Runs("faulty access", "exit code "),
    Runs("evil2 drv p", "exit code 101\n"),
    Runs("evil2 drv c", "exit code 101\n"),
    Runs("evil2 drv x", "exit code 9\n"),
    Runs("evil2 rx p", "exit code 101\n"),
    Runs("evil2 rx x", "exit code 9\n"),
    Runs("evil2 soft P", "exit code 101\n"),
    Runs("evil2 hard P", "exit code 101\n"),
    Runs("filer exit", "exit code 3\n"),
    Runs("filer busy", "exit code 5\n"),
    Killed("stuck mutex", "stuck: ", "stuck"),
    Killed("stuck queue", "stuck: ", "stuck"),
    Killed("stuck busy", "stuck: ", "stuck"),
    Killed("stuck threads", "stuck: ", "stuck"),
    Killed("hoarder", "hoarding", "hoarder"),
    Killed("evil2 cmd -", "ready", "evil2"),
    Stays("worker"),
];

/// In C, on an Arm processor.
const ROUNDS_IN_C: &[Round] = &[
    Runs("fd6", "all is there\n"),
    Runs("timf", "data access at 0xf0000000"),
    Killed("mall", "100 of 100", "mall"),
    Killed("writes", "writing", "writes"),
];

/// The longest time that a module runs before it is killed.
const RUNS_AT_MOST: Duration = Duration::from_millis(20);

/// Which rounds there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// All.
    All,
    /// Only those in which a module is killed.
    Kills,
}

/// How often each kind of round was run: its command, and its count.
#[derive(Debug, Default)]
pub struct Tally(BTreeMap<&'static str, usize>);

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(command, count)| writeln!(f, "{count:>6}  {command}"))
    }
}

impl Round {
    fn command(self) -> &'static str {
        match self {
            Runs(command, _) | Killed(command, ..) | Stays(command) => command,
        }
    }
}

/// What the kernel has.
#[derive(Debug, PartialEq, Eq)]
struct Figures {
    /// Bytes of the heap in use.
    used: usize,
    /// Bytes of the largest free block; on an Arm processor.
    largest: Option<String>,
    /// The names in all lists of the kernel's objects.
    objects: Vec<String>,
}

/// Runs `rounds` rounds in a random order, each of `kinds` as often as the others. Says how often each was run.
///
/// # Errors
/// When one does not end as it should, or the kernel has something else than before at the end.
pub fn soak(fixture: &Fixture, seed: u64, rounds: usize, kinds: Kinds) -> Result<Tally, Box<dyn Error>> {
    let mut rng = Rng::with_seed(seed);
    let mut tally = Tally::default();
    let kinds: Vec<Round> = match fixture.board.core {
        Core::RiscV64 => rounds_of(kinds, &[ROUNDS]),
        _ => rounds_of(kinds, &[ROUNDS, ROUNDS_IN_C]),
    };
    let folder = tempfile::tempdir()?;
    let mut session = boot(fixture, folder.path())?;
    // What stays for ever is made by then, such as the kernel's table of open files.
    kinds.iter().try_for_each(|round| run(&mut session, *round, &mut rng))?;
    let before = figures(fixture, &mut session)?;
    let mut waiting = Vec::new();
    for number in 0..rounds {
        if waiting.is_empty() {
            waiting.clone_from(&kinds);
            rng.shuffle(&mut waiting);
        }
        let round = waiting.pop().ok_or("there is no round")?;
        run(&mut session, round, &mut rng).map_err(|error| format!("round {number}, {round:?}: {error}"))?;
        *tally.0.entry(round.command()).or_default() += 1;
    }
    session.uses(before.used)?;
    let after = figures(fixture, &mut session)?;
    if before == after {
        Ok(tally)
    } else {
        Err(format!("after {rounds} rounds {after:?}, and before {before:?}").into())
    }
}

fn rounds_of(kinds: Kinds, rounds: &[&[Round]]) -> Vec<Round> {
    let is_wanted = |round: &Round| kinds == Kinds::All || matches!(round, Killed(..));
    rounds.concat().into_iter().filter(is_wanted).collect()
}

fn boot(fixture: &Fixture, folder: &Path) -> Result<Session, Box<dyn Error>> {
    let mut card = card_with(&fixture.modules)?;
    let mut build = fixture.mkmod.command();
    build.current_dir(fixture.source("tests/cases")).args(["build", "--target", fixture.board.target]);
    process::run(build.args(["--", "--bin", "evil2"]))?;
    card.put_file(&fixture.mkmod.module(fixture.board.target, "evil2"))?;
    if fixture.board.core != Core::RiscV64 {
        for source in ["tests/cases/c/fd6.c", "tests/cases/c/timf.c", "tests/cases/c/mall.c", "tests/cases/c/writes.c"]
        {
            card.put_file(&built(fixture, source, folder)?)?;
        }
        card.put_file(&built(fixture, "tests/c/largest.c", folder)?)?;
        // What `fd6` opens.
        card.put("it.mo", Vec::new());
    }
    fixture.boot_with(&card)
}

fn built(fixture: &Fixture, source: &str, folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let source = fixture.source(source);
    let module = folder.join(source.with_extension("mo").file_name().ok_or("the source has no name")?);
    c_module::build(fixture, &source, &module)?;
    Ok(module)
}

fn run(session: &mut Session, round: Round, rng: &mut Rng) -> Result<(), String> {
    match round {
        Runs(command, text) => session.run(&format!("mod run {command}"))?.prints(text).map(drop),
        Killed(command, text, name) => {
            session.start(&format!("mod start {command}"), text)?;
            thread::sleep(RUNS_AT_MOST.mul_f64(rng.f64()));
            session.run(&format!("mod kill {name}"))?.prints_nothing()
        }
        Stays(command) => {
            session.run(command)?.prints("loaded")?;
            session.run(&format!("mod unload {command}"))?.prints_nothing()
        }
    }
}

fn figures(fixture: &Fixture, session: &mut Session) -> Result<Figures, Box<dyn Error>> {
    let largest = match fixture.board.core {
        Core::RiscV64 => None,
        _ => Some(session.run("mod run largest")?.prints("largest block: ")?.text().to_owned()),
    };
    Ok(Figures { used: session.settled_memory()?, largest, objects: session.objects()? })
}
