//! A Markdown file.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::Figures;

/// Stands in front of a code block whose figures change from build to build.
const FIGURES_VARY: &str = "<!-- figures vary -->";

/// Stands in front of a code block that is the text of a file, with its path and `-->` behind.
const FILE: &str = "<!-- file: ";

/// A Markdown file.
#[derive(Debug)]
pub struct Page {
    /// From the repository's root.
    pub path: PathBuf,
    /// The whole file.
    pub text: String,
    /// In order.
    pub headings: Vec<Heading>,
    /// The targets of links and images, in order.
    pub links: Vec<String>,
    /// Texts in backquotes, in order.
    pub code_spans: Vec<String>,
    /// Code blocks, in order.
    pub blocks: Vec<Block>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 is the page's title.
    pub level: HeadingLevel,
    /// Its text, without markup.
    pub text: String,
    /// What a link to it has behind `#`.
    pub anchor: String,
}

/// A fenced code block.
#[derive(Debug)]
pub struct Block {
    /// The language behind the fence.
    pub language: String,
    /// The text between the fences.
    pub code: String,
    /// Where that text is in the file.
    pub range: Range<usize>,
    /// Whether its figures are the same in each build.
    pub figures: Figures,
    /// The file that the reader is to write it to.
    pub file: Option<PathBuf>,
}

impl Page {
    /// Reads the text of the file at `path`.
    #[must_use]
    pub fn parse(path: &Path, text: String) -> Self {
        let mut page = Self {
            path: path.into(),
            text: String::new(),
            headings: Vec::new(),
            links: Vec::new(),
            code_spans: Vec::new(),
            blocks: Vec::new(),
        };
        let mut heading: Option<(HeadingLevel, String)> = None;
        let mut block: Option<Block> = None;
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
                Event::End(TagEnd::Heading(_)) => page.headings.extend(heading.take().map(Heading::new)),
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    page.links.push(dest_url.into_string());
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    block = Some(Block::empty(&language, &text[..range.start]));
                }
                Event::End(TagEnd::CodeBlock) => page.blocks.extend(block.take()),
                Event::Text(words) => match (&mut block, &mut heading) {
                    (Some(block), _) => block.extend(&words, range),
                    (None, Some((_, title))) => title.push_str(&words),
                    (None, None) => {}
                },
                Event::Code(code) => {
                    if let Some((_, title)) = &mut heading {
                        title.push_str(&code);
                    }
                    page.code_spans.push(code.into_string());
                }
                _ => {}
            }
        }
        page.number_repeated_anchors();
        page.text = text;
        page
    }

    /// The blocks of one language.
    pub fn blocks_in(&self, language: &str) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |block| block.language == language)
    }

    /// Whether it says in Chinese what another page says in English.
    #[must_use]
    pub fn is_translation(&self) -> bool {
        self.path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("_ZH"))
    }

    /// Whether `anchor` is that of a heading.
    #[must_use]
    pub fn has_anchor(&self, anchor: &str) -> bool {
        self.headings.iter().any(|heading| heading.anchor == anchor)
    }

    /// The second heading of one text gets `-1`, the third `-2`.
    fn number_repeated_anchors(&mut self) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for heading in &mut self.headings {
            let count = seen.entry(heading.anchor.clone()).or_default();
            if *count > 0 {
                heading.anchor = format!("{}-{count}", heading.anchor);
            }
            *count += 1;
        }
    }
}

impl Heading {
    fn new((level, text): (HeadingLevel, String)) -> Self {
        let anchor = anchor_of(&text);
        Self { level, text, anchor }
    }
}

impl Block {
    fn empty(language: &str, before: &str) -> Self {
        let remark = before.trim_end().lines().next_back().unwrap_or_default();
        let figures = if remark == FIGURES_VARY { Figures::Vary } else { Figures::Exact };
        let file = remark.strip_prefix(FILE).and_then(|path| path.strip_suffix(" -->"));
        Self { language: language.to_owned(), code: String::new(), range: 0..0, figures, file: file.map(PathBuf::from) }
    }

    fn extend(&mut self, text: &str, range: Range<usize>) {
        let start = if self.code.is_empty() { range.start } else { self.range.start };
        self.code.push_str(text);
        self.range = start..range.end;
    }
}

/// As GitHub and mdBook make it: small letters, no punctuation, `-` for a space.
fn anchor_of(text: &str) -> String {
    let letters = text.trim().chars().filter(|&letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'));
    letters.map(|letter| if letter == ' ' { '-' } else { letter }).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# `mod`, at the shell\n\n[a](b.md#c) `x/y`\n\n<!-- figures vary -->\n```console\nmsh />free\n```\n\n## One\n## One\n";

    fn page() -> Page {
        Page::parse(Path::new("a.md"), TEXT.into())
    }

    #[test]
    fn headings_have_githubs_anchors() {
        let anchors: Vec<_> = page().headings.into_iter().map(|heading| heading.anchor).collect();
        assert_eq!(anchors, ["mod-at-the-shell", "one", "one-1"]);
        assert_eq!(anchor_of("从 C 到 Rust"), "从-c-到-rust");
    }

    #[test]
    fn links_and_code_spans_are_in_order() {
        assert_eq!(page().links, ["b.md#c"]);
        assert_eq!(page().code_spans, ["mod", "x/y"]);
    }

    #[test]
    fn a_block_knows_where_it_is_and_whether_its_figures_vary() {
        let page = page();
        let [block] = &page.blocks[..] else { panic!("{:?}", page.blocks) };
        assert_eq!((block.language.as_str(), &page.text[block.range.clone()]), ("console", "msh />free\n"));
        assert_eq!(block.figures, Figures::Vary);
    }
}
