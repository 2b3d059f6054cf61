//! Semaphores, mutexes, queues and what else threads wait for.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("permits_are_taken_and_given", semaphore),
    ("a_mailbox_holds_what_it_has_room_for", mailbox),
    ("a_mutex_lets_one_thread_in", mutex),
    ("a_queue_moves_values", queue),
    ("flags_are_waited_for_together_and_each", events),
    ("a_channel_ends_with_its_last_sender", mpsc),
    ("the_shell_lists_objects_by_their_names", named),
    ("blocks_of_a_pool_come_back", pools),
    ("a_queue_calls_its_works_in_turn", works),
    ("whatever_a_module_holds_is_given_back", keeper),
];

/// What also runs where the other tests of the group do not.
pub const CHANNEL_TESTS: Tests = &[("a_channel_ends_with_its_last_sender", mpsc)];

fn semaphore(fixture: &Fixture) -> TestResult {
    prints(fixture, "semaphore", "0 permits left\na third one: timed out\n1 permit left\n")
}

fn mailbox(fixture: &Fixture) -> TestResult {
    prints(fixture, "mailbox", "sent 810\nsent 811\nsent 812\nreceived 810\nreceived 811\nreceived 812\n")
}

fn mutex(fixture: &Fixture) -> TestResult {
    prints(fixture, "mutex", "counted to 15\nanother thread's time is over: true\n")
}

fn queue(fixture: &Fixture) -> TestResult {
    let readings = (0..5).map(|channel| format!("channel {channel}: {} mV\n", 3300 - 100 * channel));
    prints(fixture, "queue", &readings.collect::<String>())
}

fn events(fixture: &Fixture) -> TestResult {
    prints(fixture, "events", "first: 0b010\nready: 0b011\nfailed: timed out\n")
}

fn mpsc(fixture: &Fixture) -> TestResult {
    prints(fixture, "mpsc", "12 messages, together 258\n")
}

/// The example prints exactly `text` in each of two runs, and leaves nothing.
fn prints(fixture: &Fixture, example: &str, text: &str) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run(&format!("mod run {example}"))?.prints(&format!("{text}exit code 0"))?;
        session.uses(before)?;
    }
    Ok(())
}

fn named(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session.start("named", "4 permits left")?;
    session.run("list_sem")?.prints("permits ")?;
    session.run("list_mutex")?.prints("lock ")?;
    session.run("list_event")?.prints("flags ")?;
    let mailboxes = session.run("list_mailbox")?;
    // Where the kernel's names are longer, it fits.
    mailboxes.line_of("letters").or_else(|_| mailboxes.line_of("lettersÄ"))?;
    session.run("list_msgqueue")?.prints("line ")?;
    session.run("mod kill named")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn pools(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for argument in ["", " forget"] {
        session.run(&format!("mod run pools{argument}"))?.prints_in_order(&[
            "frame 1 dropped\n",
            "frame 2 dropped\n",
            "frame 3 dropped\n",
            "frame 4 dropped\n",
            if argument.is_empty() { "sum 600, available 3\n" } else { "sum 600, available 2\n" },
            "2 numbers\nNone None Some(Empty)\n2 numbers\n",
            "rests 6\nexit code 0",
        ])?;
        session.uses(before)?;
    }
    session.run("mod run pools panic")?.prints("with a block")?.prints("exit code 101")?;
    session.start("pools wait", "waiting")?;
    session.run("list_mempool")?.prints("frames ")?;
    session.run("mod kill pools")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

fn works(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    session
        .run("mod run works")?
        .prints("first, in works\nsecond\nthird\ncount 1\ncount 2\nslow\nwas pending: true\nover\nexit code 0")?;
    session.run("mod run works panic")?.prints("in a work")?.prints("exit code 101")?;
    session.run("mod run works exit")?.prints("exit code 3")?;
    session.start("works wait", "waiting")?;
    session.run("mod kill works")?.prints_nothing()?;
    session.uses(before)?;
    Ok(())
}

/// Each way to end, twice.
fn keeper(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run("mod run keeper")?.prints("full: true")?.prints("exit code 0")?;
        session.run("mod run keeper exit")?.prints("exit code 3")?;
        session.run("mod run keeper panic")?.prints("with everything open")?.prints("exit code 101")?;
        session.run("mod run keeper twice")?.prints("wait for the calling thread itself")?.prints("exit code 101")?;
        session.run("mod run keeper inside")?.prints("without interrupts")?.prints("exit code 101")?;
        session.run("mod run keeper forget")?.prints("forgotten: Some(TimedOut)")?.prints("exit code 0")?;
        session.run("mod run keeper wait")?.prints("nothing may wait")?.prints("exit code 101")?;
        session.uses(before)?;
    }
    Ok(())
}
