//! The Chinese pages say what the English ones say: the same headings, links and code.

use std::path::{Path, PathBuf};

use docs_test::{Page, pages};

#[test]
fn a_translation_has_the_headings_links_and_code_of_its_original() {
    let pages = pages().unwrap();
    let translations: Vec<_> = pages.iter().filter(|page| page.is_translation()).collect();
    assert!(translations.len() >= 2, "{} Chinese pages are left", translations.len());
    for translation in translations {
        let original = original_of(&translation.path);
        let original = pages.iter().find(|page| page.path == original).expect("a translation has an original");
        let name = translation.path.display();
        assert_eq!(levels(original), levels(translation), "{name}: the headings differ");
        assert_eq!(links(original), links(translation), "{name}: the links differ");
        assert_eq!(code(original), code(translation), "{name}: the code blocks differ");
    }
}

/// An engineer reads it in three minutes.
#[test]
fn the_readme_has_at_most_600_words() {
    let pages = pages().unwrap();
    let readme = pages.iter().find(|page| page.path == Path::new("README.md")).expect("there is a README.md");
    let words = readme.text.split_whitespace().count();
    assert!(words <= 600, "README.md has {words} words");
}

fn original_of(translation: &Path) -> PathBuf {
    let name = translation.file_name().map(|name| name.to_string_lossy().replace("_ZH", "")).unwrap_or_default();
    translation.with_file_name(name)
}

fn levels(page: &Page) -> Vec<String> {
    page.headings.iter().map(|heading| format!("{:?}", heading.level)).collect()
}

/// Without the links from one language to the other.
fn links(page: &Page) -> Vec<String> {
    let mut links: Vec<_> = page.links.iter().map(|link| link.replace("_ZH.md", ".md")).collect();
    let own = page.path.file_name().map(|name| name.to_string_lossy().replace("_ZH", "")).unwrap_or_default();
    links.retain(|link| *link != own);
    links
}

/// Pictures have words in them.
fn code(page: &Page) -> Vec<(&str, &str)> {
    let blocks = page.blocks.iter().filter(|block| block.language != "mermaid");
    blocks.map(|block| (block.language.as_str(), block.code.as_str())).collect()
}
