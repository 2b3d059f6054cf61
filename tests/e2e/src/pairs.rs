//! The same program in C and in Rust: what each takes of the file system, of the heap and of the processor.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use qemu::{Machine, Marks};
use setup::process;

use crate::{Fixture, Session, c_module, words};

/// The pairs, each with the arguments that it is called with.
pub const PAIRS: &[(&str, &str)] = &[
    ("hello", "a \"b c\""),
    ("fmt", ""),
    ("sem", ""),
    ("queue", ""),
    ("copy", ""),
    ("crc", ""),
    ("sort", ""),
    ("json", ""),
    ("map", ""),
    ("strings", ""),
    ("filter", ""),
    ("sha256", ""),
    ("matrix", ""),
    ("workers", ""),
    ("ticks", ""),
    ("lines", ""),
];

/// A program in C and in Rust.
#[derive(Debug)]
pub struct Pair {
    /// The name of the pair.
    pub name: &'static str,
    /// What it takes in C.
    pub c: Cost,
    /// What it takes in Rust.
    pub rust: Cost,
}

/// What a program takes.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// Bytes of the file.
    pub file: u64,
    /// Bytes of RAM for the image: the span of its segments.
    pub image: u64,
    /// The most bytes of the kernel's heap at once, from the load to the end. It has image, stacks and kernel objects.
    pub peak: u64,
    /// Instructions between the marks in `main`.
    pub work: u64,
}

/// A figure of each program.
#[derive(Debug)]
pub struct Column {
    /// What it is.
    pub title: &'static str,
    figure: fn(&Cost) -> u64,
    /// The largest geometric mean.
    limit: f64,
}

/// The figures that are compared.
pub const COLUMNS: &[Column] = &[
    Column { title: "file", figure: |cost| cost.file, limit: 1.25 },
    Column { title: "image", figure: |cost| cost.image, limit: 1.1 },
    Column { title: "peak heap", figure: |cost| cost.peak, limit: 1.05 },
    Column { title: "work", figure: |cost| cost.work, limit: 1.12 },
];

/// The modules of the pair `name`: in C, and in Rust.
///
/// # Errors
/// When one of them does not build.
pub fn build(fixture: &Fixture, name: &str, folder: &Path) -> Result<[PathBuf; 2], process::Error> {
    let in_c = folder.join(format!("c_{name}.mo"));
    c_module::build(fixture, &fixture.source("tests/cases/pairs/c").join(name).with_extension("c"), &in_c)?;
    Ok([in_c, build_case(fixture, &format!("rust_{name}"))?])
}

/// Builds the program `name` of `tests/cases`, and returns the module.
///
/// # Errors
/// When it does not build.
pub fn build_case(fixture: &Fixture, name: &str) -> Result<PathBuf, process::Error> {
    let mut build = fixture.mkmod.command();
    build.current_dir(fixture.source("tests/cases"));
    process::run(build.args(["build", "--target", fixture.board.target, "--", "--bin", name]))?;
    Ok(fixture.mkmod.module(fixture.board.target, name))
}

/// The file that `copy` and `crc` read.
pub fn data() -> Vec<u8> {
    (0..65_536u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// Measures all pairs.
///
/// # Errors
/// When a program does not build or does not end with 0.
pub fn measure(fixture: &Fixture) -> Result<Vec<Pair>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let pair = |&(name, arguments): &(&'static str, &str)| {
        let [c, rust] = build(fixture, name, folder.path())?;
        Ok(Pair { name, c: cost(fixture, &c, arguments)?, rust: cost(fixture, &rust, arguments)? })
    };
    PAIRS.iter().map(pair).collect()
}

fn cost(fixture: &Fixture, module: &Path, arguments: &str) -> Result<Cost, Box<dyn Error>> {
    let bytes = fs::read(module)?;
    let marks = Marks::new()?;
    let folder = tempfile::tempdir()?;
    let image = folder.path().join("card.img");
    let mut card = firmware::Card::default();
    card.put("it.mo", bytes.clone());
    card.put("data.bin", data());
    card.put_file(&build_case(fixture, "rust_filler")?)?;
    card.write_image(&image)?;
    let mut session = Session::boot(&Machine { arguments: marks.arguments(), ..fixture.machine(&image) })?;
    session.run("mod load rust_filler.mo")?.prints("loaded")?;
    let before = session.settled_memory()?;
    session.run(&format!("mod run it {arguments}"))?.prints("exit code 0\n")?;
    let printed = session.run("free")?;
    let most = words::most_memory_in(printed.text()).ok_or_else(|| printed.failed("`free` shows no maximum"))?;
    let work = marks
        .counts()?
        .first()
        .copied()
        .ok_or_else(|| printed.failed(&format!("`{}` came to no mark", module.display())))?;
    let (file, image) = (bytes.len() as u64, image_bytes(&bytes).ok_or("the file has no segments")?);
    Ok(Cost { file, image, peak: (most - before) as u64, work })
}

/// The bytes from the beginning of the first segment to the end of the last one, of a little-endian ELF file of 32 bits.
fn image_bytes(file: &[u8]) -> Option<u64> {
    const LOAD: u32 = 1;
    let word = |at: usize| Some(u32::from_le_bytes(file.get(at..at + 4)?.try_into().ok()?));
    let half = |at: usize| Some(usize::from(u16::from_le_bytes(file.get(at..at + 2)?.try_into().ok()?)));
    let (table, size, count) = (word(28)? as usize, half(42)?, half(44)?);
    let header = |index: usize| {
        let at = table + index * size;
        Some((word(at)? == LOAD, u64::from(word(at + 8)?), u64::from(word(at + 20)?)))
    };
    let loaded = (0..count).filter_map(header).filter(|(is_loaded, ..)| *is_loaded);
    let (start, end) = loaded.fold((u64::MAX, 0), |(start, end), (_, at, size)| (start.min(at), end.max(at + size)));
    end.checked_sub(start)
}

/// Prints the pairs.
///
/// # Errors
/// When a geometric mean is above its limit, or when a program does not run.
pub fn compare(fixture: &Fixture) -> Result<(), Box<dyn Error>> {
    let pairs = measure(fixture)?;
    println!("{}", table(&pairs));
    match COLUMNS.iter().find(|column| column.mean(&pairs) > column.limit) {
        Some(Column { title, limit, .. }) => Err(format!("`{title}` is above {limit} times that of C").into()),
        None => Ok(()),
    }
}

impl Column {
    /// Rust's figure divided by C's.
    pub fn ratio(&self, pair: &Pair) -> f64 {
        (self.figure)(&pair.rust) as f64 / (self.figure)(&pair.c) as f64
    }

    /// The geometric mean of the ratios.
    pub fn mean(&self, pairs: &[Pair]) -> f64 {
        geometric_mean(pairs.iter().map(|pair| self.ratio(pair)))
    }
}

/// The geometric mean of some ratios.
pub fn geometric_mean(ratios: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = ratios.len() as f64;
    (ratios.map(f64::ln).sum::<f64>() / count).exp()
}

/// The pairs as a table in Markdown.
pub fn table(pairs: &[Pair]) -> String {
    let titles: String = COLUMNS.iter().map(|column| format!(" {}: C | Rust | ratio |", column.title)).collect();
    let mut lines = vec![format!("| pair |{titles}"), format!("|---|{}", "--:|--:|--:|".repeat(COLUMNS.len()))];
    for pair in pairs {
        let figures = COLUMNS.iter().map(|column| {
            let (c, rust) = ((column.figure)(&pair.c), (column.figure)(&pair.rust));
            format!(" {c} | {rust} | {:.2} |", column.ratio(pair))
        });
        lines.push(format!("| `{}` |{}", pair.name, figures.collect::<String>()));
    }
    let means = COLUMNS.iter().map(|column| format!(" | | **{:.2}** |", column.mean(pairs)));
    lines.push(format!("| geometric mean |{}", means.collect::<String>()));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_have_a_geometric_mean() {
        assert!((geometric_mean([0.5, 2.0, 1.0].into_iter()) - 1.0).abs() < 1e-9);
        assert!((geometric_mean([2.0, 8.0].into_iter()) - 4.0).abs() < 1e-9);
    }
}
