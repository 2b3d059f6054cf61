//! Programs and files that once went wrong, each with its right outcome: `tests/cases/README.md` lists them.
//!
//! To add one, put a file into `tests/cases` and a line into a table here.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Fixture, Session, c_module, card_with, pairs};
use firmware::{Card, Suite};
use qemu::Machine;
use setup::process;

use super::{TestResult, Tests};

/// On every board.
pub const TESTS: Tests = &[
    ("a_variable_may_have_an_alignment_of_32_bytes", |fixture| {
        ends(fixture, "palign", "palign", &["the address is 0 past a multiple of 32"], 0)
    }),
    ("a_panic_without_a_message_tells_its_place", |fixture| {
        let texts = ["about to divide 7\n", "panicked at programs/src/bin/plocation.rs:13:", "panic = \"location\")"];
        ends(fixture, "plocation", "plocation", &texts, 101)
    }),
    ("the_stack_of_a_joined_thread_is_free_at_once", |fixture| {
        ends(fixture, "spawn_join", "spawn_join", &["200 threads, sum 20100"], 0)
    }),
];

/// Where the processor guards the stacks.
pub const STACK_TESTS: Tests = &[
    ("a_recursion_in_a_function_that_others_call_ends_the_module", |fixture| misuses(fixture, RECURSIONS)),
    ("a_recursion_that_uses_up_the_stack_ends_the_module", |fixture| {
        ends(fixture, "precur", "precur", &["module 'precur', thread 'precur': stack overflow"], 102)
    }),
    ("a_recursion_in_init_refuses_the_module", |fixture| {
        let texts = ["stack overflow", "initdeep.mo: its init has ended the module with 102; it is not loaded\n"];
        prints_twice(fixture, &pairs::build_case(fixture, "initdeep")?, "initdeep", &texts)
    }),
];

/// On every board: what a module does in the functions that others call, its own threads among them.
pub const UPCALL_TESTS: Tests = &[
    ("a_driver_may_drop_itself_in_its_own_call", |fixture| {
        ends(fixture, "selfdrop", "selfdrop", &["before: 0x600d", "after: 0x600d", "read: true", "again: false"], 0)
    }),
    ("a_callback_may_drop_itself_in_its_own_call", |fixture| {
        ends(fixture, "selfear", "selfear", &["before: 0x600d", "after: 0x600d", "end"], 0)
    }),
    ("what_needs_much_stack_works_in_1024_bytes_or_ends_the_module", |fixture| small_stack(fixture, 1024)),
    ("what_needs_much_stack_works_in_512_bytes_or_ends_the_module", |fixture| small_stack(fixture, 512)),
    ("what_needs_much_stack_works_in_a_timer_or_ends_the_module", |fixture| {
        works_or_ends(fixture, "fFGoLidDvsP".chars().map(|what| format!("soft {what}")))
    }),
    ("a_driver_that_panics_in_its_own_thread_ends_the_module", |fixture| evil(fixture, "drv", "p", 101)),
    ("a_driver_that_panics_in_a_critical_section_ends_the_module", |fixture| evil(fixture, "drv", "c", 101)),
    ("a_driver_that_exits_ends_the_module", |fixture| evil(fixture, "drv", "x", 9)),
    ("a_driver_may_wait_in_its_own_thread", |fixture| ends(fixture, "evil2", "evil2 drv w", &["read: true", "end"], 0)),
    ("a_callback_that_panics_in_its_own_thread_ends_the_module", |fixture| evil(fixture, "rx", "p", 101)),
    ("a_callback_that_panics_in_a_critical_section_ends_the_module", |fixture| evil(fixture, "rx", "c", 101)),
    ("a_callback_that_exits_ends_the_module", |fixture| evil(fixture, "rx", "x", 9)),
    ("a_callback_may_lock_in_its_own_thread", |fixture| {
        ends(fixture, "evil2", "evil2 rx l", &["received: true", "end"], 0)
    }),
    ("a_callback_may_wait_in_its_own_thread", |fixture| {
        ends(fixture, "evil2", "evil2 rx w", &["received: true", "end"], 0)
    }),
    ("what_is_dropped_moved_or_kept_where_nobody_expects_it_does_no_harm", |fixture| misuses(fixture, MISUSES)),
    ("a_soft_timer_that_loops_ends_the_module", looping_timer),
    ("a_timer_that_panics_ends_the_module", |fixture| evil(fixture, "soft", "P", 101)),
    ("a_timer_in_an_interrupt_that_panics_ends_the_module", |fixture| evil(fixture, "hard", "P", 101)),
    ("a_command_that_panics_ends_the_module", |fixture| command_ends(fixture, "p", "without arguments")),
    ("a_command_that_panics_in_a_critical_section_ends_the_module", |fixture| {
        command_ends(fixture, "c", "in a critical section")
    }),
    ("a_command_has_a_stack_for_what_it_does", command_has_its_stack),
    ("a_command_that_loops_is_ended_by_ctrl_c", command_is_ended),
    ("a_loop_in_init_is_ended_by_ctrl_c", loop_in_init),
    ("a_killed_thread_writes_to_no_stack_that_is_freed", killed_scope),
    ("a_library_is_loaded_from_bytes", |fixture| {
        ends(fixture, "from_bytes", "from_bytes", &["crc32: cbf43926", "an empty one is refused: true"], 0)
    }),
    ("what_a_driver_makes_in_the_thread_of_another_module_is_its_own", made_in_another_thread),
    ("a_library_stays_while_something_of_it_goes_on", lasting_library),
    ("nothing_is_allocated_with_interrupts_off", |fixture| {
        let texts = ["allocated: 0\n/library.mo: nothing is loaded in an interrupt", "opened: false\nafter: true\n"];
        ends(fixture, "sections", "sections", &texts, 0)
    }),
    ("a_library_that_is_opened_twice_is_one", |fixture| {
        ends(fixture, "pdl", "pdl", &["one copy: true", "still there: cbf43926"], 0)
    }),
];

/// On the boards with the whole suite: how many timers there can be depends on the memory.
pub const MEMORY_TESTS: Tests = &[("timers_without_end_do_no_harm", |fixture| misuses(fixture, TIMERS))];

/// Programs in C, on every board.
pub const C_TESTS: Tests = &[
    ("a_fault_in_module_init_refuses_the_module", |fixture| {
        c_prints(
            fixture,
            "inull",
            &["data access at 0xf0000000", "it.mo: its module_init or a constructor has ended the module"],
        )
    }),
    ("a_loop_in_module_init_is_ended_by_ctrl_c", loop_in_module_init),
    ("a_weak_function_that_the_kernel_lacks_is_null", |fixture| {
        c_prints(fixture, "weak", &["no hook\n", "exit code 0"])
    }),
    ("a_fault_in_module_cleanup_is_contained", |fixture| {
        c_prints(fixture, "cnull", &["main\n", "data access at 0xf0000000", "exit code 0"])
    }),
    ("a_fault_in_a_timer_of_c_ends_the_module", |fixture| c_prints(fixture, "timf", &["data access at 0xf0000000"])),
    ("a_constructor_that_faults_ends_the_module", |fixture| {
        bad_constructor(fixture, "BEFORE=faults", &["data access at 0xf0000000", "cleanup\n", "exit code 102"])
    }),
    ("a_constructor_that_exits_ends_the_module", |fixture| {
        bad_constructor(fixture, "BEFORE=exits", &["cleanup\n", "exit code 7"])
    }),
    ("a_destructor_that_faults_ends_the_module", |fixture| {
        let texts = ["main\ndestructor\n", "data access at 0xf0000000", "cleanup\n", "exit code 102"];
        bad_constructor(fixture, "AFTER=faults", &texts)
    }),
    ("a_destructor_that_exits_ends_the_module", |fixture| {
        bad_constructor(fixture, "AFTER=exits", &["main\ndestructor\ncleanup\n", "exit code 7"])
    }),
    ("a_constructor_that_loops_can_be_killed", looping_constructor),
    ("exit_ends_a_module_in_c", |fixture| c_prints(fixture, "exits", &["exit code 7\n"])),
    ("abort_a_failed_assertion_and_wrong_pointers_end_a_module_in_c", c_misuses),
    ("what_c_code_has_opened_is_closed_at_its_end", |fixture| {
        opens_often(fixture, "fd6", &["all is there\n", "exit code 0\n"])
    }),
    ("a_killed_module_in_c_gives_its_memory_back", killed_in_c),
];

/// Programs in C that write files, on the boards with the whole suite: the flags of `open` are those of its C library.
pub const C_FILE_TESTS: Tests = &[("what_c_code_opens_twice_is_not_lost", |fixture| {
    opens_often(fixture, "twice", &["again: ", "what was written is there\n", "exit code 0\n"])
})];

/// Shared objects that GCC has linked, on the boards with an Arm processor.
pub const SHARED_OBJECT_TESTS: Tests = &[
    ("constructors_and_destructors_run_in_their_order", constructors),
    ("a_library_in_c_has_constructors", constructed_library),
    ("a_library_that_opens_itself_is_refused", |fixture| {
        let texts = ["/self.mo: opens itself while it is loaded\n/self.mo is refused\nthe library says 42\n"];
        opens(fixture, &[("self", "/self.mo")], &texts)
    }),
    ("libraries_that_open_each_other_are_refused", |fixture| {
        let texts =
            ["/one.mo: opens itself while it is loaded\n/one.mo is refused\n/two.mo is open\nthe library says 42\n"];
        opens(fixture, &[("one", "/two.mo"), ("two", "/one.mo")], &texts)
    }),
    ("a_killed_module_in_c_that_reads_what_looks_like_code_does_no_harm", killed_in_read),
    ("a_killed_module_in_c_that_copies_what_looks_like_code_does_no_harm", copies_code),
];

/// Modules in C, where the processor guards the stacks.
pub const C_STACK_TESTS: Tests = &[
    ("a_constructor_that_overflows_the_stack_ends_the_module", |fixture| {
        bad_constructor(fixture, "BEFORE=overflows", &["stack overflow", "cleanup\n", "exit code 102"])
    }),
    ("a_destructor_that_overflows_the_stack_ends_the_module", |fixture| {
        bad_constructor(fixture, "AFTER=overflows", &["main\ndestructor\n", "stack overflow", "exit code 102"])
    }),
];

/// Files for a Cortex-M3 that host and target refuse.
pub const FILE_TESTS: Tests = &[
    ("a_relocatable_file_is_refused", |fixture| is_refused(fixture, "relbig")),
    ("a_file_without_a_section_table_is_refused", |fixture| is_refused(fixture, "shnum0_bad_checksum")),
    ("a_file_with_relocations_of_another_type_is_refused", |fixture| is_refused(fixture, "relsection_type")),
    ("a_file_with_many_symbol_tables_is_refused", |fixture| is_refused(fixture, "many_symbol_tables")),
    ("control_characters_in_a_description_are_escaped", control_characters_are_escaped),
];

/// The same program in C and in Rust. They mark what is counted by an instruction of Arm's.
pub const PAIR_TESTS: Tests = &[
    ("hello_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "hello", "a \"b c\"", "argument 2: b c\n")),
    ("fmt_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "fmt", "", "   19|left    |t\n")),
    ("sem_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "sem", "", "200 rounds\n")),
    ("queue_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "queue", "", "channel 3: 200 mV\n")),
    ("copy_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "copy", "", "65536 bytes\n")),
    ("crc_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "crc", "", &format!("crc {:08x}\n", data_crc()))),
    ("sort_prints_the_same_in_c_and_in_rust", |fixture| pair(fixture, "sort", "", " to ")),
    ("programs_take_little_more_in_rust_than_in_c", |fixture| Ok(pairs::compare(fixture)?)),
];

/// Fails unless `mkmod check` passes the program `name` in Rust, and `command` prints all of `texts` and ends with `code`.
fn ends(fixture: &Fixture, name: &str, command: &str, texts: &[&str], code: i32) -> TestResult {
    let module = pairs::build_case(fixture, name)?;
    process::run(fixture.mkmod.command().arg("check").arg(&module).arg("--kernel").arg(&fixture.firmware.elf))?;
    let ending = format!("exit code {code}\n");
    prints_twice(fixture, &module, command, &[texts, &[&ending]].concat())
}

/// Fails unless `mod run COMMAND` prints all of `texts`, and not `never here`: twice, with the shell alive and the heap as
/// before after each.
fn prints_twice(fixture: &Fixture, module: &Path, command: &str, texts: &[&str]) -> TestResult {
    let mut session = boot_with_modules(fixture, &[module])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run(&format!("mod run {command}"))?.prints_all(texts)?.prints_no("never here")?;
        shell_lives(&mut session)?;
        session.uses(before)?;
    }
    Ok(())
}

/// What `evil3` does, and how that ends.
const MISUSES: &[(&str, &str)] = &[
    ("timer-drops-itself", "after: 0x600d\nend\nexit code 0\n"),
    ("hard-timer-drops-itself", "after: 0x600d\nend\nexit code 0\n"),
    ("timer-drop-panics", "in a drop\nexit code 101\n"),
    ("timer-drop-exits", "exit code 9\n"),
    ("timer-drop-waits", "end\nexit code 0\n"),
    ("hard-exit", "exit code 9\n"),
    ("hard-waits", "nothing may wait\nexit code 101\n"),
    ("driver-drop-panics", "in a drop\nexit code 101\n"),
    ("driver-drop-exits", "exit code 9\n"),
    ("driver-dropped-in-use", "joined: true\njoined: true\njoined: true\nend\nexit code 0\n"),
    ("callback-drop-panics", "in a drop\nexit code 101\n"),
    ("command-drop-panics", "in a drop\nexit code 101\n"),
    ("guard-forgotten", "locked: true\nend\nexit code 0\n"),
    ("handle-moves", "joined: true\nend\nexit code 0\n"),
    ("joins-itself", "the calling thread itself\nexit code 101\n"),
    ("channel-outlives", "end\nexit code 0\n"),
    ("local-drop-panics", "in a drop\nexit code 101\n"),
    ("local-drop-exits", "exit code 9\n"),
    ("zero-sized", "true true\nend\nexit code 0\n"),
    ("aligned", "true\n0 6\nend\nexit code 0\n"),
    ("huge", "timer: true\nend\nexit code 0\n"),
    ("critical-exit", "exit code 9\n"),
    ("critical-waits", "nothing may wait\nexit code 101\n"),
    ("exits-at-once", "exit code 9\n"),
    ("suspends", "end\nexit code 0\n"),
    ("races", "joined: true\nend\nexit code 0\n"),
    ("file-is-shared", "read: true\nread: true\nread: true\nend\nexit code 0\n"),
    ("opens-at-once", "opened alone: true\nend\nexit code 0\n"),
    ("console-is-a-file", "opened: false\nend\nexit code 0\n"),
    ("card-fills-up", "Err(StorageFull) Ok(3)\nend\nexit code 0\n"),
    ("names", "names: 0\nend\nexit code 0\n"),
];

const TIMERS: &[(&str, &str)] = &[("timers-without-end", "true timers\nend\nexit code 0\n")];

const RECURSIONS: &[(&str, &str)] = &[
    ("timer-drop-recurses", OVERFLOW),
    ("soft-deep", OVERFLOW),
    ("driver-deep", OVERFLOW),
    ("callback-deep", OVERFLOW),
];

const OVERFLOW: &str = "bytes are used up\nexit code 102\n";

/// Each of these runs of `evil3` ends as it should, twice, with the heap as before.
fn misuses(fixture: &Fixture, runs: &[(&str, &str)]) -> TestResult {
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil3")?])?;
    // The first open of a file makes the kernel's table of them.
    session.run("mod run evil3 file-is-shared")?.prints("exit code 0\n")?;
    let before = session.settled_memory()?;
    // What differs on the other boards, the first run shows.
    let rounds = if fixture.board.suite == Suite::Whole { 2 } else { 1 };
    for (what, ending) in runs.iter().cycle().take(rounds * runs.len()) {
        session.run(&format!("mod run evil3 {what}"))?.prints(ending).map_err(|error| format!("{what}: {error}"))?;
        session.uses(before).map_err(|error| format!("{what}: {error}"))?;
    }
    Ok(shell_lives(&mut session)?)
}

/// In the worker, whose stack is enough for `softspin`, and in a thread of the module's.
fn looping_timer(fixture: &Fixture) -> TestResult {
    const LATE: &str = "has not returned for 2 seconds; it ends\nexit code -1\n";
    let mut card = card_with(&fixture.modules)?;
    for name in ["softspin", "evil3"] {
        card.put_file(&pairs::build_case(fixture, name)?)?;
    }
    let folder = tempfile::tempdir()?;
    let image = folder.path().join("card.img");
    card.write_image(&image)?;
    // A second has 62,500,000 instructions there, and not 1,000,000,000.
    let arguments = ["-icount", "shift=4"].map(str::to_owned).to_vec();
    let mut session = Session::boot(&Machine { arguments, ..fixture.machine(&image) })?;
    shell_lives(&mut session)?;
    let before = session.settled_memory()?;
    for command in ["softspin", "evil3 soft-spins", "evil3 soft-spins-in-calls", "softspin"] {
        session.run(&format!("mod run {command}"))?.prints(LATE)?;
        session.uses(before)?;
    }
    session.run("mod log")?.prints(", exit code -1\n")?;
    Ok(shell_lives(&mut session)?)
}

/// What `evil2 PLACE WHAT` does ends the module with `code`, and leaves nothing that stops the next run.
fn evil(fixture: &Fixture, place: &str, what: &str, code: i32) -> TestResult {
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil2")?])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run(&format!("mod run evil2 {place} {what}"))?
            .prints(&format!("exit code {code}\n"))?
            .prints_no("end\n")?;
        session.run(&format!("mod run evil2 {place} -"))?.prints("end\n")?.prints("exit code 0\n")?;
        session.uses(before)?;
    }
    Ok(())
}

/// All that may need much stack, in a thread with `bytes` of it. `n` makes the file that `r` renames. `F` needs 3 KB in the
/// program itself, which only the processor's guard of a stack stops.
fn small_stack(fixture: &Fixture, bytes: u32) -> TestResult {
    let letters = if fixture.board.core.has_stack_guard() { "oncdLRkmrifFGvsCDwlpP-" } else { "oncdLRkmrifGvsCDwlpP-" };
    works_or_ends(fixture, letters.chars().map(|what| format!("stk {what} {bytes}")))
}

/// Each of these runs of `evil2` works, panics or overflows its stack, and the shell goes on with the heap as before.
fn works_or_ends(fixture: &Fixture, runs: impl Iterator<Item = String>) -> TestResult {
    const ENDINGS: [&str; 3] = ["end\nexit code 0\n", "exit code 101\n", "exit code 102\n"];
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil2")?])?;
    session.run("mod run evil2 stk o 4096")?.prints("exit code 0\n")?;
    let before = session.settled_memory()?;
    for arguments in runs {
        let printed =
            session.run(&format!("mod run evil2 {arguments}")).map_err(|error| format!("{arguments}: {error}"))?;
        let text = printed.text();
        let has_ended = ENDINGS.iter().any(|ending| text.ends_with(ending));
        let says_why = !text.contains("exit code 102") || text.contains("stack overflow: ");
        let says_why = says_why && (!text.contains("exit code 101") || text.contains(" panicked at "));
        if !has_ended || !says_why {
            return Err(printed
                .failed(&format!("`evil2 {arguments}` has neither worked nor ended as it should"))
                .into());
        }
        shell_lives(&mut session)?;
        session.uses(before).map_err(|error| format!("{arguments}: {error}"))?;
    }
    Ok(())
}

/// The command of `evil2` prints `text` and ends the module.
fn command_ends(fixture: &Fixture, what: &str, text: &str) -> TestResult {
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil2")?])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start(&format!("mod start evil2 cmd {what}"), "ready")?;
        session.run("evc")?.prints(text)?;
        shell_lives(&mut session)?;
        session.is_rid_of("evil2", before)?;
    }
    session.run("mod log")?.prints("101")?;
    Ok(())
}

/// A command that prints a float and one that opens a library run on no stack of the shell's. The program goes on.
fn command_has_its_stack(fixture: &Fixture) -> TestResult {
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil2")?])?;
    let before = session.settled_memory()?;
    for (what, text) in [("F", "1.5e30      2.250\n"), ("f", "1.5\n"), ("L", ""), ("o", ""), ("-", "")] {
        session.start(&format!("mod start evil2 cmd {what}"), "ready")?;
        for _ in 0..3 {
            let printed = session.run("evc")?;
            if printed.text().trim() != text.trim() {
                return Err(printed.failed(&format!("it printed another text than {text:?}")).into());
            }
        }
        session.run("mod kill evil2")?.prints_nothing()?;
        session.is_rid_of("evil2", before)?;
    }
    Ok(())
}

/// The first Ctrl-C ends the shell's wait, the second one the module.
fn command_is_ended(fixture: &Fixture) -> TestResult {
    let mut session = boot_with_modules(fixture, &[&pairs::build_case(fixture, "evil2")?])?;
    let before = session.settled_memory()?;
    session.start("mod start evil2 cmd S", "ready")?;
    session.converse("evc", &[("evc\n", "\x03"), ("a second Ctrl-C ends its module\n", "\x03")])?.prints("goes on")?;
    session.is_rid_of("evil2", before)?;
    session.start("mod start evil2 cmd W", "ready")?;
    let ready = session.settled_memory()?;
    session.converse("evc", &[("evc\n", "\x03")])?.prints("the command goes on")?.prints_no("woken")?;
    session.hears("woken\n")?;
    session.uses(ready)?;
    session.run("mod kill evil2")?.prints_nothing()?;
    session.is_rid_of("evil2", before)?;
    Ok(())
}

/// `ispin` never comes back from its `module_init`.
fn loop_in_module_init(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("ispin.mo");
    c_module::build(fixture, &fixture.source("tests/cases/c/ispin.c"), &module)?;
    is_refused_after_ctrl_c(
        fixture,
        &module,
        "ispin",
        "its module_init or a constructor has ended the module; it is not loaded\n",
    )
}

fn loop_in_init(fixture: &Fixture) -> TestResult {
    let module = pairs::build_case(fixture, "initspin")?;
    is_refused_after_ctrl_c(fixture, &module, "initspin", "its init has ended the module with -1; it is not loaded\n")
}

/// `mod run NAME` does not come back until Ctrl-C is typed, and prints `text` then: twice.
fn is_refused_after_ctrl_c(fixture: &Fixture, module: &Path, name: &str, text: &str) -> TestResult {
    let mut session = boot_with_modules(fixture, &[module])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .converse(&format!("mod run {name}"), &[(&format!("{name}\n"), "\x03")])?
            .prints_all(&["ended by Ctrl-C\n", text])?
            .prints_no("loaded, until")?;
        shell_lives(&mut session)?;
        session.is_rid_of(&name[..5], before)?;
    }
    Ok(())
}

fn killed_scope(fixture: &Fixture) -> TestResult {
    let mut session = boot_with_modules(
        fixture,
        &[&pairs::build_case(fixture, "slowdrv")?, &pairs::build_case(fixture, "scopekill")?],
    )?;
    session.start("mod start slowdrv", "slow: ready")?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("mod start scopekill", "slow: reads")?;
        session.run("mod kill scopekill")?.prints("slow: 0 bytes of its own were overwritten")?;
        session.is_rid_of("scopeki", before)?;
    }
    Ok(())
}

fn boot_with_foreign(fixture: &Fixture) -> Result<Session, Box<dyn Error>> {
    boot_with_modules(fixture, &[&pairs::build_case(fixture, "foreign")?, &pairs::build_case(fixture, "lasting")?])
}

/// The driver's mutexes and the like, its library, timer and thread stay when the module ends that has called it first.
fn made_in_another_thread(fixture: &Fixture) -> TestResult {
    let mut session = boot_with_foreign(fixture)?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("mod start foreign serve", "serving")?;
        for call in 1..=3 {
            session
                .run("mod run foreign use")?
                .prints(&format!("call {call}: 16 true {call} Some({call})\nread: Ok(1)\nend\nexit code 0\n"))?;
        }
        session.run("mod kill foreign")?.prints_nothing()?;
        session.is_rid_of("foreign", before)?;
        session.lists_no("mod list", "lasting")?;
    }
    Ok(shell_lives(&mut session)?)
}

/// Its handle is dropped, but not what it has started: two timers, a thread, a driver and a command.
fn lasting_library(fixture: &Fixture) -> TestResult {
    let mut session = boot_with_foreign(fixture)?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session
            .run("mod run foreign library")?
            .prints("started: 1\nthe library counts: true\nread: Ok(1)\nend\nexit code 0\n")?;
        session.lists_no("mod list", "lasting")?;
        session.uses(before)?;
    }
    Ok(shell_lives(&mut session)?)
}

/// Boots with these modules on the card, and runs one of another kind first.
fn boot_with_modules(fixture: &Fixture, modules: &[&Path]) -> Result<Session, Box<dyn Error>> {
    let mut card = card_with(&fixture.modules)?;
    for module in modules {
        card.put_file(module)?;
    }
    let mut session = fixture.boot_with(&card)?;
    shell_lives(&mut session)?;
    Ok(session)
}

/// `mod run` of `tests/cases/c/NAME.c` prints all of `texts`, twice, with the shell alive and the heap as before after each.
fn c_prints(fixture: &Fixture, name: &str, texts: &[&str]) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("it.mo");
    c_module::build(fixture, &fixture.source("tests/cases/c").join(name).with_extension("c"), &module)?;
    prints_twice(fixture, &module, "it", texts)
}

/// Each way of `misuses`, twice, and what it has printed. The file system is not locked afterwards.
fn c_misuses(fixture: &Fixture) -> TestResult {
    const WAYS: &[(&str, &[&str])] = &[
        ("aborts", &["begins\nexit code 101\n"]),
        ("exits_without_interrupts", &["begins\nexit code 7\n"]),
        ("opens_wrong_path", &["exit code 102\n"]),
        ("reads_to_wrong_place", &["exit code 102\n"]),
        ("writes_from_wrong_place", &["exit code 102\n"]),
        ("takes_no_semaphore", &["rt_sem_take, line number:", "exit code 102\n"]),
        (
            "asserts_itself",
            &["(1 == 2) assertion failed at function:asserts_itself, line number:7\n", "exit code 102\n"],
        ),
    ];
    let folder = tempfile::tempdir()?;
    let mut card = card_with(&fixture.modules)?;
    for (way, _) in WAYS {
        let module = folder.path().join(&way[..6]).with_extension("mo");
        c_module::build_with(fixture, &format!("-DWAY={way}"), &fixture.source("tests/cases/c/misuses.c"), &module)?;
        card.put_file(&module)?;
    }
    let mut session = fixture.boot_with(&card)?;
    session.run("mod run reads_")?.prints("exit code 102\n")?; // the kernel's table of files grows
    let before = session.settled_memory()?;
    for (way, texts) in WAYS.iter().chain(WAYS) {
        session.run(&format!("mod run {}", &way[..6]))?.prints_all(texts)?;
        shell_lives(&mut session)?;
        session.uses(before).map_err(|error| format!("{way}: {error}"))?;
    }
    Ok(())
}

/// As GCC has linked it, and packed.
fn constructors(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let (linked, packed) = (folder.path().join("linked.mo"), folder.path().join("packed.mo"));
    c_module::build(fixture, &fixture.source("tests/cases/c/ctor.c"), &linked)?;
    process::run(fixture.mkmod.command().arg("pack").arg(&linked).arg("-o").arg(&packed))?;
    for module in [&linked, &packed] {
        process::run(fixture.mkmod.command().arg("check").arg(module).arg("--kernel").arg(&fixture.firmware.elf))?;
    }
    let mut session = boot_with_modules(fixture, &[&linked, &packed])?;
    let before = session.settled_memory()?;
    for name in ["linked", "packed", "linked", "packed"] {
        let texts = "module_init: 0\nmain: 42\na destructor: 43\nthe last destructor: 44\nmodule_cleanup: 45\n";
        session.run(&format!("mod run {name}"))?.prints_all(&[texts, "exit code 42\n"])?;
        session.uses(before)?;
    }
    Ok(())
}

/// `badctor`, compiled with this definition, prints all of `texts`, and calls `main` and destructors only once all constructors
/// have returned; else as [`prints_twice`].
fn bad_constructor(fixture: &Fixture, definition: &str, texts: &[&str]) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("it.mo");
    build_badctor(fixture, definition, &module)?;
    let mut session = boot_with_modules(fixture, &[&module])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        let printed = session.run("mod run it")?.prints_all(texts)?;
        if definition.starts_with("BEFORE") {
            printed.prints_no("main\n")?.prints_no("destructor\n")?;
        }
        shell_lives(&mut session)?;
        session.uses(before)?;
    }
    Ok(())
}

fn build_badctor(fixture: &Fixture, definition: &str, module: &Path) -> Result<(), process::Error> {
    let source = fixture.source("tests/cases/c/badctor.c");
    c_module::build_with(fixture, &format!("-D{definition}"), &source, module)
}

fn looping_constructor(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("loops.mo");
    build_badctor(fixture, "BEFORE=loops", &module)?;
    let mut session = boot_with_modules(fixture, &[&module])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("mod start loops", "a constructor loops\n")?;
        session.run("mod kill loops")?.prints("cleanup\n")?.prints_no("destructor\n")?;
        shell_lives(&mut session)?;
        session.is_rid_of("loops", before)?;
    }
    Ok(())
}

/// Of a library, destructors are called when it is closed.
fn constructed_library(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let (library, user) = (folder.path().join("ctorlib.mo"), folder.path().join("user.mo"));
    c_module::build_library(fixture, &fixture.source("tests/cases/c/ctorlib.c"), &library)?;
    c_module::build(fixture, &fixture.source("tests/cases/c/ctoruser.c"), &user)?;
    let mut session = boot_with_modules(fixture, &[&library, &user])?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        let texts = ["constructed\nthe library says 42\n", "destructed\n", "closed\n", "exit code 0"];
        session.run("mod run user")?.prints_all(&texts)?;
        session.uses(before)?;
    }
    Ok(())
}

/// A program opens the first of these libraries, each of which opens another one.
fn opens(fixture: &Fixture, libraries: &[(&str, &str)], texts: &[&str]) -> TestResult {
    let folder = tempfile::tempdir()?;
    let mut modules = vec![];
    for (name, other) in libraries {
        let module = folder.path().join(name).with_extension("mo");
        let source = fixture.source("tests/cases/c/opens.c");
        c_module::build_library_with(fixture, &format!("-DOPENS=\"{other}\""), &source, &module)?;
        modules.push(module);
    }
    let user = folder.path().join("user.mo");
    let first = format!("-DLIBRARY=\"/{}.mo\"", libraries[0].0);
    c_module::build_with(fixture, &first, &fixture.source("tests/cases/c/ctoruser.c"), &user)?;
    modules.push(user);
    let mut session = boot_with_modules(fixture, &modules.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run user")?.prints_all(texts)?.prints("exit code 0")?;
        session.uses(before)?;
    }
    Ok(())
}

/// Runs a program in C that opens files, several times. The kernel's table of files grows with the first run, and not again.
fn opens_often(fixture: &Fixture, name: &str, texts: &[&str]) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("it.mo");
    c_module::build(fixture, &fixture.source("tests/cases/c").join(name).with_extension("c"), &module)?;
    let mut session = boot_with_modules(fixture, &[&module])?;
    let first = session.run("mod run it")?.prints_all(texts)?.text().to_owned();
    let before = session.settled_memory()?;
    for _ in 0..6 {
        session.run("mod run it")?.prints(&first)?;
        session.uses(before)?;
    }
    Ok(())
}

/// `mall` is killed while it allocates, ten times.
fn killed_in_c(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("mall.mo");
    c_module::build(fixture, &fixture.source("tests/cases/c/mall.c"), &module)?;
    let mut session = boot_with_modules(fixture, &[&module])?;
    killed_often(&mut session, "mall", "100 of 100 bytes are as before", 10)
}

/// Starts the module `times` times, and kills it once it has printed `text`. All comes back each time.
fn killed_often(session: &mut Session, name: &str, text: &str, times: usize) -> TestResult {
    let before = session.settled_memory()?;
    for _ in 0..times {
        session.start(&format!("mod start {name}"), text)?;
        session.run(&format!("mod kill {name}"))?.prints_nothing()?;
        shell_lives(session)?;
        session.is_rid_of(name, before)?;
    }
    Ok(())
}

/// `fetches` is killed while the kernel copies BLX instructions to its buffer, thirty times.
fn killed_in_read(fixture: &Fixture) -> TestResult {
    const BLX_R0: [u8; 2] = [0x80, 0x47];
    let folder = tempfile::tempdir()?;
    let module = folder.path().join("fetches.mo");
    c_module::build(fixture, &fixture.source("tests/cases/c/fetches.c"), &module)?;
    let mut card = card_with(&fixture.modules)?;
    card.put_file(&module)?;
    // Its buffer has an odd address.
    card.put("calls.bin", [&[BLX_R0[1]], &*BLX_R0.repeat(8 << 10)].concat());
    let mut session = fixture.boot_with(&card)?;
    shell_lives(&mut session)?;
    session.start("mod start fetches", "16384 bytes are there")?;
    session.run("mod kill fetches")?.prints_nothing()?;
    killed_often(&mut session, "fetches", "16384 bytes are there", 30)
}

/// `moves`, as GCC has linked it, and packed.
fn copies_code(fixture: &Fixture) -> TestResult {
    let folder = tempfile::tempdir()?;
    let (linked, packed) = (folder.path().join("moves.so"), folder.path().join("packed.mo"));
    c_module::build(fixture, &fixture.source("tests/cases/c/moves.c"), &linked)?;
    process::run(fixture.mkmod.command().arg("pack").arg(&linked).arg("-o").arg(&packed))?;
    killed_in_copy(fixture, &linked)?;
    killed_in_copy(fixture, &packed)
}

/// `moves` is killed while the kernel copies, ten times.
pub fn killed_in_copy(fixture: &Fixture, module: &Path) -> TestResult {
    let mut card = card_with(&fixture.modules)?;
    card.put("moves.mo", fs::read(module)?);
    let mut session = fixture.boot_with(&card)?;
    shell_lives(&mut session)?;
    killed_often(&mut session, "moves", "4096 calls are there\n", 10)
}

/// Fails unless `mkmod check` refuses `tests/cases/files/NAME.mo`, and the kernel does, twice, with the shell alive and the heap
/// as before after each.
fn is_refused(fixture: &Fixture, name: &str) -> TestResult {
    let file = fixture.source("tests/cases/files").join(name).with_extension("mo");
    let mut check = fixture.mkmod.command();
    let output = process::output(check.arg("check").arg(&file).arg("--kernel").arg(&fixture.firmware.elf))?;
    if output.status.code() != Some(1) {
        return Err(format!("`mkmod check` ended with {}", output.status).into());
    }
    let mut card = card_with(&fixture.modules)?;
    card.put("it.mo", fs::read(file)?);
    let mut session = fixture.boot_with(&card)?;
    shell_lives(&mut session)?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run it")?.prints("it.mo: ")?.prints_no("exit code")?;
        shell_lives(&mut session)?;
        session.uses(before)?;
    }
    Ok(())
}

/// Neither `mkmod info` nor `mod info` passes an escape sequence of a file on to the terminal.
fn control_characters_are_escaped(fixture: &Fixture) -> TestResult {
    let file = fixture.source("tests/cases/files/escape_in_description.mo");
    let shown = process::text(fixture.mkmod.command().arg("info").arg(&file))?;
    let mut card = card_with(&fixture.modules)?;
    card.put("it.mo", fs::read(file)?);
    let mut session = fixture.boot_with(&card)?;
    let printed = session.run("mod info it")?;
    for text in [&shown, printed.text()] {
        if text.contains('\u{1b}') || !text.contains("abche shell goes on") {
            return Err(format!("the description is not there, or its control characters are: {text:?}").into());
        }
    }
    Ok(shell_lives(&mut session)?)
}

fn shell_lives(session: &mut Session) -> Result<(), String> {
    session.run("mod run status 7")?.prints("exit code 7").map(drop)
}

/// Fails unless both programs print the same, with `text` in it, and leave nothing.
fn pair(fixture: &Fixture, name: &str, arguments: &str, text: &str) -> TestResult {
    let folder = tempfile::tempdir()?;
    let [in_c, in_rust] = pairs::build(fixture, name, folder.path())?;
    // Each is called by the same name, which it may print.
    let mut card = Card::default();
    card.put("c/it.mo", fs::read(in_c)?);
    card.put("rust/it.mo", fs::read(in_rust)?);
    card.put("data.bin", pairs::data());
    let mut session = fixture.boot_with(&card)?;
    let of_c = run(&mut session, "c", arguments, text)?;
    let of_rust = run(&mut session, "rust", arguments, text)?;
    let used = session.settled_memory()?;
    run(&mut session, "c", arguments, text)?;
    run(&mut session, "rust", arguments, text)?;
    session.uses(used)?;
    if of_c == of_rust { Ok(()) } else { Err(format!("C prints\n{of_c}\nand Rust\n{of_rust}").into()) }
}

fn run(session: &mut Session, folder: &str, arguments: &str, text: &str) -> Result<String, String> {
    session.run(&format!("cd /{folder}"))?.prints_nothing()?;
    let printed = session.run(&format!("mod run it {arguments}"))?.prints(text)?.prints("exit code 0\n")?;
    Ok(printed.text().to_owned())
}

fn data_crc() -> u32 {
    crc32fast::hash(&pairs::data())
}
