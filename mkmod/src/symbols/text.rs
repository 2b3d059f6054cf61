//! A kernel as a text: what `mkmod symbols` writes, and what the console shows after `list_symbols`.

use super::{Declaration, Kernel, KernelError, Loader, Processor};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What the head of a text says.
#[derive(Default)]
struct Head {
    kernel: Option<String>,
    loader: Option<Loader>,
    prototypes: BTreeMap<String, Declaration>,
    processor: Option<Processor>,
    name_max: Option<u32>,
    align_size: Option<u32>,
    priority_max: Option<u32>,
}

const TITLE: &str = "# What a kernel exports, by `mkmod symbols`.";

/// Reads a text, whatever else the console shows around the symbols.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Kernel, KernelError> {
    let text = String::from_utf8_lossy(bytes);
    let (mut head, mut exports) = (Head::default(), BTreeMap::new());
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(comment) = text.strip_prefix('#') {
            let malformed = || KernelError::Head { name: name.into(), line, text: text.into() };
            head.read(comment.trim()).ok_or_else(malformed)?;
        } else {
            exports.extend(symbol(text));
        }
    }
    if exports.is_empty() {
        return Err(KernelError::NotAKernel { name: name.into() });
    }
    Ok(Kernel {
        name: head.kernel.unwrap_or_else(|| name.into()),
        prototypes: head.prototypes,
        loader: head.loader.unwrap_or_else(|| Loader::of_exports(&exports)),
        processor: head.processor,
        name_max: head.name_max,
        align_size: head.align_size,
        priority_max: head.priority_max,
        exports,
    })
}

/// `rt_kprintf => 0x00001234`. Names as C has them: the console's own lines are none.
fn symbol(line: &str) -> Option<(String, u64)> {
    let (name, address) = line.split_once(" => 0x")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    let address = u64::from_str_radix(address, 16).ok()?;
    (!name.is_empty() && name.chars().all(is_name)).then(|| (name.into(), address))
}

impl Head {
    /// Reads `key: value`. Any other comment is skipped. `None`: the value is malformed.
    fn read(&mut self, comment: &str) -> Option<()> {
        let (key, value) = comment.split_once(':').unwrap_or((comment, ""));
        let value = value.trim();
        match key.trim() {
            "kernel" => self.kernel = Some(value.into()),
            "loader" => self.loader = Some(Loader::from_text(value)?),
            "processor" => self.processor = Some(Processor::from_text(value)?),
            "RT_NAME_MAX" => self.name_max = Some(value.parse().ok()?),
            "RT_ALIGN_SIZE" => self.align_size = Some(value.parse().ok().filter(|size: &u32| size.is_power_of_two())?),
            "prototype" => self.prototypes.extend([declaration(value)?]),
            "RT_THREAD_PRIORITY_MAX" => self.priority_max = Some(value.parse().ok()?),
            _ => {}
        }
        Some(())
    }
}

/// `rt_thread_mdelay 4(4) include/rtthread.h:145`; not every function has a place in the source.
fn declaration(value: &str) -> Option<(String, Declaration)> {
    let (name, rest) = value.split_once(' ')?;
    let (prototype, source) = match rest.split_once(' ') {
        Some((prototype, source)) => (prototype, Some(source.to_owned())),
        None => (rest, None),
    };
    Some((name.into(), Declaration { prototype: prototype.parse().ok()?, source }))
}

/// Writes the text.
pub fn write(kernel: &Kernel) -> String {
    let mut text = format!("{TITLE}\n# kernel: {}\n", kernel.name);
    let mut head = |key: &str, value: Option<String>| {
        text.extend(value.map(|value| format!("# {key}: {value}\n")));
    };
    head("loader", Some(kernel.loader.to_string()));
    head("processor", kernel.processor.map(|processor| processor.to_string()));
    head("target", kernel.processor.map(Processor::target));
    head("RT_NAME_MAX", kernel.name_max.map(|max| max.to_string()));
    head("RT_ALIGN_SIZE", kernel.align_size.map(|size| size.to_string()));
    head("RT_THREAD_PRIORITY_MAX", kernel.priority_max.map(|max| max.to_string()));
    for (name, address) in &kernel.exports {
        writeln!(text, "{name} => {address:#010x}").unwrap_or_default();
        if let Some(Declaration { prototype, source }) = kernel.prototypes.get(name) {
            let source = source.as_ref().map(|source| format!(" {source}")).unwrap_or_default();
            writeln!(text, "# prototype: {name} {prototype}{source}").unwrap_or_default();
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPTURE: &str = "msh />list_symbols\r\nrt_malloc => 0x000012a5\r\nrt_free => 0x000013b1\r\nmsh />\r\n";

    #[test]
    fn the_console_says_more_than_symbols() {
        let kernel = parse("capture.txt", CAPTURE.as_bytes()).unwrap();
        assert_eq!(kernel.exports, BTreeMap::from([("rt_free".into(), 0x13b1), ("rt_malloc".into(), 0x12a5)]));
    }

    #[test]
    fn what_is_written_is_read() {
        let prototype = |text: &str, source: Option<&str>| Declaration {
            prototype: text.parse().unwrap(),
            source: source.map(str::to_owned),
        };
        let kernel = Kernel {
            prototypes: BTreeMap::from([
                ("rt_free".into(), prototype("0(4)", Some("my kernel/rtthread.h:300"))),
                ("rt_malloc".into(), prototype("4(4)", None)),
            ]),
            processor: Processor::of_target("thumbv7em-none-eabihf"),
            loader: Loader::Glue,
            name_max: Some(8),
            align_size: Some(4),
            priority_max: Some(32),
            ..parse("rtthread.elf", CAPTURE.as_bytes()).unwrap()
        };
        assert_eq!(parse("kernel.syms", write(&kernel).as_bytes()).unwrap(), kernel);
    }

    /// `mkmod symbols` of version 0.1.0 wrote no line about the loader.
    #[test]
    fn without_a_line_about_the_loader_the_exports_decide() {
        let loader = |text: &str| parse("kernel.syms", text.as_bytes()).unwrap().loader;
        assert_eq!(loader(CAPTURE), Loader::Dlmodule);
        assert_eq!(loader(&format!("{CAPTURE}\nrtt_mod_abi_1 => 0x00002001\n")), Loader::Glue);
        assert_eq!(loader(&format!("# loader: dlmodule\n{CAPTURE}rtt_mod_abi_1 => 0x00002001\n")), Loader::Dlmodule);
    }

    #[test]
    fn a_text_about_something_else_is_no_kernel() {
        let error = parse("README.md", b"# About\n\nNothing => here\n").unwrap_err();
        assert!(matches!(error, KernelError::NotAKernel { .. }));
    }

    #[test]
    fn a_head_that_says_nonsense_is_an_error() {
        let error = parse("kernel.syms", b"# RT_NAME_MAX: many\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "kernel.syms, line 1: `# RT_NAME_MAX: many` is not understood; make the file again with `mkmod symbols`"
        );
    }
}
