//! End-to-end tests: application crates built by mkmod, on a real kernel in QEMU.

mod attributes;
pub mod c_module;
mod caches;
mod commands;
mod console;
pub mod cost;
mod damage;
mod devices;
mod driver;
mod fault;
mod files;
mod futures;
mod fuzz;
mod heap;
mod kept;
mod kernel_bindings;
mod kill;
mod library;
mod link;
pub mod load;
mod memory;
mod mod_command;
mod net;
mod pack;
mod package;
mod processor;
mod resident;
mod sd;
mod session;
mod shell;
mod size_report;
mod sizes;
mod statics;
mod sync;
mod targets;
mod threads;
mod timers;
mod tool;
mod update;
mod world;

use std::error::Error;
use std::sync::Arc;

use libtest_mimic::{Arguments, Failed, Trial};

use crate::board::{BOARDS, Board, CardSlot, Core, Suite};
use crate::test::Outcome;
pub use world::World;

/// A test's result: the reason why it failed is printed.
type TestResult = Result<(), Failed>;

/// The groups, and on which boards they are run.
const GROUPS: &[Group] = &[
    ("driver", driver::TESTS, On::Whole),
    ("shell", shell::TESTS, On::Every),
    ("memory", memory::TESTS, On::Every),
    ("processor", processor::TESTS, On::Every),
    ("processor", processor::THUMB_TESTS, On::Arm),
    ("caches", caches::TESTS, On::Cached),
    ("library", library::TESTS, On::Whole),
    ("kept", kept::TESTS, On::Arm),
    ("fault", fault::TESTS, On::Every),
    ("stack", fault::STACK_TESTS, On::Guarded),
    ("frame", fault::FRAME_TESTS, On::Arm),
    ("sync", sync::TESTS, On::Whole),
    ("threads", threads::TESTS, On::Whole),
    ("timers", timers::TESTS, On::Whole),
    ("files", files::TESTS, On::Whole),
    ("console", console::TESTS, On::Whole),
    ("heap", heap::TESTS, On::Whole),
    ("cost", cost::TESTS, On::Default),
    ("update", update::TESTS, On::Whole),
    ("sd", sd::TESTS, On::SdCard),
    ("devices", devices::TESTS, On::Whole),
    ("shield", devices::SHIELD_TESTS, On::Default),
    ("attributes", attributes::TESTS, On::Default),
    ("resident", resident::TESTS, On::Whole),
    ("commands", commands::TESTS, On::Whole),
    ("mod", mod_command::TESTS, On::WholeAndLoaders),
    ("kill", kill::TESTS, On::WholeAndLoaders),
    ("async", futures::TESTS, On::Whole),
    ("net", net::TESTS, On::Network),
    ("kernel_bindings", kernel_bindings::TESTS, On::Default),
    ("damage", damage::TESTS, On::BothLoaders),
    ("contents", damage::CONTENT_TESTS, On::Default),
    ("load", load::TESTS, On::Default),
    ("link", link::TESTS, On::Default),
    ("sizes", sizes::TESTS, On::Default),
    ("size_report", size_report::TESTS, On::Default),
    ("pack", pack::TESTS, On::Whole),
    ("package", package::TESTS, On::Default),
    ("package", package::WRAP_TESTS, On::Every),
    ("static", statics::TESTS, On::Default),
    ("targets", targets::TESTS, On::Default),
    ("tool", tool::TESTS, On::Default),
    ("fuzz", fuzz::TESTS, On::Default),
];

/// A group's name, its tests, and the boards that they can tell apart.
type Group = (&'static str, Tests, On);

/// The boards that a group is run on. A test is called `BOARD::GROUP::NAME`.
#[derive(Debug, Clone, Copy)]
enum On {
    /// All of them: what each processor has to show for itself.
    Every,
    /// Those with a processor of Arm's.
    Arm,
    /// Those with the whole suite.
    Whole,
    /// These, and the default board with the other loader.
    WholeAndLoaders,
    /// Those whose processor guards stacks.
    Guarded,
    /// That with a network.
    Network,
    /// Those whose processor has caches.
    Cached,
    /// Those with a slot for an SD card.
    SdCard,
    /// The default board, with either loader.
    BothLoaders,
    /// The default board alone: what happens on the host, where its kernel is as good as any.
    Default,
}

impl On {
    fn has(self, board: &Board) -> bool {
        if board.suite == Suite::Network {
            return matches!(self, Self::Network);
        }
        match self {
            Self::Every => true,
            Self::Arm => board.core != Core::RiscV64,
            Self::Whole => board.suite == Suite::Whole,
            Self::WholeAndLoaders => board.suite == Suite::Whole || board.compares_loaders(),
            Self::Guarded => board.core.has_stack_guard(),
            Self::Cached => board.core.has_caches(),
            Self::SdCard => matches!(board.card, CardSlot::Sd),
            Self::Network => false,
            Self::BothLoaders => board.compares_loaders(),
            Self::Default => board.name == BOARDS[0].name,
        }
    }
}

/// Runs the tests whose names contain `filter`, and builds what they need.
pub fn run(filter: Option<&str>) -> Outcome {
    let mut trials = Vec::new();
    for board in BOARDS {
        match trials_on(board, filter) {
            Ok(of_board) => trials.extend(of_board),
            Err(error) => return Outcome::Failed(format!("the tests on {} could not be built: {error}", board.name)),
        }
    }
    let conclusion = libtest_mimic::run(&Arguments::default(), trials);
    match conclusion.num_failed {
        0 => Outcome::Passed,
        failed => Outcome::Failed(format!("{failed} of {} tests", failed + conclusion.num_passed)),
    }
}

fn trials_on(board: &'static Board, filter: Option<&str>) -> Result<Vec<Trial>, Box<dyn Error>> {
    let groups = GROUPS.iter().filter(|(_, _, on)| on.has(board));
    let named = groups.flat_map(|(group, tests, _)| {
        tests.iter().map(move |&(name, test)| (format!("{}::{group}::{name}", board.name), test))
    });
    let chosen: Vec<_> = named.filter(|(name, _)| filter.is_none_or(|filter| name.contains(filter))).collect();
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let world = Arc::new(World::build(board)?);
    let trial = |(name, test): (String, Test)| {
        let world = Arc::clone(&world);
        Trial::test(name, move || test(&world))
    };
    Ok(chosen.into_iter().map(trial).collect())
}

/// A group of tests: their names and what they do.
type Tests = &'static [(&'static str, Test)];

type Test = fn(&World) -> TestResult;
