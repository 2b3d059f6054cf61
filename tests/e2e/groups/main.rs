//! End-to-end tests: application crates built by mkmod, on a real kernel in QEMU.
//!
//! A test is called `BOARD::GROUP::NAME`. `cargo test -p e2e -- an385::shell` runs those whose names contain the filter,
//! `cargo test -p e2e -- --include-ignored` runs all, which takes half an hour, and without either nothing is run.

mod attributes;
mod board;
mod builds;
mod builtin;
mod c_programs;
mod caches;
mod cases;
mod commands;
mod configuration;
mod console;
mod cost;
mod damage;
mod debugging;
mod devices;
mod driver;
mod exceptions;
mod fault;
mod files;
mod from_memory;
mod futures;
mod fuzz;
mod heap;
mod kernel_bindings;
mod kill;
mod latency;
mod library;
mod link;
mod load;
mod memheap;
mod memory;
mod mod_command;
mod net;
mod pack;
mod package;
mod pc;
mod processor;
mod quarantine;
mod resident;
mod romfs;
mod sd;
mod shell;
mod size_report;
mod sizes;
mod slots;
mod soak;
mod stack_needs;
mod standard;
mod sync;
mod targets;
mod testing;
mod threads;
mod timers;
mod times;
mod tool;
mod update;
mod used_board;
mod windows;

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use e2e::Fixture;
use firmware::{BOARDS, Board, CardSlot, Suite, Tree, Version};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::builds::Build;
use crate::slots::Slots;
use crate::times::Times;

/// The result of a test. The reason of a failure is printed.
type TestResult = Result<(), Failed>;

/// A group of tests: their names and what they do.
type Tests = &'static [(&'static str, Test)];

type Test = fn(&Fixture) -> TestResult;

/// The groups, and the boards on which they run.
const GROUPS: &[Group] = &[
    ("driver", driver::TESTS, On::Whole),
    ("shell", shell::TESTS, On::Every),
    ("memory", memory::TESTS, On::Every),
    ("processor", processor::TESTS, On::Every),
    ("processor", processor::THUMB_TESTS, On::Arm),
    ("caches", caches::TESTS, On::Cached),
    ("library", library::TESTS, On::Whole),
    ("library", library::CALL_TESTS, On::RiscV64),
    ("quarantine", quarantine::TESTS, On::Arm),
    ("fault", fault::TESTS, On::Every),
    ("stack", fault::STACK_TESTS, On::Guarded),
    ("frame", fault::FRAME_TESTS, On::Every),
    ("stack_needs", stack_needs::TESTS, On::Every),
    ("sync", sync::TESTS, On::Whole),
    ("sync", sync::CHANNEL_TESTS, On::RiscV64),
    ("threads", threads::TESTS, On::Whole),
    ("timers", timers::TESTS, On::Whole),
    ("files", files::TESTS, On::Whole),
    ("romfs", romfs::TESTS, On::Default),
    ("standard", standard::TESTS, On::Every),
    ("console", console::TESTS, On::Whole),
    ("heap", heap::TESTS, On::Whole),
    ("latency", latency::TESTS, On::Default),
    ("cost", cost::TESTS, On::Default),
    ("update", update::TESTS, On::Whole),
    ("board", board::TESTS, On::Whole),
    ("debugging", debugging::TESTS, On::Whole),
    ("sd", sd::TESTS, On::SdCard),
    ("devices", devices::TESTS, On::Whole),
    ("devices", devices::CLASS_TESTS, On::Every),
    ("devices", devices::THERMOMETER_TESTS, On::Thermometer),
    ("devices", devices::DISPLAY_TESTS, On::RiscV64),
    ("shield", devices::SHIELD_TESTS, On::Default),
    ("attributes", attributes::TESTS, On::Default),
    ("resident", resident::TESTS, On::Whole),
    ("resident", resident::STAY_TESTS, On::RiscV64),
    ("commands", commands::TESTS, On::Whole),
    ("mod", mod_command::TESTS, On::Whole),
    ("kill", kill::TESTS, On::Whole),
    ("async", futures::TESTS, On::Whole),
    ("async", futures::SIDE_BY_SIDE_TESTS, On::RiscV64),
    ("net", net::TESTS, On::Network),
    ("kernel_bindings", kernel_bindings::TESTS, On::Default),
    ("damage", damage::TESTS, On::Default),
    ("contents", damage::CONTENT_TESTS, On::Default),
    ("load", load::TESTS, On::Default),
    ("link", link::TESTS, On::Default),
    ("sizes", sizes::TESTS, On::Default),
    ("size_report", size_report::TESTS, On::Default),
    ("pack", pack::TESTS, On::Whole),
    ("package", package::TESTS, On::Default),
    ("package", package::STATIC_WRAP_TESTS, On::Default),
    ("package", package::WRAP_TESTS, On::Every),
    ("testing", testing::TESTS, On::Default),
    ("testing", testing::PROCESSOR_TESTS, On::Every),
    ("pc", pc::TESTS, On::Default),
    ("windows", windows::TESTS, On::Default),
    ("builtin", builtin::TESTS, On::Default),
    ("configuration", configuration::TESTS, On::Default),
    ("targets", targets::TESTS, On::Default),
    ("tool", tool::TESTS, On::Default),
    ("fuzz", fuzz::TESTS, On::Default),
    ("c_programs", c_programs::TESTS, On::Every),
    ("c_programs", c_programs::MAKE_TESTS, On::Default),
    ("memheap", memheap::TESTS, On::ModuleHeap),
    ("memheap", memheap::CHOICE_TESTS, On::Memheap),
    ("memheap", memheap::WITHOUT_TESTS, On::Default),
    ("from_memory", from_memory::TESTS, On::Whole),
    ("cases", cases::TESTS, On::Every),
    ("cases", cases::STACK_TESTS, On::Guarded),
    ("cases", cases::UPCALL_TESTS, On::Every),
    ("cases", cases::MEMORY_TESTS, On::Whole),
    ("cases", cases::C_TESTS, On::Every),
    ("cases", cases::C_FILE_TESTS, On::Whole),
    ("cases", cases::SHARED_OBJECT_TESTS, On::Arm),
    ("cases", cases::C_STACK_TESTS, On::Guarded),
    ("cases", cases::FILE_TESTS, On::Default),
    ("soak", soak::TESTS, On::Whole),
    ("pairs", cases::PAIR_TESTS, On::Default),
];

/// The groups that run with the kernel's default stacks, too: what could run on one of them.
const ON_DEFAULT_STACKS: &[&str] =
    &["shell", "fault", "threads", "timers", "resident", "commands", "kill", "library", "driver", "cases"];

/// The groups that run on a board which only differs from another one in the width of its registers.
const ON_ANOTHER_WIDTH: &[&str] = &["shell", "memory", "processor", "fault", "frame", "stack_needs", "standard"];

/// The groups that run in a firmware without optimization: what takes much of the stack of a module's threads.
const WITHOUT_OPTIMIZATION: &[&str] = &["shell", "memory", "fault", "stack_needs", "threads", "files", "library"];

/// A group's name, its tests, and the boards on which they run.
type Group = (&'static str, Tests, On);

/// The boards on which a group runs.
#[derive(Debug, Clone, Copy)]
enum On {
    /// All boards but the one with a network and those with default stacks: what can differ on each processor.
    Every,
    /// The boards with an Arm processor.
    Arm,
    /// The boards with a RISC-V processor of 64 bits, for what runs on the boards with the whole suite.
    RiscV64,
    /// The boards with the whole suite.
    Whole,
    /// A board of each instruction set, with a thermometer.
    Thermometer,
    /// The boards whose processor guards stacks.
    Guarded,
    /// The boards with a heap for the images of all modules.
    ModuleHeap,
    /// The boards with a memheap for the images of modules that name it.
    Memheap,
    /// The board with a network.
    Network,
    /// The boards whose processor has caches.
    Cached,
    /// The boards with a slot for an SD card.
    SdCard,
    /// The default board alone, for tests whose outcome does not depend on the board.
    Default,
}

impl On {
    fn has(self, board: &Board) -> bool {
        if board.suite == Suite::Network {
            return matches!(self, Self::Network);
        }
        match self {
            Self::Every => true,
            Self::Arm => !board.core.is_riscv(),
            Self::RiscV64 => board.core.is_riscv64(),
            Self::Thermometer => board.suite == Suite::Whole || board.core.is_riscv64(),
            Self::Whole => board.suite == Suite::Whole,
            Self::Guarded => board.core.has_stack_guard(),
            Self::Cached => board.core.has_caches(),
            Self::SdCard => matches!(board.card, CardSlot::Sd),
            Self::ModuleHeap => board.name.starts_with("an386"),
            Self::Memheap => board.name.starts_with("an386") || board.core.is_riscv64(),
            Self::Network => false,
            Self::Default => board.name == BOARDS[0].name,
        }
    }
}

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    if !is_asked_for(&arguments) {
        println!("end-to-end tests: none without a filter; `cargo test -p e2e -- an385::shell` runs some,");
        println!("`cargo test -p e2e -- --include-ignored` runs all");
        return ExitCode::SUCCESS;
    }
    let times = Arc::new(Times::default());
    let slots = Arc::new(Slots::new(arguments.test_threads));
    arguments.test_threads = Some(slots.most());
    match trials(&arguments, &times, &slots) {
        Ok(trials) => {
            let conclusion = libtest_mimic::run(&arguments, trials);
            print!("{times}");
            conclusion.exit_code()
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo test --workspace` runs this program too, and must not boot boards for half an hour.
fn is_asked_for(arguments: &Arguments) -> bool {
    arguments.filter.is_some() || arguments.include_ignored || arguments.list
}

/// The tests that `arguments` choose. What they need is built when the first of a board's tests asks for it, or before.
fn trials(arguments: &Arguments, times: &Arc<Times>, slots: &Arc<Slots>) -> Result<Vec<Trial>, Box<dyn Error>> {
    let mut trials = Vec::new();
    let mut builds = Vec::new();
    let tree = Tree::named()?;
    for board in BOARDS {
        let mut chosen: Vec<_> = tests_on(board).filter(|(name, _)| is_chosen(arguments, name)).collect();
        match &tree {
            Some(tree) => chosen.retain(|(name, _)| is_run(board, tree, name)),
            None if !board.is_of_crate() => {
                println!("skipped: {}: RT-Thread {} has no port for it", board.name, Version::OF_CRATE);
                chosen.clear();
            }
            None => {}
        }
        if !chosen.is_empty() {
            let build = Build::new(board, times);
            trials.extend(trials_on(&build, chosen, times, slots));
            builds.push(build);
        }
    }
    if !arguments.list {
        builds::run_ahead(builds, slots);
    }
    Ok(trials)
}

fn tests_on(board: &'static Board) -> impl Iterator<Item = (String, Test)> {
    let groups = GROUPS.iter().filter(|(group, _, on)| match board.suite {
        Suite::DefaultStacks => ON_DEFAULT_STACKS.contains(group) && on.has(&Board { suite: Suite::Whole, ..*board }),
        Suite::Unoptimized => WITHOUT_OPTIMIZATION.contains(group) && on.has(&Board { suite: Suite::Whole, ..*board }),
        Suite::RegisterWidth => ON_ANOTHER_WIDTH.contains(group) && on.has(board),
        _ => on.has(board),
    });
    groups.flat_map(move |(group, tests, _)| {
        tests.iter().map(move |&(name, test)| (format!("{}::{group}::{name}", board.name), test))
    })
}

/// Whether libtest-mimic will run the test.
fn is_chosen(arguments: &Arguments, name: &str) -> bool {
    let matches = |filter: &String| if arguments.exact { name == filter } else { name.contains(filter) };
    arguments.filter.as_ref().is_none_or(matches) && !arguments.skip.iter().any(matches)
}

/// Whether the test is run with the RT-Thread that `RTT_PATH` names. If it is not, it says why.
fn is_run(board: &Board, tree: &Tree, name: &str) -> bool {
    let reason = exceptions::reason_to_skip(board, tree, name);
    if let Some(reason) = reason {
        println!("skipped with RTT_PATH, which has RT-Thread {}: {name}: {reason}", tree.version);
    }
    reason.is_none()
}

fn trials_on(
    build: &Build,
    chosen: Vec<(String, Test)>,
    times: &Arc<Times>,
    slots: &Arc<Slots>,
) -> impl Iterator<Item = Trial> {
    chosen.into_iter().map(move |(name, test)| {
        let (build, times, slots) = (build.clone(), Arc::clone(times), Arc::clone(slots));
        Trial::test(name.clone(), move || {
            let fixture = build.fixture()?;
            let _slot = slots.take();
            times.of_test(&name, || test(fixture))
        })
    })
}
