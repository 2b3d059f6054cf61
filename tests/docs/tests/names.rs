//! What the pages name exists: options, functions of the module ABI, end-to-end tests.

use std::fs;
use std::path::Path;

use docs_test::{Page, pages, root};

#[test]
fn options_are_in_kconfig_and_variables_in_the_host() {
    let (kconfig, host) = (read("kernel-glue/Kconfig"), read("rtt-mod/host/src/file/mod.rs"));
    let is_known = |name: &str| kconfig.contains(&format!("config {name}\n")) || host.contains(&format!("\"{name}\""));
    assert_known(|span| is_name(span, "RTT_MOD_"), is_known);
}

#[test]
fn functions_are_in_the_headers() {
    let headers: String = read_folder("kernel-glue/include");
    let is_declared = |name: &str| headers.contains(&format!("{name}(")) || headers.contains(&format!("struct {name}"));
    let is_package = |name: &str| root().join("kernel-glue").join(name).exists();
    assert_known(|span| is_name(span, "rttm_"), |name| is_declared(name) || is_package(name));
}

#[test]
fn end_to_end_tests_are_in_their_crate() {
    let groups = read_folder("tests/e2e/groups");
    let is_test = |span: &str| span.starts_with("an385::") && span.matches("::").count() == 2;
    let name = |span: &str| span.rsplit("::").next().unwrap_or_default().to_owned();
    assert_known(is_test, |span| groups.contains(&format!("\"{}\"", name(span))));
    for page in current_pages() {
        for group in groups_in(&page.text) {
            assert!(
                groups.contains(&format!("(\"{group}\", ")),
                "{}: there is no group `{group}`",
                page.path.display()
            );
        }
    }
}

/// Fails unless each text in backquotes that is a name is a known one.
fn assert_known(is_name: impl Fn(&str) -> bool, is_known: impl Fn(&str) -> bool) {
    let pages = current_pages();
    let names = pages.iter().flat_map(|page| page.code_spans.iter().map(move |span| (&page.path, span)));
    let unknown = names.filter(|(_, span)| is_name(span) && !is_known(span));
    let unknown: Vec<_> = unknown.map(|(page, span)| format!("{}: there is no `{span}`", page.display())).collect();
    assert!(unknown.is_empty(), "{}", unknown.join("\n"));
}

/// All but that of the past.
fn current_pages() -> Vec<Page> {
    let mut pages = pages().unwrap();
    pages.retain(|page| page.path != Path::new("CHANGELOG.md"));
    pages
}

fn is_name(span: &str, prefix: &str) -> bool {
    span.starts_with(prefix) && span.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// `a` and `b` of "the groups `a` and `b`".
fn groups_in(text: &str) -> Vec<&str> {
    let lists = text.match_indices("group").filter_map(|(at, word)| {
        let rest = &text[at + word.len()..];
        rest.strip_prefix("s ").or_else(|| rest.strip_prefix(' ')).filter(|rest| rest.starts_with('`'))
    });
    lists.flat_map(names_in_list).collect()
}

fn names_in_list(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.strip_prefix('`').and_then(|quoted| quoted.split_once('`')) {
        names.push(name);
        rest = after.trim_start_matches(',').trim_start().trim_start_matches("and").trim_start();
    }
    names
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

fn read_folder(path: &str) -> String {
    let files = fs::read_dir(root().join(path)).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|file| file.is_file()).map(|file| fs::read_to_string(file).unwrap()).collect()
}

#[test]
fn groups_are_read_from_sentences() {
    assert_eq!(groups_in("the groups `a`, `b` and `c` in `d`, the group `e`. A group of `f`"), ["a", "b", "c", "e"]);
}
