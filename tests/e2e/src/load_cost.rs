//! What a load costs by our loader, by RT-Thread's own and at least: QEMU counts instructions, the card its sectors.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use firmware::Card;
use mkmod::pack::{self, Exports};
use mkmod::symbols::Kernel;
use qemu::Machine;

use crate::{Fixture, Session, c_module};

/// The bytes of a sector of the card.
const SECTOR_BYTES: usize = 512;

/// What a load takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Instructions, from the call to its return.
    pub instructions: u32,
    /// Sectors read from the card, those of the file system among them.
    pub sectors: u32,
    /// Bytes of heap in use at most, beside what was in use before.
    pub heap_bytes: u32,
}

/// A module: its load by each loader.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub name: String,
    /// The sectors of our file.
    pub file_sectors: u32,
    /// The bytes of the image of our file.
    pub image_bytes: u32,
    /// By our loader.
    pub ours: Cost,
    /// The file that GCC has linked, by RT-Thread's loader, in a firmware without kernel-glue.
    pub stock: Cost,
    /// The same file by our loader.
    pub foreign: Cost,
    /// The reading of our file, 512 bytes at a time.
    pub least: Cost,
}

impl Row {
    /// How many times the instructions of RT-Thread's loader ours takes.
    pub fn ratio(&self) -> f64 {
        f64::from(self.ours.instructions) / f64::from(self.stock.instructions)
    }
}

/// How the cost of a load grows with one thing.
#[derive(Debug, Clone)]
pub struct Growth {
    /// What there is more and more of.
    pub of: &'static str,
    /// How much of it there is, and what the load costs then.
    pub points: Vec<(u32, Row)>,
}

/// A program that is loaded by each loader.
struct Subject {
    name: String,
    /// The name of its files, without what tells them apart.
    stem: String,
    exports: Exported,
    /// As GCC links it.
    in_c: PathBuf,
    /// As mkmod links or packs it.
    ours: PathBuf,
}

/// What the kernel exports.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Exported {
    /// What it always does.
    Usual,
    /// A thousand functions more.
    Many,
}

/// Counts the load of each module, in firmware with kernel-glue and in such without.
///
/// # Errors
/// When a firmware or a module can't be built, or one is not loaded.
pub fn measure(fixture: &Fixture) -> Result<Vec<Row>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let subjects = subjects(fixture, folder.path())?;
    rows(fixture, &subjects, folder.path())
}

/// Counts how the load of a module grows with its imports, its exports, its image and its relocations.
///
/// # Errors
/// As [`measure`].
pub fn growth(fixture: &Fixture) -> Result<Vec<Growth>, Box<dyn Error>> {
    /// What there is more and more of, how much, what the kernel exports, and the program with as much.
    type Series = (&'static str, &'static [u32], Exported, fn(u32) -> String);
    let all: [Series; 4] = [
        ("imports", &[1, 50, 100, 200, 300, 400, 500], Exported::Many, |count| calls(&many(0..count as usize))),
        ("exports", &[1, 25, 50, 100, 150, 200], Exported::Usual, functions),
        ("KB of image", &[1, 8, 16, 32, 48, 64], Exported::Usual, |kb| constants((kb as usize) << 10)),
        ("relocations", &[1, 500, 1000, 2000, 3000, 4000, 5000], Exported::Usual, |count| addresses(count as usize)),
    ];
    all.into_iter().map(|(of, counts, exports, text)| grow(fixture, of, counts, exports, text)).collect()
}

fn grow(
    fixture: &Fixture,
    of: &'static str,
    counts: &[u32],
    exports: Exported,
    text: fn(u32) -> String,
) -> Result<Growth, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let subject = |&count: &u32| {
        let names = (format!("{count} {of}"), format!("grown{count}"), exports);
        subject(fixture, folder.path(), names, &text(count), Exports::All)
    };
    let subjects = counts.iter().map(subject).collect::<Result<Vec<_>, _>>()?;
    let rows = rows(fixture, &subjects, folder.path())?;
    Ok(Growth { of, points: counts.iter().copied().zip(rows).collect() })
}

/// Loads each of `subjects` in each firmware. `folder` takes the image of the card.
fn rows(fixture: &Fixture, subjects: &[Subject], folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let image = folder.join("card.img");
    card(subjects)?.write_image(&image)?;
    let mut rows = Vec::new();
    for exports in [Exported::Usual, Exported::Many] {
        let mut subjects = subjects.iter().filter(|subject| subject.exports == exports).peekable();
        if subjects.peek().is_none() {
            continue;
        }
        let mut glue = boot(fixture, exports, Loader::Ours, &image)?;
        let mut alone = boot(fixture, exports, Loader::Stock, &image)?;
        for subject in subjects {
            rows.push(row(subject, &mut glue, &mut alone)?);
        }
    }
    Ok(rows)
}

fn row(subject: &Subject, glue: &mut Session, alone: &mut Session) -> Result<Row, Box<dyn Error>> {
    let (ours, in_c) = (format!("/{}.mo", subject.stem), format!("/{}_c.mo", subject.stem));
    let bytes = fs::read(&subject.ours)?;
    Ok(Row {
        name: subject.name.clone(),
        file_sectors: bytes.len().div_ceil(SECTOR_BYTES) as u32,
        image_bytes: mkmod::module::Module::parse(&subject.stem, &bytes)?.image_bytes() as u32,
        ours: cost(glue, &ours)?,
        stock: cost(alone, &in_c)?,
        foreign: cost(glue, &in_c)?,
        least: cost(alone, &format!("{ours} read"))?,
    })
}

fn cost(session: &mut Session, arguments: &str) -> Result<Cost, Box<dyn Error>> {
    let printed = session.run(&format!("load_cost {arguments}"))?;
    let line = printed.line_of("costs")?;
    let figures: Vec<u32> = line.iter().filter_map(|word| word.parse().ok()).collect();
    match figures[..] {
        [instructions, sectors, heap_bytes] => Ok(Cost { instructions, sectors, heap_bytes }),
        _ => Err(printed.failed("`load_cost` did not print three figures").into()),
    }
}

/// Which loader a firmware has.
#[derive(Clone, Copy)]
enum Loader {
    Ours,
    Stock,
}

fn boot(fixture: &Fixture, exports: Exported, loader: Loader, card: &Path) -> Result<Session, Box<dyn Error>> {
    let file = |name: &str| fixture.source("tests/firmware/commands").join(name);
    let mut added = vec![file("load_cost.c")];
    if exports == Exported::Many {
        added.push(file("thousand_exports.c"));
    }
    let name = match exports {
        Exported::Usual => "load-cost",
        Exported::Many => "load-cost-many",
    };
    let firmware = match loader {
        Loader::Ours => firmware::build_with(fixture.board, &format!("rtthread-{name}.elf"), &added)?,
        Loader::Stock => firmware::build_alone_with(fixture.board, &format!("rtthread-alone-{name}.elf"), &added)?,
    };
    Ok(Session::boot(&Machine::new(fixture.board, &firmware.elf, card))?)
}

fn card(subjects: &[Subject]) -> Result<Card, Box<dyn Error>> {
    let mut card = Card::default();
    for subject in subjects {
        card.put(&format!("{}.mo", subject.stem), fs::read(&subject.ours)?);
        card.put(&format!("{}_c.mo", subject.stem), fs::read(&subject.in_c)?);
    }
    Ok(card)
}

fn subjects(fixture: &Fixture, folder: &Path) -> Result<Vec<Subject>, Box<dyn Error>> {
    let hello = folder.join("hello_c.mo");
    c_module::build(fixture, &fixture.source("tests/c/hello.c"), &hello)?;
    let hello = Subject {
        name: "hello".into(),
        stem: "hello".into(),
        exports: Exported::Usual,
        in_c: hello,
        ours: fixture.module("hello")?.clone(),
    };
    let named = |name: &str, stem: &str, exports, text: String| {
        subject(fixture, folder, (name.to_owned(), stem.to_owned(), exports), &text, Exports::Hooks)
    };
    Ok(vec![
        hello,
        named("100 imports", "imports100", Exported::Usual, calls(&kernels_own(fixture)?[..100]))?,
        named("500 imports", "imports500", Exported::Many, calls(&many(0..500)))?,
        subject(
            fixture,
            folder,
            ("100 exports".into(), "exports100".into(), Exported::Usual),
            &functions(100),
            Exports::All,
        )?,
        named("image of 64 KB", "image64", Exported::Usual, constants(64 << 10))?,
        named("1,000 relocations", "relocs1000", Exported::Usual, addresses(1000))?,
        named("5,000 relocations", "relocs5000", Exported::Usual, addresses(5000))?,
    ])
}

/// The program in C `text`, as GCC links it and as `mkmod pack` makes it.
fn subject(
    fixture: &Fixture,
    folder: &Path,
    (name, stem, exports): (String, String, Exported),
    text: &str,
    exported: Exports,
) -> Result<Subject, Box<dyn Error>> {
    let file = |extension: &str| folder.join(&stem).with_extension(extension);
    let (source, in_c, ours) = (file("c"), folder.join(format!("{stem}_c.mo")), file("mo"));
    fs::write(&source, text)?;
    c_module::build(fixture, &source, &in_c)?;
    let packed = pack::pack(&stem, &fs::read(&in_c)?, &stem, exported)?;
    fs::write(&ours, packed.bytes)?;
    Ok(Subject { name, stem, exports, in_c, ours })
}

/// Functions that the kernel exports with kernel-glue and without.
fn kernels_own(fixture: &Fixture) -> Result<Vec<String>, Box<dyn Error>> {
    let alone = Kernel::open(&firmware::build_alone_with(fixture.board, "rtthread-alone-plain.elf", &[])?.elf)?;
    Ok(alone.exports.into_keys().filter(|name| name.starts_with("rt_")).collect())
}

/// Those of `tests/firmware/commands/thousand_exports.c` with these numbers.
fn many(numbers: Range<usize>) -> Vec<String> {
    const FAMILIES: [&str; 10] = [
        "rt_thread",
        "rt_sem",
        "rt_device",
        "rt_pin",
        "rttm_file",
        "rttm_timer",
        "dfs_file",
        "lwip",
        "lv_obj",
        "sensor",
    ];
    numbers.map(|number| format!("{}_control_{:02}", FAMILIES[number % 10], number / 10)).collect()
}

/// A program that calls each of these functions.
fn calls(names: &[String]) -> String {
    let mut text = String::new();
    for name in names {
        let _ = writeln!(text, "void {name}(void);");
    }
    text += "int main(int argc)\n{\n    if (argc < 100)\n        return 0;\n";
    for name in names {
        let _ = writeln!(text, "    {name}();");
    }
    text + "    return 1;\n}\n"
}

/// A program with so many functions that others can call, of about 40 bytes each.
fn functions(count: u32) -> String {
    let function = |number| {
        format!(
            "int exported_{number:03}(const int *values, int count)\n{{\n    int sum = {number};\n    \
             for (int i = 0; i < count; i++)\n        if (values[i] > {number})\n            sum += values[i] * (i ^ {number});\n    \
             return sum;\n}}\n"
        )
    };
    (0..count).map(function).collect::<String>() + "int main(void)\n{\n    return 0;\n}\n"
}

/// A program with so many bytes of constants.
fn constants(bytes: usize) -> String {
    let numbers: Vec<String> = (0..bytes).map(|index| ((index * 7919) >> 3 & 0xff).to_string()).collect();
    let numbers = numbers.join(",");
    format!("static const unsigned char all[] = {{{numbers}}};\nint main(int argc)\n{{\n    return all[argc];\n}}\n")
}

/// A program with a table of so many addresses of its own.
fn addresses(count: usize) -> String {
    let values: Vec<String> = (0..count).map(|index| format!("&values[{}]", index * 7 % 64)).collect();
    let values = values.join(",\n    ");
    format!(
        "int values[64] = {{1}};\nstatic int *const table[] = {{\n    {values}}};\n\
         int main(int argc)\n{{\n    return *table[argc];\n}}\n"
    )
}

/// The instructions of each load, as a table in Markdown.
pub fn instructions(rows: &[Row]) -> String {
    let mut lines = vec![
        "| instructions | ours | C | ours / C | C by our loader | least |".to_owned(),
        "|---|--:|--:|--:|--:|--:|".to_owned(),
    ];
    for row in rows {
        let [ours, stock, foreign, least] = [row.ours, row.stock, row.foreign, row.least].map(|cost| cost.instructions);
        lines.push(format!("| {} | {ours} | {stock} | {:.2} | {foreign} | {least} |", row.name, row.ratio()));
    }
    lines.join("\n") + "\n"
}

/// The sectors and the heap of each load, as a table in Markdown.
pub fn sectors(rows: &[Row]) -> String {
    let mut lines = vec![
        "| | sectors read | of the file | C | bytes of heap at most | of the image | C |".to_owned(),
        "|---|--:|--:|--:|--:|--:|--:|".to_owned(),
    ];
    for Row { name, ours, stock, file_sectors, image_bytes, .. } in rows {
        lines.push(format!(
            "| {name} | {} | {file_sectors} | {} | {} | {image_bytes} | {} |",
            ours.sectors, stock.sectors, ours.heap_bytes, stock.heap_bytes
        ));
    }
    lines.join("\n") + "\n"
}
