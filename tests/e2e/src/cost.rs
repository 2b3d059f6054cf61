//! The instructions that calls of the kernel's services cost a module in Rust and one in C. QEMU counts them.

use std::error::Error;

use firmware::Version;
use qemu::{Machine, Marks};

use crate::{Fixture, Session, c_module, card_with, pairs};

/// A service may cost this many times as much through rtt-mod as in C.
const LIMIT: f64 = 1.5;

/// So many times for those that programs call most: semaphore, mutex, queue.
const LIMIT_OF_SHORT_PATHS: f64 = 1.05;

/// C has no join: the thread is freed by the idle thread later, and that is not counted. 5.0.1 has 2.13, 5.2.0
/// has 2.09, and 4.0.3 has 1.94.
const LIMIT_OF_JOIN: f64 = 2.15;

/// 64 bits beside the tick's 32.
const LIMIT_OF_TIME: f64 = 2.4;

/// The geometric mean of all may be as much with 4.0.
const MEAN_LIMIT: f64 = 1.15;

/// And as much with later kernels, whose own functions are shorter: 5.0.1 has 1.17.
const MEAN_LIMIT_OF_LATER: f64 = 1.2;

const LATER: Version = Version::new(4, 1, 0);

/// The services in the order in which both modules call them, each between two marks.
const SERVICES: &[Service] = &[
    Service { name: "semaphore", what: "a semaphore's take and release", passes: 1000, limit: LIMIT_OF_SHORT_PATHS },
    Service { name: "mutex", what: "a mutex's lock and unlock", passes: 1000, limit: LIMIT_OF_SHORT_PATHS },
    Service { name: "queue", what: "a queue's send and receive", passes: 1000, limit: LIMIT_OF_SHORT_PATHS },
    Service { name: "event", what: "an event's set and wait", passes: 100, limit: LIMIT },
    Service { name: "mailbox", what: "a mailbox's send and receive", passes: 100, limit: LIMIT },
    Service { name: "yield", what: "a yield", passes: 100, limit: LIMIT },
    Service { name: "spawn", what: "a thread's start, end and join", passes: 20, limit: LIMIT_OF_JOIN },
    Service { name: "now", what: "the time since the boot", passes: 100, limit: LIMIT_OF_TIME },
    Service { name: "literal", what: "printing a line", passes: 20, limit: LIMIT },
    Service { name: "integer", what: "printing an integer", passes: 20, limit: LIMIT },
    Service { name: "heap", what: "a block of the heap, and back", passes: 100, limit: LIMIT },
    Service { name: "open", what: "a file's open and close", passes: 10, limit: LIMIT },
    Service { name: "read", what: "reading 64 bytes", passes: 100, limit: LIMIT },
    Service { name: "write", what: "writing 64 bytes", passes: 100, limit: LIMIT },
];

struct Service {
    name: &'static str,
    what: &'static str,
    passes: u32,
    limit: f64,
}

/// What a service costs, in instructions of one call.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    /// What is called.
    pub what: &'static str,
    /// In C, by the kernel's own functions.
    pub c: f64,
    /// In Rust.
    pub rust: f64,
    limit: f64,
}

/// Measures all services.
///
/// # Errors
/// When the modules do not build or do not run.
pub fn measure(fixture: &Fixture) -> Result<Vec<Call>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let in_c = folder.path().join("c_cost.mo");
    c_module::build(fixture, &fixture.source("tests/c/cost.c"), &in_c)?;
    let card = folder.path().join("card.img");
    card_with(&[in_c, fixture.module("cost")?.clone()])?.write_image(&card)?;
    let marks = Marks::new()?;
    let mut session = Session::boot(&Machine { arguments: marks.arguments(), ..fixture.machine(&card) })?;
    for module in ["c_cost", "cost"] {
        let names: Vec<_> = SERVICES.iter().map(|service| format!("{} done\n", service.name)).collect();
        let names: Vec<_> = names.iter().map(String::as_str).collect();
        session.run(&format!("mod run {module}"))?.prints_in_order(&names)?.prints("exit code 0\n")?;
    }
    let counts = marks.counts()?;
    let (c, rust) = counts.split_at_checked(SERVICES.len()).unwrap_or_default();
    if rust.len() != SERVICES.len() {
        return Err(format!("{} services have {} counts", 2 * SERVICES.len(), counts.len()).into());
    }
    let call = |(service, (c, rust)): (&Service, (&u64, &u64))| {
        let one = |count: u64| count as f64 / f64::from(service.passes);
        Call { what: service.what, c: one(*c), rust: one(*rust), limit: service.limit }
    };
    Ok(SERVICES.iter().zip(c.iter().zip(rust)).map(call).collect())
}

/// The geometric mean of what Rust costs, divided by what C does.
pub fn mean(calls: &[Call]) -> f64 {
    pairs::geometric_mean(calls.iter().map(|call| call.rust / call.c))
}

/// The calls as a table in Markdown.
pub fn table(calls: &[Call]) -> String {
    let mut lines = vec!["| call | C | Rust | ratio |".to_owned(), "|---|--:|--:|--:|".to_owned()];
    let line =
        |call: &Call| format!("| {} | {:.0} | {:.0} | {:.2} |", call.what, call.c, call.rust, call.rust / call.c);
    lines.extend(calls.iter().map(line));
    lines.push(format!("| geometric mean | | | **{:.2}** |", mean(calls)));
    lines.join("\n") + "\n"
}

/// Prints the instructions of each service in C and in Rust.
///
/// # Errors
/// When a service costs more than its limit, or when the modules do not run.
pub fn compare(fixture: &Fixture) -> Result<(), Box<dyn Error>> {
    let calls = measure(fixture)?;
    println!("{}", table(&calls));
    if let Some(call) = calls.iter().find(|call| call.rust / call.c > call.limit) {
        let Call { what, c, rust, limit } = call;
        return Err(format!("{what} costs {:.2} times what it costs in C, more than {limit}", rust / c).into());
    }
    let (mean, limit) = (mean(&calls), if fixture.firmware.version < LATER { MEAN_LIMIT } else { MEAN_LIMIT_OF_LATER });
    if mean > limit {
        return Err(format!("calls cost {mean:.2} times what they cost in C, more than {limit}").into());
    }
    Ok(())
}
