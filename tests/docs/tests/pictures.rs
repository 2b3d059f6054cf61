//! The pictures of `ARCHITECTURE.md` are those of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use docs_test::{Page, root};

/// Where a picture has the crates, and what is between them.
const CRATES: usize = 0;
/// Where a picture has the rooms of kernel-glue.
const ROOMS: usize = 1;
/// Where a picture has the states of a module.
const STATES: usize = 3;

/// From the one that uses to the one that is used.
type Arrow = (String, String);

#[test]
fn the_crates_use_each_other_as_drawn() {
    let picture = picture(CRATES);
    let crates: BTreeSet<_> = picture.labels.values().filter(|label| is_crate(label)).cloned().collect();
    let drawn = picture.arrows.into_iter().filter(|(from, to)| crates.contains(from) && crates.contains(to));
    let drawn: BTreeSet<_> = drawn.collect();
    let used: BTreeSet<_> = crates.iter().flat_map(|from| dependencies(from, &crates)).collect();
    assert!(crates.len() >= 5, "only {crates:?} are drawn");
    assert_eq!(drawn, used);
}

#[test]
fn the_rooms_use_each_other_as_drawn() {
    let arrows = picture(ROOMS).arrows;
    let order: Vec<_> =
        arrows.iter().map(|(from, _)| from.as_str()).chain(arrows.last().map(|(_, to)| to.as_str())).collect();
    let listed = order.iter().map(|room| format!("\"{room}\"")).collect::<Vec<_>>().join(", ");
    let rule = fs::read_to_string(root().join("tests/house/src/rooms.rs")).unwrap();
    assert!(rule.contains(&listed), "tests/house has not {listed}");
    for room in order {
        assert!(root().join("kernel-glue/src").join(room).is_dir(), "there is no room {room}");
    }
}

#[test]
fn the_states_are_those_of_the_record() {
    let header = fs::read_to_string(root().join("kernel-glue/src/module/record.h")).unwrap();
    let words = header.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let states: BTreeSet<_> = words.filter_map(|word| word.strip_prefix("RTTM_STATE_")).collect();
    let block = block(STATES);
    let drawn: BTreeSet<_> =
        block.lines().flat_map(|line| line.split_once(':').unwrap_or((line, "")).0.split_whitespace()).collect();
    let drawn: BTreeSet<_> =
        drawn.into_iter().filter(|word| word.chars().all(|letter| letter.is_ascii_uppercase())).collect();
    assert_eq!(drawn, states);
}

/// A flowchart.
struct Picture {
    /// The first line of each node's label, by the node's name.
    labels: BTreeMap<String, String>,
    /// Between labels, in order.
    arrows: Vec<Arrow>,
}

fn block(number: usize) -> String {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let page = Page::parse(Path::new("ARCHITECTURE.md"), text);
    page.blocks_in("mermaid").nth(number).expect("ARCHITECTURE.md has this picture").code.clone()
}

fn picture(number: usize) -> Picture {
    let block = block(number);
    let lines = || block.lines().map(str::trim);
    let labels: BTreeMap<_, _> = lines().flat_map(nodes).filter_map(labelled).collect();
    let label = |node: &str| labels.get(name_of(node)).cloned().unwrap_or_else(|| name_of(node).to_owned());
    let arrows = lines().flat_map(|line| {
        let nodes = nodes(line);
        nodes.windows(2).map(|pair| (label(pair[0]), label(pair[1]))).collect::<Vec<_>>()
    });
    let arrows = arrows.collect();
    Picture { labels, arrows }
}

fn nodes(line: &str) -> Vec<&str> {
    line.split("-->").map(str::trim).collect()
}

/// `loader["kernel-glue/loader<br>verify"]` is `loader`, `kernel-glue/loader`.
fn labelled(node: &str) -> Option<(String, String)> {
    let (_, label) = node.split_once('"')?;
    let label = label.split(['"', '<']).next()?;
    Some((name_of(node).to_owned(), label.to_owned()))
}

fn name_of(node: &str) -> &str {
    node.split('[').next().unwrap_or_default()
}

fn is_crate(folder: &str) -> bool {
    root().join(folder).join("Cargo.toml").is_file()
}

/// Which of `crates` the crate in `folder` depends on, other than for its tests.
fn dependencies(folder: &str, crates: &BTreeSet<String>) -> Vec<Arrow> {
    let workspace = dependency_table(&manifest("")["workspace"]);
    let own = dependency_table(&manifest(folder));
    let paths = own.iter().filter_map(|(name, dependency)| match dependency.get("path") {
        Some(path) => Some(Path::new(folder).join(path.as_str()?)),
        None => Some(workspace.get(name)?.get("path")?.as_str()?.into()),
    });
    let folders: Vec<_> = paths.filter_map(|path| root().join(path).canonicalize().ok()).collect();
    let is_used = |other: &&String| root().join(other).canonicalize().is_ok_and(|other| folders.contains(&other));
    crates.iter().filter(is_used).map(|other| (folder.to_owned(), other.clone())).collect()
}

fn manifest(folder: &str) -> toml::Value {
    let text = fs::read_to_string(root().join(folder).join("Cargo.toml")).unwrap();
    toml::Value::Table(text.parse().unwrap())
}

fn dependency_table(manifest: &toml::Value) -> toml::Table {
    manifest.get("dependencies").and_then(toml::Value::as_table).cloned().unwrap_or_default()
}
