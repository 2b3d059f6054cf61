//! Follows each page as a reader would: runs its commands, on the host and on real RT-Thread in QEMU, and compares what
//! they print with what the page says.
//!
//! A test is called `an385::docs::PAGE`. `cargo test -p docs-test --test replay -- docs` runs all. With `UPDATE_DOCS=1`,
//! what differs is written into the page.

mod host;
mod reader;
mod update;

use std::env;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use docs_test::{Page, pages};
use e2e::Fixture;
use firmware::{BOARDS, Board};
use libtest_mimic::{Arguments, Failed, Trial};

use crate::reader::{Mode, Reader};

/// Makes a page anew instead of comparing it.
const UPDATE: &str = "UPDATE_DOCS";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if arguments.filter.is_none() && !arguments.include_ignored && !arguments.list {
        println!("pages: none without a filter; `cargo test -p docs-test --test replay -- docs` follows all");
        return ExitCode::SUCCESS;
    }
    match trials(&arguments) {
        Ok(trials) => libtest_mimic::run(&arguments, trials).exit_code(),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// One for each page with a console session.
fn trials(arguments: &Arguments) -> Result<Vec<Trial>, Box<dyn Error>> {
    let board = &BOARDS[0];
    let mode = if env::var_os(UPDATE).is_some() { Mode::Update } else { Mode::Compare };
    let is_asked_for = |page: &Page| arguments.filter.as_ref().is_none_or(|filter| name(board, page).contains(filter));
    let pages: Vec<_> = pages()?.into_iter().filter(|page| has_session(page) && is_asked_for(page)).collect();
    if arguments.list {
        return Ok(pages.iter().map(|page| Trial::test(name(board, page), || Ok(()))).collect());
    }
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let fixture = Arc::new(Fixture::build(board)?);
    let trial = |page: Page| {
        let fixture = Arc::clone(&fixture);
        Trial::test(name(board, &page), move || follow(&page, &fixture, mode))
    };
    Ok(pages.into_iter().map(trial).collect())
}

/// A translation has the sessions of its original: that is a test of its own.
fn has_session(page: &Page) -> bool {
    page.blocks_in("console").next().is_some() && !page.is_translation()
}

/// `an385::docs::first-app` for `docs/first-app.md`.
fn name(board: &Board, page: &Page) -> String {
    let path = page.path.with_extension("").display().to_string();
    format!("{}::docs::{}", board.name, path.trim_start_matches("docs/").replace('/', "::"))
}

fn follow(page: &Page, fixture: &Fixture, mode: Mode) -> Result<(), Failed> {
    let mut reader = Reader::new(page, fixture, mode)?;
    let mut changed = Vec::new();
    for block in &page.blocks {
        if let Some(code) = reader.follow(block)? {
            changed.push((block.range.clone(), code));
        }
    }
    update::write(page, &changed)?;
    Ok(())
}
