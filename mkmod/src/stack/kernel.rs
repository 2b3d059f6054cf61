//! What the functions of the module ABI need of the stack that they are called on: `kernel-glue/stack.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::decode::Code;
use super::kind::Kind;

/// The table, as it was when mkmod was built.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("kernel.toml");
    // A test reads it.
    let file: File = toml::from_str(text).unwrap_or_default();
    Table::of(file)
});

/// Ends the module with a message.
pub const PANIC: &str = "rttm_panic";

/// What a function of the kernel's does with the stack that it is called on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// What it needs itself.
    pub bytes: Bytes,
    /// Whether that is measured, on Thumb at least.
    is_measured: bool,
    /// Its class.
    class: String,
    /// Classes of which it needs as much if the module has a function of theirs.
    closes: Vec<String>,
    /// The functions of the module's that it calls.
    pub calls: Vec<Kind>,
    /// Whether it comes back.
    pub returns: bool,
}

/// A figure for each instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    thumb: u64,
    arm: u64,
    riscv32: u64,
    riscv64: u64,
}

impl Bytes {
    /// That of one instruction set.
    pub fn on(self, code: Code) -> u64 {
        match code {
            Code::Thumb => self.thumb,
            Code::Arm => self.arm,
            Code::Riscv32 => self.riscv32,
            Code::Riscv64 => self.riscv64,
        }
    }
}

/// Whether the processor has registers for floats, which a switch of threads saves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floats {
    /// In registers of their own.
    InRegisters,
    /// In those of integers.
    InSoftware,
}

/// What the kernel does with a function's name. `None`: it is not of the module ABI.
pub fn import(name: &str) -> Option<&'static Import> {
    TABLE.imports.get(name)
}

/// Which figures of the table count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figures {
    /// All: what is not measured is an estimate that is too large.
    All,
    /// Only those that were measured on the same instruction set. The others are nothing.
    Measured,
}

impl Figures {
    fn count(self, is_measured: bool, code: Code) -> bool {
        self == Self::All || is_measured && code == Code::Thumb
    }
}

impl Import {
    /// What it needs itself, in a module with these imports.
    pub fn own_bytes<'a>(&self, code: Code, figures: Figures, imports: impl Iterator<Item = &'a str>) -> u64 {
        let figure = |import: &Self| {
            if figures.count(import.is_measured, code) { import.bytes.on(code) } else { 0 }
        };
        let closed = imports.filter_map(import).filter(|import| self.closes.contains(&import.class));
        closed.map(figure).fold(figure(self), u64::max)
    }
}

/// What is counted on the stack of whoever calls a function of the class called `class`: what it needs itself, an exception,
/// and a switch of threads. `None`: the table has no such class.
///
/// ```
/// use mkmod::stack::{Code, Floats, class_bytes};
///
/// let bytes = |class| class_bytes(class, Code::Thumb, Floats::InSoftware);
/// assert!(bytes("print") < bytes("file"));
/// assert_eq!(bytes("no such class"), None);
/// ```
pub fn class_bytes(class: &str, code: Code, floats: Floats) -> Option<u64> {
    let import = TABLE.imports.values().find(|import| import.class == class)?;
    Some(import.bytes.on(code) + around_call(code, floats))
}

/// What the glue adds to each stack of a module if the firmware is compiled without optimization, since its functions take
/// more there than the table says.
///
/// ```
/// use mkmod::stack::{Code, unoptimized_bytes};
///
/// assert!(unoptimized_bytes(Code::Thumb) <= unoptimized_bytes(Code::Arm));
/// ```
pub fn unoptimized_bytes(code: Code) -> u64 {
    TABLE.thread.unoptimized.on(code)
}

/// What the kernel has on the stack of a thread before it calls the module.
pub fn above_entry(code: Code, figures: Figures) -> u64 {
    if figures.count(true, code) { TABLE.thread.above_entry.on(code) } else { 0 }
}

/// What the stack of a call holds besides its frames: an exception and a switch of threads.
pub fn around_call(code: Code, floats: Floats) -> u64 {
    match floats {
        Floats::InSoftware => TABLE.thread.switch.on(code),
        Floats::InRegisters => TABLE.thread.switch_with_floats.on(code),
    }
}

/// The smallest stack of a thread that does anything: it waits.
pub fn smallest_stack(code: Code, floats: Floats) -> u64 {
    let floats = around_call(code, floats) - around_call(code, Floats::InSoftware);
    (TABLE.thread.least.on(code) + floats).next_multiple_of(ROUNDING)
}

/// What the worker's stack has for the closure of a timer, in its usual size.
pub fn worker_stack(code: Code) -> u64 {
    TABLE.thread.worker.on(code).saturating_sub(TABLE.thread.above_call.on(code))
}

/// What is allowed of the stack of interrupts, if a package does not say.
pub fn interrupt_stack(code: Code) -> u64 {
    TABLE.thread.interrupt.on(code)
}

/// The sizes of stacks are multiples of that.
pub const ROUNDING: u64 = 64;

#[derive(Debug)]
struct Table {
    thread: Thread,
    imports: BTreeMap<String, Import>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    thread: Thread,
    class: BTreeMap<String, Class>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Thread {
    above_entry: Bytes,
    above_call: Bytes,
    interrupt: Bytes,
    least: Bytes,
    worker: Bytes,
    switch: Bytes,
    switch_with_floats: Bytes,
    unoptimized: Bytes,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Class {
    thumb: u64,
    arm: u64,
    riscv32: u64,
    riscv64: u64,
    /// Where.
    measured: Option<String>,
    #[serde(default)]
    closes: Vec<String>,
    #[serde(default)]
    calls: Vec<Kind>,
    #[serde(default)]
    never_returns: bool,
    functions: Vec<String>,
}

impl Table {
    fn of(file: File) -> Self {
        let imports = file.class.into_iter().flat_map(|(name, class)| {
            let Class { thumb, arm, riscv32, riscv64, .. } = class;
            let bytes = Bytes { thumb, arm, riscv32, riscv64 };
            let (closes, calls, returns) = (class.closes, class.calls, !class.never_returns);
            let import = Import { bytes, is_measured: class.measured.is_some(), class: name, closes, calls, returns };
            class.functions.into_iter().map(move |name| (name, import.clone()))
        });
        Self { imports: imports.collect(), thread: file.thread }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_all_functions_of_the_abi_and_no_others() {
        let header = include_str!("../../../kernel-glue/include/rtt_mod.h");
        let mut declared: BTreeSet<&str> = BTreeSet::from(["rtt_mod_abi_1"]);
        for line in header.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic())) {
            let name = line.split('(').next().unwrap().rsplit([' ', '*']).next().unwrap();
            if line.contains('(') && name.starts_with("rttm_") {
                declared.insert(name);
            }
        }
        let listed: BTreeSet<&str> = TABLE.imports.keys().map(String::as_str).collect();
        assert_eq!(listed, declared);
    }

    #[test]
    fn closing_a_file_needs_as_much_as_a_file() {
        let close = import("rttm_close").unwrap();
        let file = import("rttm_file_open").unwrap().bytes.thumb;
        let closing = |imports: [&'static str; 2]| close.own_bytes(Code::Thumb, Figures::All, imports.into_iter());
        assert!(closing(["rttm_mutex_new", "rttm_close"]) < file);
        assert_eq!(closing(["rttm_mutex_new", "rttm_file_open"]), file);
    }

    #[test]
    fn estimates_can_be_left_out() {
        let print = import("rttm_print").unwrap();
        let measured = |code| print.own_bytes(code, Figures::Measured, [].into_iter());
        assert_eq!(measured(Code::Thumb), print.bytes.thumb);
        assert_eq!(measured(Code::Riscv64), 0);
    }

    /// What the glue has of the table: classes that it looks for room for, and the smallest stack.
    fn header() -> String {
        let mut text = String::from(
            "/* SPDX-License-Identifier: Apache-2.0 */\n\
             /*\n \
             * The bytes of stack that calls of the kernel need, and that a thread needs at least: a part of stack.toml, written by\n \
             * `UPDATE_STACK_NEEDS=1 cargo test -p rtt-mkmod --lib needs_of_the_glue`.\n \
             */\n\
             #ifndef RTTM_STACK_NEEDS_H\n#define RTTM_STACK_NEEDS_H\n",
        );
        let sets = [
            ("#if defined(__riscv) && __riscv_xlen == 32", Code::Riscv32),
            ("#elif defined(__riscv)", Code::Riscv64),
            ("#elif defined(__thumb__)", Code::Thumb),
            ("#else", Code::Arm),
        ];
        for (condition, code) in sets {
            let around = around_call(code, Floats::InSoftware);
            let own = |class| class_bytes(class, code, Floats::InSoftware).unwrap() - around;
            text += &format!("\n{condition}\n");
            for (name, class) in [("NEW", "new"), ("WAIT", "wait"), ("FILE", "file"), ("LIBRARY", "library")] {
                text += &format!("#define RTTM_STACK_NEED_{name:<7} {}u\n", own(class));
            }
            text +=
                &format!("#ifndef __OPTIMIZE__\n#define RTTM_STACK_UNOPTIMIZED {}u\n#endif\n", unoptimized_bytes(code));
            let smallest = |floats| smallest_stack(code, floats);
            text += "#if defined(__ARM_PCS_VFP) || defined(__riscv_flen)\n";
            text += &format!("#define RTTM_STACK_BYTES_MIN {}u\n#else\n", smallest(Floats::InRegisters));
            text += &format!("#define RTTM_STACK_BYTES_MIN {}u\n#endif\n", smallest(Floats::InSoftware));
        }
        text += "#endif\n\n\
                 /* What every stack of a module has in addition, where the kernel's frames are those of a build for debugging. */\n\
                 #ifndef RTTM_STACK_UNOPTIMIZED\n#define RTTM_STACK_UNOPTIMIZED 0u\n#endif\n";
        text + "\n#endif /* RTTM_STACK_NEEDS_H */\n"
    }

    #[test]
    fn the_needs_of_the_glue_are_those_of_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../kernel-glue/src/contain/stack_needs.h");
        if std::env::var_os("UPDATE_STACK_NEEDS").is_some() {
            std::fs::write(path, header()).unwrap();
        }
        assert_eq!(std::fs::read_to_string(path).unwrap(), header(), "set UPDATE_STACK_NEEDS and test again");
    }

    #[test]
    fn a_figure_of_a_larger_register_is_no_smaller() {
        for (name, import) in &TABLE.imports {
            let Bytes { thumb, arm, riscv32, riscv64 } = import.bytes;
            assert!(0 < thumb && thumb <= arm && arm <= riscv64, "{name}");
            assert!(thumb <= riscv32 && riscv32 <= riscv64, "{name}");
        }
    }
}
