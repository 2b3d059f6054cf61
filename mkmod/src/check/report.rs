//! The report of a check as text.

use super::{Case, Cause, Finding, Severity, Subject, memory};
use crate::escape::escaped;
use crate::symbols::Kernel;
use anstyle::{AnsiColor, Style};
use std::fmt::{self, Write as _};

/// The most callers of an import that are shown.
const USES_SHOWN: usize = 3;
/// The most findings that are shown: a damaged file can have thousands.
const FINDINGS_SHOWN: usize = 50;

/// The result of a check.
#[derive(Clone, Debug)]
pub struct Report {
    module: String,
    kernel: String,
    /// The summary of a module that loads: imports found, memory needed.
    summary: String,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(case: &Case<'_>, findings: Vec<Finding>) -> Self {
        let imports = match case.module.imports.len() {
            1 => "1 import".into(),
            count => format!("{count} imports"),
        };
        let (resident, peak) = (case.module.image_bytes(), memory::peak(case).bytes());
        let memheap = case.module.complete_note().and_then(|note| note.memheap.as_deref());
        let place = memheap.map(|name| format!(" in the memheap {name}")).unwrap_or_default();
        let summary = format!("{imports} found, {resident} bytes resident{place}, {peak} to load and start it");
        Self { summary, ..Self::of_damaged(case.subject, case.kernel, findings) }
    }

    pub(super) fn of_damaged(subject: Subject<'_>, kernel: &Kernel, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.cause.severity());
        Self { module: subject.file_name.into(), kernel: kernel.name.clone(), summary: String::new(), findings }
    }

    /// Whether there is an error: the module does not load, or fails when it runs.
    pub fn refused(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// All findings, errors first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The report with colours, for a terminal. `Display` writes it without.
    pub fn colored(&self) -> String {
        self.render(&Palette::COLORS)
    }

    fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.cause.severity() == severity).count()
    }

    fn render(&self, palette: &Palette) -> String {
        if let [Finding { cause, .. }] = &self.findings[..]
            && cause.is_cut_short()
        {
            return palette.cut_short(&self.module, cause);
        }
        let mut text = String::new();
        for finding in self.findings.iter().take(FINDINGS_SHOWN) {
            let _ = palette.finding(&mut text, finding);
        }
        if let Some(more @ 1..) = self.findings.len().checked_sub(FINDINGS_SHOWN) {
            let _ = writeln!(text, "… and {more} more\n");
        }
        let _ = writeln!(text, "{}", self.verdict(palette));
        text
    }

    fn verdict(&self, palette: &Palette) -> String {
        let (module, kernel, summary) = (escaped(&self.module), escaped(&self.kernel), &self.summary);
        let Palette { error, good, .. } = palette;
        let warnings = counted(self.count(Severity::Warning), "warning");
        let warnings = warnings.map(|warnings| format!(", {warnings}")).unwrap_or_default();
        match counted(self.count(Severity::Error), "error") {
            Some(errors) => format!("{module} {error}does not load{error:#} on {kernel}: {errors}{warnings}"),
            None => format!("{module} {good}loads{good:#} on {kernel}: {summary}{warnings}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.render(&Palette::PLAIN))
    }
}

fn counted(count: usize, what: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    }
}

/// The styles of a report.
struct Palette {
    error: Style,
    warning: Style,
    good: Style,
    strong: Style,
    rule: Style,
}

impl Palette {
    const PLAIN: Self = Self {
        error: Style::new(),
        warning: Style::new(),
        good: Style::new(),
        strong: Style::new(),
        rule: Style::new(),
    };
    const COLORS: Self = Self {
        error: AnsiColor::BrightRed.on_default().bold(),
        warning: AnsiColor::Yellow.on_default().bold(),
        good: AnsiColor::Green.on_default().bold(),
        strong: Style::new().bold(),
        rule: AnsiColor::BrightBlue.on_default().bold(),
    };

    /// The whole report about a file whose end is missing.
    fn cut_short(&self, module: &str, cause: &Cause) -> String {
        let Self { error, strong, .. } = self;
        let (module, cause) = (escaped(module), cause.to_string());
        let cause = escaped(&cause);
        format!("{error}error{error:#}{strong}: {module} is cut short: {cause}{strong:#}; copy it again\n")
    }

    fn finding(&self, out: &mut String, finding: &Finding) -> fmt::Result {
        let (style, word) = match finding.cause.severity() {
            Severity::Error => (self.error, "error"),
            Severity::Warning => (self.warning, "warning"),
        };
        let Self { strong, rule, .. } = self;
        writeln!(out, "{style}{word}{style:#}{strong}: {}{strong:#}", escaped(&finding.cause.to_string()))?;
        for place in finding.uses.iter().take(USES_SHOWN) {
            writeln!(out, "  {rule}-->{rule:#} {}", escaped(&place.to_string()))?;
        }
        if let Some(more @ 1..) = finding.uses.len().checked_sub(USES_SHOWN) {
            writeln!(out, "  {rule}-->{rule:#} and {more} more")?;
        }
        for line in &finding.help {
            writeln!(out, "   {rule}={rule:#} {strong}help{strong:#}: {}", escaped(line))?;
        }
        writeln!(out)
    }
}
