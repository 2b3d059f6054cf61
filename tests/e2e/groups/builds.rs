//! What the boards' tests need is built beside the tests of the boards before them: a build keeps the processor busy, and most
//! tests wait for a console.

use std::sync::{Arc, LazyLock};
use std::thread;

use e2e::Fixture;
use firmware::Board;

use crate::slots::Slots;
use crate::times::Times;

/// What the tests of one board need. It is built once, by whoever asks for it first.
#[derive(Clone)]
pub struct Build(Arc<LazyLock<Result<Fixture, String>, BuildFixture>>);

type BuildFixture = Box<dyn FnOnce() -> Result<Fixture, String> + Send>;

impl Build {
    pub fn new(board: &'static Board, times: &Arc<Times>) -> Self {
        let times = Arc::clone(times);
        let build = move || {
            let fixture = times.of_build(board.name, || Fixture::build(board));
            fixture.map_err(|error| format!("could not build what {} needs: {error}", board.name))
        };
        Self(Arc::new(LazyLock::new(Box::new(build))))
    }

    /// The fixture, when it is built.
    pub fn fixture(&self) -> Result<&Fixture, String> {
        LazyLock::force(&self.0).as_ref().map_err(Clone::clone)
    }
}

/// Builds all of them on a thread of its own, in their order. Then more tests run at a time.
pub fn run_ahead(builds: Vec<Build>, slots: &Arc<Slots>) {
    let slots = Arc::clone(slots);
    thread::spawn(move || {
        let mut builds = builds.iter();
        // Before the first is there, no test runs.
        let _ = builds.next().map(Build::fixture);
        give_way();
        for build in builds {
            // The tests say what went wrong.
            let _ = build.fixture();
        }
        slots.add_those_of_builds();
    });
}

/// Lets the tests have the processor first: a board that does not get it in time loses ticks. On Linux, a niceness is a thread's
/// own, and that of the programs it starts.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(10) {
        eprintln!("what is built takes its time from the tests: {error}");
    }
}
