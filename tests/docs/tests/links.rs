//! Every link leads to a file or a heading that is there, and every path that a page names exists.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use docs_test::{Page, pages, root};

/// Folders of the repository: a text in backquotes that begins with one is the path of a file.
const FOLDERS: &[&str] =
    &["docs/", "examples/", "kernel-glue/", "mkmod/", "rtt-mod/", "rtt-mod-macros/", "tests/", "xtask/"];

#[test]
fn links_lead_somewhere() {
    let pages = by_path();
    let broken: Vec<_> =
        pages.values().flat_map(|page| page.links.iter().filter_map(|link| fault(&pages, page, link))).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// But for those of the past.
#[test]
fn paths_in_backquotes_exist() {
    let missing: Vec<_> = by_path()
        .values()
        .filter(|page| page.path != Path::new("CHANGELOG.md"))
        .flat_map(|page| page.code_spans.iter().filter(|span| is_path(span)).map(move |span| (&page.path, span)))
        .filter(|(_, span)| !exists(span))
        .map(|(page, span)| format!("{}: there is no `{span}`", page.display()))
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// mdBook copies the pages of `docs` and nothing else.
#[test]
fn the_book_refers_to_its_own_pages_only() {
    for page in by_path().values().filter(|page| page.path.starts_with("docs")) {
        for link in page.links.iter().filter(|link| !is_url(link)) {
            let target = resolved(page, link).0;
            assert!(target.starts_with("docs"), "{}: the book has no {link}", page.path.display());
        }
    }
}

#[test]
fn the_summary_has_every_page_of_the_book_once() {
    let pages = by_path();
    let summary = &pages[Path::new("docs/SUMMARY.md")];
    let mut listed: Vec<_> = summary.links.iter().map(|link| resolved(summary, link).0).collect();
    listed.sort();
    let is_chapter = |path: &&PathBuf| path.starts_with("docs") && **path != summary.path;
    let chapters: Vec<_> = pages.keys().filter(is_chapter).cloned().collect();
    assert_eq!(listed, chapters);
}

fn by_path() -> BTreeMap<PathBuf, Page> {
    pages().unwrap().into_iter().map(|page| (page.path.clone(), page)).collect()
}

/// What is wrong with a link, if anything is.
fn fault(pages: &BTreeMap<PathBuf, Page>, page: &Page, link: &str) -> Option<String> {
    if is_url(link) {
        return None;
    }
    let (target, anchor) = resolved(page, link);
    let is_there = root().join(&target).exists();
    let has_anchor = anchor.is_none_or(|anchor| pages.get(&target).is_some_and(|target| target.has_anchor(anchor)));
    (!is_there || !has_anchor).then(|| format!("{}: the link `{link}` leads nowhere", page.path.display()))
}

/// The file that a link leads to, from the repository's root, and the heading.
fn resolved<'l>(page: &Page, link: &'l str) -> (PathBuf, Option<&'l str>) {
    let (path, anchor) = match link.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor)),
        None => (link, None),
    };
    if path.is_empty() {
        return (page.path.clone(), anchor);
    }
    let folder = page.path.parent().unwrap_or(Path::new(""));
    (without_dots(&folder.join(path)), anchor)
}

fn without_dots(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => _ = result.pop(),
            Component::CurDir => {}
            other => result.push(other),
        }
    }
    result
}

fn is_url(link: &str) -> bool {
    link.starts_with("https://")
}

/// Words with `NAME`, `…` or `*` stand for several paths.
fn is_path(span: &str) -> bool {
    FOLDERS.iter().any(|folder| span.starts_with(folder))
        && !span.contains([' ', '…', '*', '{'])
        && !span.contains("NAME")
}

/// Of a test in a file, `FILE::TEST`, the file.
fn exists(span: &str) -> bool {
    root().join(span.split("::").next().unwrap_or(span)).exists()
}
