//! What threads share and wait for.

use super::world::World;
use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("permits_are_taken_and_given", semaphore),
    ("a_mailbox_holds_what_it_has_room_for", mailbox),
    ("a_mutex_lets_one_thread_in", mutex),
    ("a_queue_moves_values", queue),
    ("flags_are_waited_for_together_and_each", events),
    ("a_channel_ends_with_its_last_sender", mpsc),
    ("whatever_a_module_holds_is_given_back", keeper),
];

fn semaphore(world: &World) -> TestResult {
    prints(world, "semaphore", "0 permits left\na third one: timed out\n1 permit left\n")
}

fn mailbox(world: &World) -> TestResult {
    prints(world, "mailbox", "sent 810\nsent 811\nsent 812\nreceived 810\nreceived 811\nreceived 812\n")
}

fn mutex(world: &World) -> TestResult {
    prints(world, "mutex", "counted to 15\nanother thread's time is over: true\n")
}

fn queue(world: &World) -> TestResult {
    let readings = (0..5).map(|channel| format!("channel {channel}: {} mV\n", 3300 - 100 * channel));
    prints(world, "queue", &readings.collect::<String>())
}

fn events(world: &World) -> TestResult {
    prints(world, "events", "first: 0b010\nready: 0b011\nfailed: timed out\n")
}

fn mpsc(world: &World) -> TestResult {
    prints(world, "mpsc", "12 messages, together 258\n")
}

/// The example prints just this, twice, and leaves nothing.
fn prints(world: &World, example: &str, text: &str) -> TestResult {
    let mut session = world.boot()?;
    let before = session.settled_memory()?;
    for _ in 0..2 {
        session.run(&format!("mod run {example}"))?.prints(&format!("{text}exit code 0"))?;
        session.uses(before)?;
    }
    Ok(())
}

/// Each end, twice.
fn keeper(world: &World) -> TestResult {
    let mut session = world.boot()?;
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
