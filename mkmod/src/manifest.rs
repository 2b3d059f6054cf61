//! The settings of a package for mkmod: `[package.metadata.mkmod]` in its `Cargo.toml`.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{Deserializer, Unexpected, Visitor};
use serde::{Deserialize, Serialize};

use crate::bytes;
use crate::stack::InterruptStack;
use format::note::MEMHEAP_MAX;

/// A package and its settings.
#[derive(Debug, Clone)]
pub struct Package {
    /// The folder of its `Cargo.toml`.
    pub folder: PathBuf,
    /// Its settings.
    pub settings: Settings,
}

/// `[package.metadata.mkmod]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The ELF file of a kernel, or its symbols; relative to the folder of the manifest.
    pub kernel: Option<PathBuf>,
    /// The most memory that the module may take while it is loaded, with its heap arena.
    pub max_resident: Option<Bytes>,
    /// The largest size of the module's file.
    pub max_file: Option<Bytes>,
    /// The largest stack that the module may ask for.
    pub max_stack: Option<Bytes>,
    /// The most that the closures of hard timers and of devices may take of the stack of interrupts.
    pub max_interrupt_stack: Option<Limit>,
    /// The memheap of the kernel that the module's image is in.
    pub memory: Option<Memheap>,
}

/// The name of a memheap, which RT-Thread knows it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memheap(pub String);

/// A limit that can be lifted: a size, or `"unlimited"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Limit {
    /// So many bytes.
    Bytes(Bytes),
    /// There is none.
    Unlimited,
}

/// A size in bytes: `8192` or `"8K"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Bytes(pub u64);

/// Why a package's settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// The manifest can't be read.
    #[error("can't read {}: {source}", path.display())]
    Read {
        /// The `Cargo.toml`.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A setting does not exist, or has a wrong value.
    #[error("{}{}: {reason}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    Malformed {
        /// The `Cargo.toml`.
        path: PathBuf,
        /// The line, if known.
        line: Option<usize>,
        /// The error of the parser.
        reason: String,
    },
}

impl Package {
    /// The package that cargo is building. `None`: cargo has not started this process.
    ///
    /// # Errors
    /// When its manifest can't be read, a setting does not exist or has a wrong value.
    pub fn being_built() -> Result<Option<Self>, ManifestError> {
        let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
            return Ok(None);
        };
        let settings = Settings::of(&folder)?;
        Ok(Some(Self { folder, settings }))
    }

    /// The path of its manifest.
    pub fn manifest(&self) -> PathBuf {
        self.folder.join("Cargo.toml")
    }
}

impl Settings {
    /// Reads the settings of the package in the folder `package`. All are optional.
    ///
    /// # Errors
    /// When the manifest can't be read, a setting does not exist or has a wrong value.
    pub fn of(package: &Path) -> Result<Self, ManifestError> {
        let path = package.join("Cargo.toml");
        match std::fs::read_to_string(&path) {
            Ok(text) => Self::parse(&path, &text),
            Err(source) => Err(ManifestError::Read { path, source }),
        }
    }

    /// What the closures of the package may take of the stack of interrupts.
    pub fn interrupt_stack(&self) -> InterruptStack {
        match self.max_interrupt_stack {
            None => InterruptStack::Usual,
            Some(Limit::Bytes(Bytes(bytes))) => InterruptStack::Bytes(bytes),
            Some(Limit::Unlimited) => InterruptStack::Unlimited,
        }
    }

    /// Reads the settings in `text`, the manifest at `path`.
    ///
    /// # Errors
    /// When a setting does not exist or has a wrong value.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ManifestError> {
        let manifest: Manifest = toml::from_str(text).map_err(|error| ManifestError::Malformed {
            path: path.into(),
            line: error.span().map(|span| text[..span.start].matches('\n').count() + 1),
            reason: error.message().to_owned(),
        })?;
        Ok(manifest.package.metadata.mkmod)
    }
}

#[derive(Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    package: Section,
}

/// `[package]`.
#[derive(Default, Deserialize)]
struct Section {
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    mkmod: Settings,
}

impl fmt::Display for Bytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, out)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(BytesVisitor)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LimitVisitor)
    }
}

struct LimitVisitor;

impl Visitor<'_> for LimitVisitor {
    type Value = Limit;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number of bytes, such as 8192 or \"8K\", or \"unlimited\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Limit, E> {
        match text {
            "unlimited" => Ok(Limit::Unlimited),
            text => BytesVisitor.visit_str(text).map(Limit::Bytes),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Limit, E> {
        BytesVisitor.visit_i64(number).map(Limit::Bytes)
    }
}

impl<'de> Deserialize<'de> for Memheap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MemheapVisitor)
    }
}

struct MemheapVisitor;

impl Visitor<'_> for MemheapVisitor {
    type Value = Memheap;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the name of a memheap, such as \"tcm\": 1 to {MEMHEAP_MAX} characters of ASCII, without spaces")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Memheap, E> {
        let is_name = (1..=MEMHEAP_MAX).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_name { Ok(Memheap(text.to_owned())) } else { Err(E::invalid_value(Unexpected::Str(text), &self)) }
    }
}

struct BytesVisitor;

impl Visitor<'_> for BytesVisitor {
    type Value = Bytes;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a number of bytes, such as 8192 or \"8K\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Bytes, E> {
        bytes::parse(text).map(Bytes).map_err(|reason| E::custom(format!("`{text}` is {reason}")))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Bytes, E> {
        let negative = |_| E::custom(format!("`{number}` is not a number of bytes, such as 8192 or \"8K\""));
        u64::try_from(number).map(Bytes).map_err(negative)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(manifest: &str) -> Result<Settings, String> {
        Settings::parse(Path::new("blink/Cargo.toml"), manifest).map_err(|error| error.to_string())
    }

    #[test]
    fn a_package_can_name_its_kernel_and_its_budgets() {
        let text = "[package.metadata.mkmod]\nkernel = \"../k.elf\"\nmax-resident = \"8K\"\nmax-file = 1300\n";
        let settings = settings(text).unwrap();
        assert_eq!(settings.kernel.as_deref(), Some(Path::new("../k.elf")));
        assert_eq!(settings.max_resident, Some(Bytes(8192)));
        assert_eq!(settings.max_file, Some(Bytes(1300)));
        assert_eq!(settings.max_stack, None);
    }

    #[test]
    fn the_stack_of_interrupts_can_be_left_without_a_limit() {
        let allowed = |value| settings(&format!("[package.metadata.mkmod]\n{value}")).unwrap().interrupt_stack();
        assert_eq!(allowed(""), InterruptStack::Usual);
        assert_eq!(allowed("max-interrupt-stack = \"1K\""), InterruptStack::Bytes(1024));
        assert_eq!(allowed("max-interrupt-stack = \"unlimited\""), InterruptStack::Unlimited);
    }

    #[test]
    fn a_package_can_name_the_memheap_of_its_modules() {
        let settings = settings("[package.metadata.mkmod]\nmemory = \"a-memheap-with-31-characters-12\"\n").unwrap();
        assert_eq!(settings.memory, Some(Memheap("a-memheap-with-31-characters-12".into())));
    }

    #[test]
    fn all_settings_are_optional() {
        assert_eq!(settings("[package]\nname = \"a\"\n"), Ok(Settings::default()));
    }

    #[test]
    fn a_wrong_setting_is_an_error_with_the_right_ones() {
        let refusal = |line| settings(&format!("[package.metadata.mkmod]\n{line}\n")).unwrap_err();
        let lines = [
            "max-residnet = \"8K\"",
            "max-resident = \"much\"",
            "max-file = -1",
            "max-stack = true",
            "max-interrupt-stack = \"none\"",
            "max-interrupt-stack = true",
            "memory = \"\"",
            "memory = \"the tcm\"",
            "memory = \"a-memheap-whose-name-is-too-long\"",
            "memory = 3",
            "kernel = 3",
            "kernel =",
        ];
        insta::assert_snapshot!(lines.map(refusal).join("\n"));
    }

    #[test]
    fn a_missing_manifest_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Settings::of(folder.path()), Err(ManifestError::Read { .. })));
    }
}
