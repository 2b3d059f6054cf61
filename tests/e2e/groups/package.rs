//! kernel-glue as an RT-Thread package: SCons builds the firmware, the loader and applications.

use std::fs;
use std::sync::Mutex;

use e2e::{Fixture, Session, card_with};
use firmware::Bsp;
use firmware::{Board, WITHOUT_MODULES};
use qemu::Machine;
use setup::Need;
use setup::process;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("scons_builds_firmware_and_applications", builds),
    ("an_application_that_does_not_compile_fails_the_build", fails),
    ("scons_exports_the_project", exports),
    ("cmake_builds_firmware", cmake_builds),
    ("flags_and_options_of_a_bsp_are_known", python_tests),
];

/// The same for a kernel without modules.
pub const STATIC_WRAP_TESTS: Tests = &[("scons_wraps_no_loader_of_a_kernel_without_modules", wraps_without_modules)];

/// Tests whose outcome depends on the board's configuration.
pub const WRAP_TESTS: Tests = &[("scons_wraps_what_the_glue_replaces", wraps)];

/// All tests use the same folder.
static ALONE: Mutex<()> = Mutex::new(());

/// What the build makes, beside SCons's own files.
const MADE: &[&str] =
    &["rtthread.elf", "kernel.syms", "build/modules", "build/modules.cargo", "build/packages/rtt-mod/cargo"];

fn builds(fixture: &Fixture) -> TestResult {
    let _alone = ALONE.lock();
    let bsp = bsp_with(fixture, &["greet", "other"])?;
    process::run(&mut scons(fixture, &bsp)?)?;
    for made in MADE.iter().chain(&["rtthread.bin"]) {
        exists(&bsp, made)?;
    }

    let folder = tempfile::tempdir()?;
    let card = folder.path().join("card.img");
    card_with(&["greet", "other"].map(|name| bsp.path(&format!("build/modules/{name}.mo"))))?.write_image(&card)?;
    let mut session = Session::boot(&Machine::new(fixture.board, &bsp.path("rtthread.elf"), &card))?;
    session.run("mod run greet Ada")?.prints("Hello from greet!")?.prints("Hello, Ada!")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    session.start("greet", "Hello from greet!")?;
    session.start("/other.mo", "Hello from other!")?;
    session.uses(before)?;

    process::run(scons(fixture, &bsp)?.arg("-c"))?;
    for made in MADE {
        if bsp.path(made).exists() {
            return Err(format!("`scons -c` leaves {made}").into());
        }
    }
    Ok(())
}

fn fails(fixture: &Fixture) -> TestResult {
    let _alone = ALONE.lock();
    let bsp = bsp_with(fixture, &["greet"])?;
    let main = bsp.path("applications/greet/src/main.rs");
    let right = fs::read_to_string(&main)?;
    fs::write(&main, right.replace("println", "printline"))?;
    let output = process::output(&mut scons(fixture, &bsp)?)?;
    let messages = String::from_utf8_lossy(&output.stderr);
    if output.status.success() || !messages.contains("rtt_mod::printline") {
        return Err(format!("scons ends with {}:\n{messages}", output.status).into());
    }
    // The next build succeeds, and does not link the kernel again.
    fs::write(&main, right)?;
    let printed = process::text(&mut scons(fixture, &bsp)?)?;
    exists(&bsp, "build/modules/greet.mo")?;
    if printed.contains("LINK") { Err(format!("the kernel is linked again:\n{printed}").into()) } else { Ok(()) }
}

/// What RT-Thread's build tools make for other programs, with the package in it. The small tools that come with the tests only
/// list the files.
fn exports(fixture: &Fixture) -> TestResult {
    let _alone = ALONE.lock();
    let bsp = bsp_with(fixture, &[])?;
    for target in ["vsc", "cmake", "makefile", "eclipse"] {
        let output = process::output(scons(fixture, &bsp)?.arg(format!("--target={target}")))?;
        let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        if !output.status.success() || printed.contains("Error") {
            return Err(format!("`scons --target={target}` ends with {}:\n{printed}", output.status).into());
        }
    }
    Ok(())
}

fn cmake_builds(fixture: &Fixture) -> TestResult {
    setup::ensure(&[Need::CMake])?;
    let folder = fixture.firmware.elf.with_file_name("cmake");
    firmware::write_cmake_project(fixture.board, &folder)?;
    process::run(setup::tool("cmake").arg("-S").arg(&folder).arg("-B").arg(folder.join("build")))?;
    process::run(setup::tool("cmake").arg("--build").arg(folder.join("build")).arg("-j2"))?;
    let elf = folder.join("build/rtthread.elf");
    let mut session = Session::boot(&Machine::new(fixture.board, &elf, fixture.card()))?;
    session.run("mod run hello a")?.prints("argument 1: a")?.prints("exit code 0")?;
    Ok(())
}

fn python_tests(fixture: &Fixture) -> TestResult {
    setup::ensure(&[Need::Scons, Need::Kconfiglib])?;
    let mut python = setup::python();
    python.current_dir(fixture.source("kernel-glue")).env("PYTHONDONTWRITEBYTECODE", "1");
    python.env("RTT_ROOT", firmware::rt_thread_root()?);
    Ok(process::run(python.args(["-m", "unittest", "discover", "-s", "rttm_build/tests", "-t", "."]))?)
}

fn wraps(fixture: &Fixture) -> TestResult {
    compare_wraps(fixture, fixture.board)
}

fn wraps_without_modules(fixture: &Fixture) -> TestResult {
    firmware::build(&WITHOUT_MODULES)?;
    compare_wraps(fixture, &WITHOUT_MODULES)
}

fn compare_wraps(fixture: &Fixture, board: &Board) -> TestResult {
    setup::ensure(&[Need::Scons])?;
    let mut python = setup::tool("python3");
    python.current_dir(fixture.source("kernel-glue")).env("PYTHONDONTWRITEBYTECODE", "1");
    let script = "import sys; from rttm_build import wraps; \
                  symbols = dict(word.split('=', 1) for word in sys.argv[1:]); \
                  print(*wraps.functions(lambda name: name in symbols and (symbols[name] or True)))";
    let printed = process::text(python.args(["-c", script]).args(firmware::configuration(board)?))?;
    let mut of_scons: Vec<_> = printed.split_whitespace().collect();
    let of_glue = firmware::glue_wraps(board)?;
    let mut of_glue: Vec<_> = of_glue.iter().map(String::as_str).collect();
    of_scons.sort_unstable();
    of_glue.sort_unstable();
    if of_scons != of_glue {
        return Err(format!("SCons wraps {of_scons:?}, and the glue replaces {of_glue:?}").into());
    }
    Ok(())
}

fn bsp_with(fixture: &Fixture, applications: &[&str]) -> Result<Bsp, Box<dyn std::error::Error>> {
    let folder = fixture.firmware.elf.with_file_name("scons");
    let bsp = Bsp::put_together(&folder, fixture.board, firmware::version()?, None)?;
    for name in applications {
        let mut new = fixture.mkmod.command();
        new.current_dir(bsp.path("applications")).args(["new", name, "--rtt-mod"]).arg(fixture.source("rtt-mod"));
        process::run(&mut new)?;
    }
    Ok(bsp)
}

fn scons(fixture: &Fixture, bsp: &Bsp) -> Result<std::process::Command, Box<dyn std::error::Error>> {
    setup::ensure(&[Need::Scons])?;
    Ok(bsp.scons(&fixture.mkmod, &firmware::rt_thread_root()?))
}

fn exists(bsp: &Bsp, made: &str) -> Result<(), String> {
    if bsp.path(made).exists() { Ok(()) } else { Err(format!("scons has not made {made}")) }
}
