//! Images in memheaps: in one for all modules, and in those that modules name.

use e2e::{Fixture, Session};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[("images_are_in_the_heap_that_the_firmware_names", own_heap)];

/// `placed`, `lodger` and `bulky` name the memheap `tcm`, which has 16 KB: a RAM of its own on one board, a variable of the
/// firmware on the other. `stranded` names one that is not there.
pub const CHOICE_TESTS: Tests = &[
    ("a_module_is_in_the_memheap_that_it_names", named_memheap),
    ("what_ends_there_gives_its_memory_back", ends_in_the_memheap),
    ("a_memheap_that_is_missing_or_too_small_is_named", refused_memheaps),
];

/// A kernel without memheaps.
pub const WITHOUT_TESTS: Tests = &[("a_kernel_without_memheaps_refuses_a_module_that_names_one", no_memheaps)];

/// The memheap that the modules name.
const MEMHEAP: &str = "tcm";

/// That heap is at 0x20200000.
fn own_heap(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = session.settled_memory()?;
    session.run("mod load greeter")?.prints("greeter.mo: loaded")?;
    session.run("mod info greeter")?.prints("bytes at 0x2020")?;
    session.run("greet Ada")?.prints("Hello, Ada!")?;
    session.run("mod unload greeter")?.prints_nothing()?;
    session.uses(before)?;
    session.run("mod run plugin library.mo crc32 123456789")?.prints("crc32: cbf43926")?;
    session.run("mod run panic")?.prints("exit code 101")?;
    session.uses(before)?;
    // Its image is larger than that heap.
    session.run("mod run heap")?.prints("sum: 385")?;
    session.uses(before)?;
    Ok(())
}

/// What is used, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Used {
    heap: usize,
    memheap: usize,
}

impl Used {
    fn by(session: &mut Session) -> Result<Self, String> {
        Ok(Self { heap: session.settled_memory()?, memheap: session.used_of_memheap(MEMHEAP)? })
    }

    /// Waits until the heap has as much in use, and asserts that the memheap has.
    fn again(self, session: &mut Session) -> TestResult {
        session.uses(self.heap)?;
        let memheap = session.used_of_memheap(MEMHEAP)?;
        if memheap != self.memheap {
            return Err(format!("{memheap} bytes of the memheap are used instead of {}", self.memheap).into());
        }
        Ok(())
    }
}

fn boot(fixture: &Fixture) -> Result<(Session, Used), String> {
    let mut session = fixture.boot()?;
    session.run("mod run status 7")?.prints("exit code 7")?;
    let before = Used::by(&mut session)?;
    Ok((session, before))
}

/// Its 2 KB of variables are in the memheap, its record and its command in the kernel's heap.
fn named_memheap(fixture: &Fixture) -> TestResult {
    let (mut session, before) = boot(fixture)?;
    session.run("mod info lodger.mo")?.prints("memheap: tcm")?.prints("lodger.mo: would load now")?;
    before.again(&mut session)?;
    session.run("mod load lodger")?.prints("lodger.mo: loaded")?;
    let loaded = Used::by(&mut session)?;
    let (heap, memheap) = (loaded.heap - before.heap, loaded.memheap - before.memheap);
    if memheap < 2048 || heap >= 2048 {
        return Err(format!("{memheap} bytes of the memheap are used, {heap} of the heap").into());
    }
    session.run("mod list")?.prints("[tcm] lodges")?;
    session.run("mod info lodger")?.prints("memheap: tcm")?;
    session.run("lodge")?.prints("call 1")?;
    session.run("lodge")?.prints("call 2")?;
    session.run("mod run placed")?.prints("41, then 42")?;
    session.run("mod unload lodger")?.prints_nothing()?;
    before.again(&mut session)
}

/// The pool may be among the variables in which pointers into images are looked for.
fn ends_in_the_memheap(fixture: &Fixture) -> TestResult {
    let (mut session, before) = boot(fixture)?;
    for _ in 0..3 {
        session.run("mod run placed")?.prints("41, then 42")?.prints_no("quarantined")?;
        session
            .run("mod run placed fault")?
            .prints("undefined instruction")?
            .prints("the image is at")?
            .prints("exit code 102")?
            .prints_no("quarantined")?;
        session.run("mod run placed panic")?.prints("exit code 101")?.prints_no("quarantined")?;
    }
    before.again(&mut session)
}

fn refused_memheaps(fixture: &Fixture) -> TestResult {
    let (mut session, before) = boot(fixture)?;
    let missing = "stranded.mo: the firmware has no memheap `nowhere` for its image";
    session.run("mod run stranded")?.prints(missing)?.prints_no("loaded")?;
    session.run("mod check stranded.mo")?.prints(missing)?.prints_no("would load")?;
    let full = "bulky.mo: no memory in the memheap `tcm`: its image takes ";
    session.run("mod run bulky")?.prints(full)?.prints(" are free")?.prints_no("loaded")?;
    session.run("mod check bulky.mo")?.prints(full)?.prints_no("would load")?;
    before.again(&mut session)
}

fn no_memheaps(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let before = session.settled_memory()?;
    let missing = "placed.mo: the kernel does not export rttm_memheap";
    session.run("mod run placed")?.prints(missing)?.prints_no("code 0x")?;
    session.uses(before)?;
    let mut check = fixture.mkmod.command();
    let check = check.arg("check").arg(fixture.module("placed")?).arg("--kernel").arg(&fixture.kernel_symbols);
    let output = check.output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let help = "enable RT_USING_MEMHEAP and RTT_MOD_USING_MEMHEAP in the firmware";
    if output.status.success() || !report.contains(help) {
        return Err(format!("mkmod check: {}\n{report}", output.status).into());
    }
    Ok(())
}
