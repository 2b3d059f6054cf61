//! The words of a check.

use super::{Case, Cause, Finding, Severity, Subject};
use crate::symbols::Kernel;
use anstyle::{AnsiColor, Style};
use std::fmt::{self, Write as _};

/// How many callers of one import are told.
const USES_TOLD: usize = 3;
/// How many findings are told: a file that is damaged enough has thousands.
const FINDINGS_TOLD: usize = 50;

/// All that a check has found.
#[derive(Clone, Debug)]
pub struct Report {
    module: String,
    kernel: String,
    /// What a module that loads says of itself: imports found, memory needed.
    good: String,
    findings: Vec<Finding>,
}

impl Report {
    pub(super) fn new(case: &Case<'_>, findings: Vec<Finding>) -> Self {
        let imports = match case.module.imports.len() {
            1 => "1 import".into(),
            count => format!("{count} imports"),
        };
        let (image, file) = (case.module.image_bytes(), case.module.file_bytes);
        let good = format!("{imports} found, {image} bytes resident, {} while it is loaded", image + file);
        Self { good, ..Self::of_damaged(case.subject, case.kernel, findings) }
    }

    pub(super) fn of_damaged(subject: Subject<'_>, kernel: &Kernel, mut findings: Vec<Finding>) -> Self {
        findings.sort_by_key(|finding| finding.cause.severity());
        Self { module: subject.file_name.into(), kernel: kernel.name.clone(), good: String::new(), findings }
    }

    /// Whether the module does not load, or goes wrong after.
    pub fn refused(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// All that was found, errors first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The report with colours, for a terminal. `Display` is without.
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
        for finding in self.findings.iter().take(FINDINGS_TOLD) {
            let _ = palette.finding(&mut text, finding);
        }
        if let Some(more @ 1..) = self.findings.len().checked_sub(FINDINGS_TOLD) {
            let _ = writeln!(text, "… and {more} more\n");
        }
        let _ = writeln!(text, "{}", self.verdict(palette));
        text
    }

    fn verdict(&self, palette: &Palette) -> String {
        let Self { module, kernel, good, .. } = self;
        let Palette { error, good: green, .. } = palette;
        let warnings = counted(self.count(Severity::Warning), "warning");
        let warnings = warnings.map(|warnings| format!(", {warnings}")).unwrap_or_default();
        match counted(self.count(Severity::Error), "error") {
            Some(errors) => format!("{module} {error}does not load{error:#} on {kernel}: {errors}{warnings}"),
            None => format!("{module} {green}loads{green:#} on {kernel}: {good}{warnings}"),
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

/// The styles of the words.
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

    /// All that need be said of a file of which the end is missing.
    fn cut_short(&self, module: &str, cause: &Cause) -> String {
        let Self { error, strong, .. } = self;
        format!("{error}error{error:#}{strong}: {module} is cut short: {cause}{strong:#}; copy it again\n")
    }

    fn finding(&self, out: &mut String, finding: &Finding) -> fmt::Result {
        let (style, word) = match finding.cause.severity() {
            Severity::Error => (self.error, "error"),
            Severity::Warning => (self.warning, "warning"),
        };
        let Self { strong, rule, .. } = self;
        writeln!(out, "{style}{word}{style:#}{strong}: {}{strong:#}", finding.cause)?;
        for place in finding.uses.iter().take(USES_TOLD) {
            writeln!(out, "  {rule}-->{rule:#} {place}")?;
        }
        if let Some(more @ 1..) = finding.uses.len().checked_sub(USES_TOLD) {
            writeln!(out, "  {rule}-->{rule:#} and {more} more")?;
        }
        for line in &finding.help {
            writeln!(out, "   {rule}={rule:#} {strong}help{strong:#}: {line}")?;
        }
        writeln!(out)
    }
}
