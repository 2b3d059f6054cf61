//! Shell commands that modules register.

use e2e::{Fixture, Session, card_with};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("help_shows_them", help),
    ("the_tab_key_completes_them", completion),
    ("a_panic_in_a_command_ends_the_module", |fixture| ends_badly(fixture, "trip now", "2 words")),
    ("an_exit_in_a_command_ends_the_module", |fixture| ends_badly(fixture, "leave", "")),
    ("an_error_of_a_command_is_printed", error),
    ("names_that_no_command_can_have_are_refused", names),
    ("a_command_may_drop_itself", once),
    ("a_module_that_ends_takes_the_shell_out_of_its_command", interrupted),
    ("a_thread_outlives_the_command_that_started_it", starter),
    ("arguments_that_are_no_text_are_refused", no_text),
];

fn help(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("help")?.prints("mod              - load")?.prints_no("Commands of modules")?;
    session.run("mod load greeter")?.prints("loaded")?;
    session.run("help")?.prints("Commands of modules")?.prints("greet            - greet by name")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.run("help")?.prints("mod              - load")?.prints_no("greet")?;
    Ok(())
}

/// A command and the file of its module both begin with `greet`. `vers` and `mk` begin commands of the kernel.
fn completion(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("greeter")?.prints("loaded")?;
    session.start("gr\t Ada", "Hello, Ada!")?;
    session.start("vers\t", "Thread Operating System")?;
    session.start("\t", "greet            - greet by name")?;
    session.run("mk\t")?.prints("mkdir")?.prints("mkfs")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn ends_badly(fixture: &Fixture, command: &str, said: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("trips")?.prints("loaded")?;
        session.run(command)?.prints(said)?;
        session.uses(before)?;
        session.lists_no("mod list", "trips")?;
        session.run(command)?.prints("command not found")?;
    }
    Ok(())
}

fn error(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("trips")?.prints("loaded")?;
    let before = session.settled_memory()?;
    session.run("fail")?.prints("Error: \"no sensor\"")?;
    session.run("mod list")?.prints("trips   resident")?;
    session.uses(before)?;
    Ok(())
}

fn names(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("trips")?
        .prints("`ls`: already exists")?
        .prints("`trip`: already exists")?
        .prints("`two words`: invalid file name")?
        .prints("``: invalid file name")?;
    session.run("mod unload trips")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn once(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("once")?.prints("once.mo: loaded")?;
    session.run("once")?.prints("never again")?;
    session.run("once")?.prints("once.mo: a resident module of this name is loaded already")?;
    session.run("mod unload once")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

/// The module's main thread ends while the shell waits in one of its commands.
fn interrupted(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.start("busy", "registered")?;
        session.run("wait")?.prints("waiting")?.prints_no("after a minute")?;
        shell_lives(&mut session)?;
        session.uses(before)?;
    }
    Ok(())
}

fn starter(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.run("starter")?.prints("loaded")?;
    session.start("begin now", "begun with 2 words")?;
    session.run("list_thread")?.prints("starter")?;
    session.run("begin")?.prints("begun with 1 words")?;
    session.run("mod unload starter")?.prints_nothing()?;
    session.uses(before)?;
    session.lists_no("list_thread", "starter")?;
    Ok(())
}

fn no_text(fixture: &Fixture) -> TestResult {
    let mut card = card_with(&fixture.modules)?;
    card.put("latin.sh", b"greet Ada\ngreet Caf\xe9\n".to_vec());
    let mut session = fixture.boot_with(&card)?;
    session.run("greeter")?.prints("loaded")?;
    session.run("latin.sh")?.prints("Hello, Ada!")?.prints("greet: argument 1 is not UTF-8")?.prints_no("Caf")?;
    shell_lives(&mut session)
}

fn shell_lives(session: &mut Session) -> TestResult {
    session.run("mod run status 7")?.prints("exit code 7")?;
    Ok(())
}
