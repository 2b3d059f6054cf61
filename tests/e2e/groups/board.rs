//! `mkmod run`, `send`, `ls`, `get`, `rm`: a board that is used over its console, as a user does.

use std::cell::Cell;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use e2e::Fixture;
use mkmod::board::{self, Board, BoardError, FileSum, Line, PortName};
use qemu::{Lossy, Machine, Port, Sockets};
use setup::process;

use super::used_board::{Used, expect, mkmod_at, prints, text};
use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_module_runs_as_if_it_were_here", runs),
    ("a_module_that_has_changed_is_sent", sends_what_has_changed),
    ("what_is_typed_reaches_the_module", types),
    ("an_interrupt_ends_the_module", interrupt),
    ("cargo_run_runs_on_the_board", cargo_run),
    ("files_are_sent_listed_read_and_deleted", files),
    ("what_would_not_load_does_not_replace_what_does", refused),
    ("a_serial_port_is_as_good", over_a_serial_port),
    ("a_send_that_is_cut_leaves_the_old_file", cut),
    ("a_board_that_is_reset_gets_the_file_all_the_same", reset),
    ("a_large_file_takes_little_more_than_its_bytes", rate),
    ("fifty_of_fifty_files_arrive_while_a_program_prints_and_bytes_get_lost", fifty),
    ("fifty_of_fifty_files_arrive_over_a_serial_port", fifty_over_a_serial_port),
];

/// Output, arguments, exit codes, a panic, a fault.
fn runs(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let hello = text(fixture.module("hello")?);
    let said = board.gives(0, &["run", &hello, "--", "a", "b c", "--to"])?;
    prints(&said, "Hello from Rust on RT-Thread!\nargument 1: a\nargument 2: b c\nargument 3: --to\n")?;
    // As cargo calls it.
    let program = text(&fixture.module("status")?.with_extension(""));
    board.gives(7, &["run", &program, "7", "--port"])?;
    prints(&board.gives(101, &["run", "panic"])?, "index out of bounds")?;
    prints(&board.gives(102, &["run", "faulty", "access"])?, "module 'faulty', thread 'faulty': ")?;
    prints(&board.gives(1, &["run", "nothing"])?, "there is no such module")?;
    board.gives(0, &["run", "greeter"])?;
    Ok(())
}

/// It is sent when it is another one, and not when it is the same.
fn sends_what_has_changed(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let hello = text(fixture.module("hello")?);
    let again = |said: String| if said.contains("sent") { Err(format!("it was sent:\n{said}")) } else { Ok(()) };
    again(board.gives(0, &["run", &hello])?)?;
    let status = fixture.module("status")?;
    let run = ["run", "--to", "/hello.mo", &text(status), "3"];
    prints(&board.gives(3, &run)?, "sent /hello.mo")?;
    again(board.gives(3, &run)?)?;
    prints(&board.gives(0, &["run", &hello])?, "Hello from Rust")?;
    Ok(())
}

/// The standard input, up to its end.
fn types(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let folder = tempfile::tempdir()?;
    let input = folder.path().join("input");
    let lines: String = (0..40).map(|line| format!("line number {line}\n")).collect();
    fs::write(&input, lines)?;
    let mut command = board.mkmod(&["run", "lines"]);
    let output = command.stdin(fs::File::open(input)?).output()?;
    let said = expect(0, &output, &["run", "lines"])?;
    prints(&said, "40: 14 characters in `line number 39`")?;
    prints(&said, "40 lines")
}

/// Ctrl-C in a terminal sends this signal.
fn interrupt(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let run = board.mkmod(&["run", "chatter"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    thread::sleep(Duration::from_secs(4));
    process::run(Command::new("kill").args(["-INT", &run.id().to_string()]))?;
    let said = expect(255, &run.wait_with_output()?, &["run", "chatter"])?;
    prints(&said, "chatter says ~line~ 3, and goes on")?;
    board.gives(7, &["run", "status", "7"])?;
    Ok(())
}

/// As `.cargo/config.toml` of an application says it: `runner = "mkmod run"`.
fn cargo_run(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let target = fixture.board.target;
    let mut cargo = board.cargo("examples")?;
    cargo.args(["run", "--release", "--quiet", "--target", target, "--bin", "status", "--", "5"]);
    let runner = format!("CARGO_TARGET_{}_RUNNER", target.to_uppercase().replace(['-', '.'], "_"));
    cargo.env(runner, "mkmod run");
    expect(5, &cargo.output()?, &["run", "by cargo"])?;
    Ok(())
}

fn files(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let folder = tempfile::tempdir()?;
    for size in [0, 1, 511, 512, 513, 8192, 8193, 40_000_usize] {
        let bytes: Vec<u8> = (0..size).map(|index| ((index * index) >> 3) as u8).collect();
        let (there, back) = (text(&folder.path().join("there")), text(&folder.path().join("back")));
        fs::write(&there, &bytes)?;
        prints(&board.gives(0, &["send", &there, "--to", "/data"])?, &format!("sent /data, {size} bytes"))?;
        prints(&board.gives(0, &["ls"])?, &format!("{size:>10}  data\n"))?;
        if size < 10_000 {
            board.gives(0, &["get", "/data", "--output", &back])?;
            if fs::read(&back)? != bytes {
                return Err(format!("the file of {size} bytes comes back as another one").into());
            }
        }
    }
    board.gives(0, &["rm", "/data"])?;
    let left = board.gives(0, &["ls", "/"])?;
    if left.contains("data") || left.contains(".part") {
        return Err(format!("the file is not gone:\n{left}").into());
    }
    prints(&board.gives(1, &["rm", "/data"])?, "/data: no such file")?;
    prints(&board.gives(1, &["ls", "/none"])?, "/none: no such folder")
}

/// A damaged module, and one with an import that the kernel lacks.
fn refused(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let folder = tempfile::tempdir()?;
    let half = folder.path().join("half.mo");
    let whole = fs::read(fixture.module("hello")?)?;
    fs::write(&half, &whole[..whole.len() / 2])?;
    for (module, reason) in [(&half, "cut off"), (fixture.module("missing")?, "no_such_function")] {
        prints(&board.gives(1, &["send", &text(module), "--to", "/status.mo"])?, reason)?;
        board.gives(7, &["run", "status", "7"])?;
    }
    let left = board.gives(0, &["ls"])?;
    if left.contains(".part") { Err(left.into()) } else { prints(&left, "status.mo") }
}

fn over_a_serial_port(fixture: &Fixture) -> TestResult {
    let port = Port::serial(&fixture.machine(fixture.card()))?;
    let status = fixture.module("status")?;
    for _ in 0..5 {
        let arguments = ["send", &text(status), "--to", "/sent.mo"];
        let said = expect(0, &mkmod_at(fixture, port.name(), &arguments).output()?, &arguments)?;
        prints(&said, &format!("sent /sent.mo, {} bytes", fs::metadata(status)?.len()))?;
    }
    expect(9, &mkmod_at(fixture, port.name(), &["run", "sent", "9"]).output()?, &["run", "sent", "9"])?;
    Ok(())
}

/// The next send does not wait for the board to miss the first one.
fn cut(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let folder = tempfile::tempdir()?;
    let large = folder.path().join("large");
    fs::write(&large, vec![b'x'; 4_000_000])?;
    let mut send = board.mkmod(&["send", &text(&large), "--to", "/status.mo"]).spawn()?;
    thread::sleep(Duration::from_secs(2));
    send.kill()?;
    send.wait()?;
    prints(&board.gives(0, &["ls"])?, "status.mo.part")?;
    board.gives(7, &["run", "status", "7"])?;
    board.gives(0, &["send", &text(fixture.module("hello")?), "--to", "/status.mo"])?;
    prints(&board.gives(0, &["run", "status"])?, "Hello from Rust")
}

fn reset(fixture: &Fixture) -> TestResult {
    let sockets = Sockets::new()?;
    let machine = Machine { sockets: sockets.arguments().into(), ..fixture.machine(fixture.card()) };
    let port = Port::tcp(&machine)?;
    let bytes = random_bytes(60_000);
    let mut board = Board::connect(board::open(&port.name().parse()?, board::BAUD)?)?;
    let (mut resets, mut begins) = (0, 0);
    board.put("/file", &bytes, |arrived| {
        begins += usize::from(arrived == 0);
        if arrived > 30_000 && resets == 0 {
            resets += usize::from(sockets.reset().is_ok());
        }
    })?;
    if (resets, begins) != (1, 2) {
        return Err(format!("{resets} resets, and the file was begun {begins} times").into());
    }
    match board.sum("/file")? == Some(FileSum::of(&bytes)) {
        true => Ok(()),
        false => Err("the file is another one".into()),
    }
}

/// The bytes on the line in both directions, and what the latency of an adapter costs at 115,200 bits a second each time that
/// mkmod waits for the board. FTDI's takes 16 ms.
fn rate(fixture: &Fixture) -> TestResult {
    const LATENCY_BYTES: usize = 16 * 11_520 / 1000;
    let port = Port::tcp(&fixture.machine(fixture.card()))?;
    let counts = Rc::new(Counts::default());
    let line = board::open(&port.name().parse()?, board::BAUD)?;
    let mut board = Board::connect(Counting { line, counts: Rc::clone(&counts) })?;
    counts.begin();
    board.put("/file", &random_bytes(100_000), |_| {})?;
    let (bytes, turns) = (counts.bytes.get(), counts.turns.get());
    let all = bytes + turns * LATENCY_BYTES;
    match 100_000 * 100 >= 90 * all {
        true => Ok(()),
        false => Err(format!("{bytes} bytes and {turns} turns for 100,000 bytes").into()),
    }
}

fn random_bytes(count: usize) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(1);
    std::iter::repeat_with(|| random.u8(..)).take(count).collect()
}

#[derive(Default)]
struct Counts {
    bytes: Cell<usize>,
    /// How often something was read after something was written.
    turns: Cell<usize>,
    is_writing: Cell<bool>,
}

impl Counts {
    fn begin(&self) {
        self.bytes.set(0);
        self.turns.set(0);
    }
}

/// A line that counts what goes over it, and is no faster to the board than a real one: QEMU's would be too fast for the
/// receive buffer.
struct Counting {
    line: Box<dyn Line>,
    counts: Rc<Counts>,
}

impl Line for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.counts.bytes.update(|count| count + bytes.len());
        self.counts.is_writing.set(true);
        for few in bytes.chunks(64) {
            self.line.write(few)?;
            thread::sleep(Duration::from_micros(64 * 1_000_000 / 11_520));
        }
        Ok(())
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        let length = self.line.read(into, limit)?;
        self.counts.bytes.update(|count| count + length);
        self.counts.turns.update(|count| count + usize::from(self.counts.is_writing.replace(false)));
        Ok(length)
    }
}

/// A byte in 10,000 is lost in each direction.
fn fifty(fixture: &Fixture) -> TestResult {
    let board = Used::new(fixture)?;
    let folder = tempfile::tempdir()?;
    start_chatter(fixture, board.port.name())?;
    let file = folder.path().join("file");
    let line = Lossy::new(board.port.name(), 10_000, 7)?;
    for round in 0..50_u32 {
        fs::write(&file, file_of(round))?;
        let arguments = ["send", &text(&file), "--to", "/file"];
        let said = expect(0, &mkmod_at(fixture, line.name(), &arguments).output()?, &arguments)?;
        prints(&said, "sent /file, 20000 bytes").map_err(|error| format!("file {round}: {error:?}"))?;
    }
    if line.lost() < 50 {
        return Err(format!("the line has lost only {} bytes", line.lost()).into());
    }
    prints(&board.gives(0, &["run", "sleeper"])?, "chatter says")
}

/// The same through the driver of serial ports. Here the bytes are dropped on this side of it.
fn fifty_over_a_serial_port(fixture: &Fixture) -> TestResult {
    let port = Port::serial(&fixture.machine(fixture.card()))?;
    start_chatter(fixture, port.name())?;
    let lost = Rc::new(Cell::new(0));
    let name = port.name().parse()?;
    for round in 0..50_u32 {
        let line = opened(&name)?;
        let random = fastrand::Rng::with_seed(round.into());
        let mut board = Board::connect(Dropping { line, random, lost: Rc::clone(&lost) })?;
        let bytes = file_of(round);
        board.put("/file", &bytes, |_| {}).map_err(|error| format!("file {round}: {error}"))?;
        if board.sum("/file")? != Some(FileSum::of(&bytes)) {
            return Err(format!("file {round} is another one").into());
        }
        board.goodbye()?;
    }
    if lost.get() < 50 {
        return Err(format!("the line has lost only {} bytes", lost.get()).into());
    }
    let said = mkmod_at(fixture, port.name(), &["run", "sleeper"]).output()?;
    prints(&expect(0, &said, &["run", "sleeper"])?, "chatter says")
}

/// The port, which was closed just before. A process that another test starts meanwhile has it open too, until its program runs.
fn opened(name: &PortName) -> Result<Box<dyn Line + Send>, BoardError> {
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        match board::open(name, board::BAUD) {
            Err(_) if Instant::now() < deadline => thread::sleep(Duration::from_millis(20)),
            result => return result,
        }
    }
}

/// A program that prints 50 lines a second.
fn start_chatter(fixture: &Fixture, port: &str) -> TestResult {
    // A board that boots does not hear what is typed. `ls` waits for it.
    expect(0, &mkmod_at(fixture, port, &["ls"]).output()?, &["ls"])?;
    let folder = tempfile::tempdir()?;
    let shell = folder.path().join("shell");
    fs::write(&shell, "\rmod start chatter\r")?;
    let said = mkmod_at(fixture, port, &["monitor"]).stdin(fs::File::open(shell)?).output()?;
    prints(&expect(0, &said, &["monitor"])?, "chatter says")
}

fn file_of(round: u32) -> Vec<u8> {
    (0..20_000_u32).map(|index| (index.wrapping_mul(round + 3) >> 4) as u8).collect()
}

/// A line that loses a byte in 10,000, in each direction.
struct Dropping {
    line: Box<dyn Line>,
    random: fastrand::Rng,
    lost: Rc<Cell<usize>>,
}

impl Dropping {
    fn keeps(&mut self) -> bool {
        let is_lost = self.random.u32(..10_000) == 0;
        self.lost.update(|lost| lost + usize::from(is_lost));
        !is_lost
    }
}

impl Line for Dropping {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let kept: Vec<_> = bytes.iter().copied().filter(|_| self.keeps()).collect();
        self.line.write(&kept)
    }

    fn read(&mut self, into: &mut [u8], limit: Duration) -> io::Result<usize> {
        let length = self.line.read(into, limit)?;
        let kept: Vec<_> = into[..length].iter().copied().filter(|_| self.keeps()).collect();
        into[..kept.len()].copy_from_slice(&kept);
        Ok(kept.len())
    }
}
