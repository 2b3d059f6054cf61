//! What differs between two kernels for modules.

use super::{Declaration, Kernel};
use crate::prototype::Prototype;
use std::fmt;

/// What differs, from the old kernel to the new one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What only the old one exports.
    pub removed: Vec<String>,
    /// What only the new one exports.
    pub added: Vec<String>,
    /// The functions with other parameters or another result.
    pub changed: Vec<Changed>,
    /// What else a module depends on: the setting, and what it is in both.
    pub settings: Vec<(&'static str, String, String)>,
}

/// A function that both export, with its prototypes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name.
    pub name: String,
    /// What it was.
    pub old: Prototype,
    /// What it is.
    pub new: Prototype,
}

impl Difference {
    /// Compares two kernels.
    pub fn between(old: &Kernel, new: &Kernel) -> Self {
        let only_in = |one: &Kernel, other: &Kernel| {
            one.exports.keys().filter(|name| !other.exports.contains_key(*name)).cloned().collect()
        };
        let changed = old.prototypes.iter().filter_map(|(name, old)| {
            let (Declaration { prototype: old, .. }, Declaration { prototype: new, .. }) =
                (old, new.prototypes.get(name)?);
            (old != new).then(|| Changed { name: name.clone(), old: old.clone(), new: new.clone() })
        });
        Self {
            removed: only_in(old, new),
            added: only_in(new, old),
            changed: changed.collect(),
            settings: settings(old).into_iter().zip(settings(new)).filter_map(differing).collect(),
        }
    }

    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

type Setting = (&'static str, Option<String>);

fn settings(kernel: &Kernel) -> [Setting; 5] {
    [
        ("loader", Some(kernel.loader.to_string())),
        ("processor", kernel.processor.map(|processor| processor.to_string())),
        ("RT_NAME_MAX", kernel.name_max.map(|max| max.to_string())),
        ("RT_ALIGN_SIZE", kernel.align_size.map(|size| size.to_string())),
        ("RT_THREAD_PRIORITY_MAX", kernel.priority_max.map(|max| max.to_string())),
    ]
}

/// What one of both does not say can't differ.
fn differing(((name, old), (_, new)): (Setting, Setting)) -> Option<(&'static str, String, String)> {
    let (old, new) = (old?, new?);
    (old != new).then_some((name, old, new))
}

/// One line for each: `-` for what is gone, `+` for what is new, `~` for what has changed.
impl fmt::Display for Difference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, old, new) in &self.settings {
            writeln!(out, "~ {name}: {old}, now {new}")?;
        }
        for name in &self.removed {
            writeln!(out, "- {name}")?;
        }
        for Changed { name, old, new } in &self.changed {
            writeln!(out, "~ {name}: {old}, now {new}")?;
        }
        for name in &self.added {
            writeln!(out, "+ {name}")?;
        }
        if self.is_empty() { writeln!(out, "nothing that a module depends on differs") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "\
# processor: v7 microcontroller soft-float
# RT_NAME_MAX: 8
rt_free => 0x00000100
rt_malloc => 0x00000200
# prototype: rt_malloc 4(4)
rt_pin_write => 0x00000300
";

    fn kernel(text: &str) -> Kernel {
        Kernel::parse("kernel.syms", text.as_bytes()).unwrap()
    }

    #[test]
    fn addresses_make_no_difference() {
        let moved = OLD.replace("0x000003", "0x000005");
        let difference = Difference::between(&kernel(OLD), &kernel(&moved));
        assert_eq!(difference.to_string(), "nothing that a module depends on differs\n");
    }

    #[test]
    fn what_is_gone_comes_before_what_is_new() {
        let new = OLD.replace("rt_pin_write", "rt_pin_mode").replace("4(4)", "8(8)").replace("MAX: 8", "MAX: 16");
        let difference = Difference::between(&kernel(OLD), &kernel(&new));
        let lines = "~ RT_NAME_MAX: 8, now 16\n- rt_pin_write\n~ rt_malloc: 4(4), now 8(8)\n+ rt_pin_mode\n";
        assert_eq!(difference.to_string(), lines);
    }
}
