//! A kernel as a text: what `mkmod symbols` writes, and what the console shows after `list_symbols`.

use super::{Declaration, Kernel, KernelError, Processor};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const TITLE: &str = "# What a kernel exports, by `mkmod symbols`.";

/// Reads a text, whatever else the console shows around the symbols.
pub fn parse(name: &str, bytes: &[u8]) -> Result<Kernel, KernelError> {
    let text = String::from_utf8_lossy(bytes);
    let mut kernel = Kernel {
        name: name.into(),
        exports: BTreeMap::new(),
        prototypes: BTreeMap::new(),
        processor: None,
        name_max: None,
        align_size: None,
        priority_max: None,
    };
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        if let Some(comment) = text.strip_prefix('#') {
            let head = || KernelError::Head { name: name.into(), line, text: text.into() };
            read_head(&mut kernel, comment.trim()).ok_or_else(head)?;
        } else {
            kernel.exports.extend(symbol(text));
        }
    }
    if kernel.exports.is_empty() {
        return Err(KernelError::NotAKernel { name: name.into() });
    }
    Ok(kernel)
}

/// `rt_kprintf => 0x00001234`. Names as C has them: the console's own lines are none.
fn symbol(line: &str) -> Option<(String, u64)> {
    let (name, address) = line.split_once(" => 0x")?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    let address = u64::from_str_radix(address, 16).ok()?;
    (!name.is_empty() && name.chars().all(is_name)).then(|| (name.into(), address))
}

/// `key: value`; any other comment says nothing to us. `None`: a value that can't be understood.
fn read_head(kernel: &mut Kernel, comment: &str) -> Option<()> {
    let (key, value) = comment.split_once(':').unwrap_or((comment, ""));
    let value = value.trim();
    match key.trim() {
        "kernel" => kernel.name = value.into(),
        "processor" => kernel.processor = Some(Processor::from_text(value)?),
        "RT_NAME_MAX" => kernel.name_max = Some(value.parse().ok()?),
        "RT_ALIGN_SIZE" => kernel.align_size = Some(value.parse().ok().filter(|size: &u32| size.is_power_of_two())?),
        "prototype" => kernel.prototypes.extend([declaration(value)?]),
        "RT_THREAD_PRIORITY_MAX" => kernel.priority_max = Some(value.parse().ok()?),
        _ => {}
    }
    Some(())
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
    head("processor", kernel.processor.map(|processor| processor.to_string()));
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
            name_max: Some(8),
            align_size: Some(4),
            priority_max: Some(32),
            ..parse("rtthread.elf", CAPTURE.as_bytes()).unwrap()
        };
        assert_eq!(parse("kernel.syms", write(&kernel).as_bytes()).unwrap(), kernel);
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
