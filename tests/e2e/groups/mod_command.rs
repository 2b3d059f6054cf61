//! The shell command `mod` and what it prints about modules.

use e2e::{Fixture, Printed, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("help_has_all_subcommands", help),
    ("the_list_has_the_figures_of_each_module", list),
    ("info_tells_what_a_file_says", info_of_file),
    ("info_tells_what_a_loaded_module_has", info_of_loaded),
    ("a_library_counts_who_has_it_open", library),
    ("start_does_not_wait", start),
    ("check_says_whether_a_file_would_load", check),
    ("check_tells_every_reason", check_refuses),
    ("the_log_has_the_ends_of_the_last_modules", log),
    ("the_log_forgets_the_oldest", log_is_a_ring),
    ("the_tab_key_completes_subcommands_modules_and_files", completion),
];

const SUBCOMMANDS: &[&str] =
    &["list", "info", "run", "start", "kill", "load", "unload", "check", "log", "auto", "receive", "serve", "help"];

fn help(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    for command in ["mod help", "mod", "mod nonsense"] {
        let subcommands = SUBCOMMANDS.iter().map(|subcommand| format!("mod {subcommand} "));
        session.run(command)?.prints_all(&subcommands.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// The columns of `mod list`.
struct Line {
    state: String,
    image: usize,
    heap: usize,
    peak: usize,
    threads: usize,
    stack: String,
    uptime: String,
}

fn line_of(list: &Printed, name: &str) -> Result<Line, String> {
    let words = list.line_of(name)?;
    let figure = |at: usize| words.get(at).and_then(|word| word.parse().ok());
    match (figure(2), figure(3), figure(4), figure(5), &words[..]) {
        (Some(image), Some(heap), Some(peak), Some(threads), [_, state, _, _, _, _, stack, uptime, ..]) => {
            let (state, stack, uptime) = (state.clone(), stack.clone(), uptime.clone());
            Ok(Line { state, image, heap, peak, threads, stack, uptime })
        }
        _ => Err(list.failed(&format!("the line of `{name}` lacks columns"))),
    }
}

/// Beside image and heap, a module takes the kernel's record of it and the headers of blocks: at most so many bytes.
const BESIDE_MAX: usize = 500;

/// The figures add up to what `free` shows. The peak is higher than the heap: hoarder has freed a block, with a header of 32
/// bytes, before it started its thread.
fn list(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start hoarder", "hoarding")?;
    let taken = session.settled_memory()? - before;
    session.run("worker")?.prints("loaded")?;
    let printed = session.run("mod list")?;
    if let Some(line) = printed.text().lines().find(|line| line.len() > 80) {
        return Err(printed.failed(&format!("`{line}` is too wide")).into());
    }
    let hoarder = line_of(&printed, "hoarder")?;
    let worker = line_of(&printed, "worker")?;
    let is_right = hoarder.state == "running"
        && (hoarder.image + hoarder.heap..hoarder.image + hoarder.heap + BESIDE_MAX).contains(&taken)
        && (10_000 + 20_000 + 2048..hoarder.heap + 20_032).contains(&hoarder.peak)
        && hoarder.threads == 2
        && worker.threads == 1
        && worker.state == "resident";
    if !is_right {
        return Err(printed.failed("the figures are not those of the two modules").into());
    }
    let percent: Option<u32> = hoarder.stack.strip_suffix('%').and_then(|percent| percent.parse().ok());
    if !percent.is_some_and(|percent| (50..100).contains(&percent)) || !hoarder.uptime.starts_with("0:0") {
        return Err(printed.failed("the stack's percentage or the uptime is wrong").into());
    }
    session.run("mod kill hoarder")?.prints_nothing()?;
    session.run("mod unload worker")?.prints_nothing()?;
    session.is_rid_of("hoarder", before)?;
    Ok(())
}

fn info_of_file(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod info sleeper")?.prints_in_order(&[
        "sleeper.mo:",
        "  image: ",
        "  name: sleeper",
        "  version: 0.1.0",
        &format!("  target: {}", fixture.board.target),
        "  kind: program",
        "  ABI: 1.",
        "  stack: 6144 bytes",
        "  priority: 17",
        "  build: ",
        "sleeper.mo: would load now",
    ])?;
    session.run("mod info demo.mo")?.prints("kind: program, a command, starts at boot")?;
    session.run("mod info greeter")?.prints("kind: resident module")?.prints("description: greets by name")?;
    session.run("mod info /library.mo")?.prints("kind: library")?.prints_no("stack: ")?;
    session.run("mod info heap")?.prints("heap: 4096 bytes of the image")?;
    session.run("mod info missing")?.prints("name: missing")?.prints("does not export")?.prints_no("would load")?;
    session.run("mod info nowhere")?.prints("mod: no file nowhere.mo here or in /bin")?;
    session.uses(before)?;
    Ok(())
}

fn info_of_loaded(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start stuck threads", "stuck: 4 threads")?;
    let info = session.run("mod info stuck")?.prints("stuck: running for 0:00:0")?.prints(", waits in vain")?;
    let info = info.prints("  image: ")?.prints("  heap: ")?.prints("  references: 0")?;
    let threads = info.text().matches("  thread stuck: priority 20, stack ").count();
    if threads != 5 {
        return Err(info.failed(&format!("{threads} threads instead of 5")).into());
    }
    info.prints(" of 2048 bytes")?.prints(" of 1024 bytes")?;
    session.run("mod info stuck.mo")?.prints("kind: program")?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.is_rid_of("stuck", before)?;
    Ok(())
}

fn library(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start opener", "opened: true")?;
    let list = session.run("mod list")?;
    let words = list.line_of("library")?;
    if (words.get(1).map(String::as_str), words.get(8).map(String::as_str)) != (Some("library"), Some("1")) {
        return Err(list.failed("the library is not open once").into());
    }
    session.run("mod kill library")?.prints("library: is a library that others have open; it goes with them")?;
    session.run("mod kill opener")?.prints_nothing()?;
    session.is_rid_of("library", before)?;
    Ok(())
}

fn start(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("mod start hello a \"b c\"", "argument 2: b c")?.prints_no("exit code")?;
    session.uses(before)?;
    session.start("mod start sleeper", "sleeping")?;
    session.run("mod list")?.prints("sleeper running")?;
    session.run("mod kill sleeper")?.prints_nothing()?;
    session.run("mod start greeter")?.prints("loaded, until `mod unload greeter`")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.run("mod start nowhere")?.prints("mod: no file nowhere.mo here or in /bin")?;
    session.run("mod start missing")?.prints("does not export no_such_function")?;
    session.is_rid_of("sleeper", before)?;
    Ok(())
}

fn check(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for module in ["hello.mo", "greeter.mo", "library.mo"] {
        session.run(&format!("mod check {module}"))?.prints(&format!("{module}: would load now"))?;
        session.is_rid_of(module.trim_end_matches(".mo"), before)?;
    }
    session.run("greeter")?.prints("loaded")?;
    session.run("mod check greeter")?.prints("greeter.mo: a resident module of this name is loaded already")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn check_refuses(fixture: &Fixture) -> TestResult {
    let mut card = card_with(&fixture.modules)?;
    let mut cut = std::fs::read(fixture.module("hello")?)?;
    cut.truncate(cut.len() / 2);
    card.put("cut.mo", cut);
    card.put("text.mo", b"not a module\n".to_vec());
    let mut session = fixture.boot_with(&card)?;
    let before = session.settled_memory()?;
    session.run("mod check cut")?.prints("cut.mo: ")?.prints_no("would load")?;
    session.run("mod check text")?.prints("not a module: no ELF file")?.prints_no("would load")?;
    session
        .run("mod check missing")?
        .prints("missing.mo: the kernel does not export no_such_function")?
        .prints_no("would load")?;
    session.run("mod check nowhere")?.prints("mod: no file nowhere.mo here or in /bin")?;
    session.run("mod log")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn log(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("mod log")?.prints_nothing()?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    session.run("mod run keeper exit")?.prints("exit code 3")?;
    session.run("mod run keeper panic")?.prints("exit code 101")?;
    session.run("mod run faulty instruction")?.prints("exit code 102")?;
    session.start("mod start stuck sleep", "stuck: sleep")?;
    session.run("mod kill stuck")?.prints_nothing()?;
    session.run("mod run missing")?.prints("does not export no_such_function")?;
    session.run("refuses")?.prints("it is not loaded")?;
    session.run("greeter")?.prints("loaded")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.run("mod log")?.prints_in_order(&[
        "status   returned, exit code 7\n",
        "keeper   exited, exit code 3\n",
        "keeper   panicked, exit code 101\n",
        "faulty   fault, exit code 102\n",
        "stuck    killed, exit code -1\n",
        "missing  not loaded\n",
        "refuses  init failed, exit code ",
        "greeter  unloaded, exit code -1\n",
    ])?;
    session.uses(before)?;
    Ok(())
}

fn log_is_a_ring(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run hello")?.prints("exit code 0")?;
    for code in 10..18 {
        session.run(&format!("mod run status {code}"))?.prints(&format!("exit code {code}"))?;
    }
    let log = session.run("mod log")?.prints_in_order(&["exit code 10\n", "exit code 13\n", "exit code 17\n"])?;
    log.prints_no("hello")?;
    Ok(())
}

fn completion(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod li\t")?.prints("state")?;
    session.run("mod \tlist")?.prints("unload\n")?.prints("receive\n")?.prints("state")?;
    session.run("mod un\t greeter")?.prints("no module")?;
    session.run("greeter")?.prints("loaded")?;
    session.run("mod info gr\t")?.prints("greeter: resident")?;
    session.run("mod unload g\t")?.prints("mod unload greeter")?;
    session.lists_no("mod list", "greeter")?;
    session.start("mod start stuck sleep", "stuck: sleep")?;
    session.run("mod kill \t")?.prints("stuck\n")?;
    session.lists_no("mod list", "stuck")?;
    session.run("mod check hel\t")?.prints("hello.mo: would load now")?;
    session.run("mod run stat\t 7")?.prints("exit code 7")?;
    Ok(())
}
