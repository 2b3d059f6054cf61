//! How long the tests took, so that one sees what a whole run spends its time on.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How many of the slowest tests are printed.
const SLOWEST: usize = 15;

/// Below so many tests nobody asks where the time went.
const FEW: usize = 100;

/// The times of the tests that have ended, and of what was built for each board.
#[derive(Default)]
pub struct Times {
    tests: Mutex<Vec<(String, Duration)>>,
    builds: Mutex<Vec<(&'static str, Duration)>>,
}

impl Times {
    /// Runs a test and keeps its time.
    pub fn of_test<T>(&self, name: &str, test: impl FnOnce() -> T) -> T {
        let (result, time) = measure(test);
        lock(&self.tests).push((name.into(), time));
        result
    }

    /// Builds what a board needs and keeps the time.
    pub fn of_build<T>(&self, board: &'static str, build: impl FnOnce() -> T) -> T {
        let (result, time) = measure(build);
        lock(&self.builds).push((board, time));
        result
    }
}

fn measure<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let result = run();
    (result, begin.elapsed())
}

/// A test that panics has left the list as it was.
fn lock<T>(list: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    list.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl fmt::Display for Times {
    /// Nothing, if few tests were run.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tests = lock(&self.tests).clone();
        if tests.len() < FEW {
            return Ok(());
        }
        let mut boards = BTreeMap::<&str, Duration>::new();
        for (name, time) in &tests {
            *boards.entry(name.split("::").next().unwrap_or(name)).or_default() += *time;
        }
        writeln!(f, "times, of tests that run side by side:")?;
        for (board, time) in lock(&self.builds).iter() {
            let tests = boards.get(board).copied().unwrap_or_default();
            writeln!(f, "{:>6} s to build for {board}, {} s in its tests", time.as_secs(), tests.as_secs())?;
        }
        tests.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        tests.iter().take(SLOWEST).try_for_each(|(name, time)| writeln!(f, "{:>6} s {name}", time.as_secs()))
    }
}
