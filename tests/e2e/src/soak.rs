//! A soak: thousands of loads and ends of every kind, after which the kernel has what it had before. A command of the firmware
//! runs them from files on the card, since a line that is typed takes longer than most of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use firmware::Card;
use qemu::Machine;
use setup::process;

use crate::{Fixture, Session, c_module, card_with};

/// One load and its end.
#[derive(Debug, Clone, Copy)]
enum Round {
    /// `mod run` of the command prints this text.
    Runs(&'static str, &'static str),
    /// The command is started, prints this text, and the module of this name is killed a little later.
    Killed(&'static str, &'static str, &'static str),
    /// The command calls the kernel without a pause, and the module of this name is killed in that.
    Calls(&'static str, &'static str),
    /// The resident module of this command is loaded and unloaded.
    Stays(&'static str),
}

use Round::{Calls, Killed, Runs, Stays};

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
    Calls("imports open", "imports"),
    Calls("imports read", "imports"),
    Calls("imports write", "imports"),
    Calls("imports rename", "imports"),
    Calls("imports opendir", "imports"),
    Calls("imports malloc", "imports"),
    Calls("imports print", "imports"),
    Calls("imports semaphore", "imports"),
    Calls("imports mutex", "imports"),
];

/// In C, on an Arm processor.
const ROUNDS_IN_C: &[Round] = &[
    Runs("fd6", "all is there\n"),
    Runs("timf", "data access at 0xf0000000"),
    Killed("mall", "100 of 100", "mall"),
    Killed("writes", "writing", "writes"),
    Calls("calls open", "calls"),
    Calls("calls read", "calls"),
    Calls("calls write", "calls"),
    Calls("calls rename", "calls"),
    Calls("calls mkdir", "calls"),
    Calls("calls opendir", "calls"),
    Calls("calls dlopen", "calls"),
    Calls("calls malloc", "calls"),
    Calls("calls print", "calls"),
    Calls("calls semaphore", "calls"),
    Calls("calls mutex", "calls"),
    Calls("calls queue", "calls"),
    Calls("calls thread", "calls"),
    Calls("calls timer", "calls"),
];

/// How long a module runs before it is killed, in thousandths of a tick. It prints its text by then.
const RUNS_FOR: Range<u32> = 10_000..15_000;

/// The same for one that calls the kernel at once.
const CALLS_FOR: Range<u32> = 2000..5000;

/// So many rounds are in one file.
const ROUNDS_IN_A_FILE: usize = 60;

/// An instruction takes 16 nanoseconds, since the modules are busy for most of a soak; and no time is spent on waits.
const MACHINE: [&str; 2] = ["-icount", "shift=4,sleep=off"];

/// What the firmware prints before it runs a line.
const ECHO: &str = "\n> ";

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
pub struct Tally {
    counts: BTreeMap<&'static str, usize>,
    kills: usize,
    kills_in_the_kernel: usize,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.counts.iter().try_for_each(|(command, count)| writeln!(f, "{count:>6}  {command}"))?;
        writeln!(f, "{} of {} main threads were killed in the kernel", self.kills_in_the_kernel, self.kills)
    }
}

impl Round {
    fn command(self) -> &'static str {
        match self {
            Runs(command, _) | Killed(command, ..) | Calls(command, _) | Stays(command) => command,
        }
    }

    /// The lines for the firmware.
    fn lines(self, rng: &mut Rng) -> String {
        match self {
            Runs(command, _) => format!("mod run {command}\n"),
            Killed(command, _, name) => lines_of_kill(command, name, rng.u32(RUNS_FOR), rng),
            Calls(command, name) => lines_of_kill(command, name, rng.u32(CALLS_FOR), rng),
            Stays(command) => format!("{command}\nmod unload {command}\n"),
        }
    }

    /// How many of them print something.
    fn steps(self) -> usize {
        if matches!(self, Runs(..)) { 1 } else { 2 }
    }

    /// Fails unless the steps have printed what they should.
    fn check(self, printed: &[&str]) -> Result<(), String> {
        let is_right = match (self, printed) {
            // The last line's end went with the next echo.
            (Runs(_, text), [printed]) => format!("{printed}\n").contains(text),
            (Killed(_, text, _), [started, killed]) => started.contains(text) && is_nothing(killed),
            (Calls(..), [started, killed]) => started.contains("calling") && is_nothing(killed),
            (Stays(_), [loaded, unloaded]) => loaded.contains("loaded") && is_nothing(unloaded),
            _ => false,
        };
        if is_right { Ok(()) } else { Err(format!("{self:?} has printed {printed:?}")) }
    }
}

fn lines_of_kill(command: &str, name: &str, after: u32, rng: &mut Rng) -> String {
    let before = rng.u32(..1000);
    format!("+{before}\nmod start {command}\n+{after}\nmod kill {name}\n")
}

/// Whether a step has printed no more than its own line.
fn is_nothing(printed: &str) -> bool {
    printed.trim_end().lines().count() <= 1
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
    /// The mutexes, with their owners.
    locks: String,
}

/// Runs `rounds` rounds in a random order, each of `kinds` as often as the others. Says how often each was run. Tells
/// `progress` how many are done.
///
/// # Errors
/// When one does not end as it should, or the kernel has something else than before at the end.
pub fn soak(
    fixture: &Fixture,
    seed: u64,
    rounds: usize,
    kinds: Kinds,
    mut progress: impl FnMut(usize),
) -> Result<Tally, Box<dyn Error>> {
    let mut rng = Rng::with_seed(seed);
    let lists: &[&[Round]] = if fixture.board.core.is_riscv() { &[ROUNDS] } else { &[ROUNDS, ROUNDS_IN_C] };
    let kinds = rounds_of(kinds, lists);
    // What stays for ever is made by the first file, such as the kernel's table of open files.
    let all = mixed(&kinds, rounds, &mut rng);
    let files: Vec<&[Round]> = std::iter::once(&kinds[..]).chain(all.chunks(ROUNDS_IN_A_FILE)).collect();
    let mut session = boot(fixture, &files, &mut rng)?;
    run(&mut session, 0, files[0], &mut Tally::default())?;
    let before = figures(fixture, &mut session)?;
    let mut tally = Tally::default();
    for (number, file) in files.iter().enumerate().skip(1) {
        run(&mut session, number, file, &mut tally).map_err(|error| format!("file {number}: {error}"))?;
        progress((number * ROUNDS_IN_A_FILE).min(rounds));
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
    let is_wanted = |round: &Round| kinds == Kinds::All || matches!(round, Killed(..) | Calls(..));
    rounds.concat().into_iter().filter(is_wanted).collect()
}

fn mixed(kinds: &[Round], rounds: usize, rng: &mut Rng) -> Vec<Round> {
    let mut all = Vec::new();
    while all.len() < rounds {
        let mut more = kinds.to_vec();
        rng.shuffle(&mut more);
        all.extend(more);
    }
    all.truncate(rounds);
    all
}

/// Boots a kernel with the command `rounds`, and a card with the modules and these files.
fn boot(fixture: &Fixture, files: &[&[Round]], rng: &mut Rng) -> Result<Session, Box<dyn Error>> {
    let command = fixture.source("tests/firmware/commands/rounds.c");
    let elf = firmware::build_with(fixture.board, "rtthread-rounds.elf", &[command])?.elf;
    let folder = tempfile::tempdir()?;
    let mut card = card_with_modules(fixture, folder.path())?;
    for (number, rounds) in files.iter().enumerate() {
        let lines: String = rounds.iter().map(|round| round.lines(rng)).collect();
        card.put(&format!("rounds/{number}"), lines.into_bytes());
    }
    let image = folder.path().join("card.img");
    card.write_image(&image)?;
    let arguments = MACHINE.map(str::to_owned).to_vec();
    Ok(Session::boot(&Machine { arguments, ..Machine::new(fixture.board, &elf, &image) })?)
}

fn card_with_modules(fixture: &Fixture, folder: &Path) -> Result<Card, Box<dyn Error>> {
    let mut card = card_with(&fixture.modules)?;
    let mut build = fixture.mkmod.command();
    build.current_dir(fixture.source("tests/cases")).args(["build", "--target", fixture.board.target]);
    process::run(build.args(["--", "--bin", "evil2", "--bin", "imports"]))?;
    for program in ["evil2", "imports"] {
        card.put_file(&fixture.mkmod.module(fixture.board.target, program))?;
    }
    if !fixture.board.core.is_riscv() {
        for name in ["fd6", "timf", "mall", "writes", "calls"] {
            card.put_file(&built(fixture, &format!("tests/cases/c/{name}.c"), folder)?)?;
        }
        card.put_file(&built(fixture, "tests/c/largest.c", folder)?)?;
        // What `fd6` opens.
        card.put("it.mo", Vec::new());
    }
    Ok(card)
}

fn built(fixture: &Fixture, source: &str, folder: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let source = fixture.source(source);
    let module = folder.join(source.with_extension("mo").file_name().ok_or("the source has no name")?);
    c_module::build(fixture, &source, &module)?;
    Ok(module)
}

/// Runs a file of rounds, and counts them.
fn run(session: &mut Session, number: usize, rounds: &[Round], tally: &mut Tally) -> Result<(), String> {
    let printed = session.run(&format!("rounds /rounds/{number}"))?;
    let text = format!("\n{}", printed.text());
    let mut steps = text.split(ECHO).skip(1);
    for round in rounds {
        let of_round: Vec<&str> = steps.by_ref().take(round.steps()).collect();
        round.check(&of_round).map_err(|error| printed.failed(&error))?;
        *tally.counts.entry(round.command()).or_default() += 1;
    }
    let end: Vec<&str> = steps.next().unwrap_or_default().split_whitespace().collect();
    match end[..] {
        ["end:", in_the_kernel, "of", kills, ..] => {
            tally.kills += kills.parse::<usize>().map_err(|error| error.to_string())?;
            tally.kills_in_the_kernel += in_the_kernel.parse::<usize>().map_err(|error| error.to_string())?;
            Ok(())
        }
        _ => Err(printed.failed("the rounds did not come to their end")),
    }
}

fn figures(fixture: &Fixture, session: &mut Session) -> Result<Figures, Box<dyn Error>> {
    let largest = if fixture.board.core.is_riscv() {
        None
    } else {
        Some(session.run("mod run largest")?.prints("largest block: ")?.text().to_owned())
    };
    let used = session.settled_memory()?;
    let locks = session.run("list_mutex")?.prints("mutex")?.text().to_owned();
    Ok(Figures { used, largest, objects: session.objects()?, locks })
}
