//! The options in kernel-glue's `Kconfig`.

use std::collections::BTreeSet;

/// The prefix of options that can be left out.
pub const PREFIX: &str = "RTT_MOD_USING_";

/// An option that can be left out.
#[derive(Debug, PartialEq, Eq)]
pub struct Switch {
    /// Its name, without [`PREFIX`].
    pub name: String,
    /// Its text in the menu.
    pub prompt: String,
    /// The options of kernel-glue that it depends on.
    depends_on: Vec<String>,
    /// Whether it is a group of the ABI, which programs use.
    pub is_of_programs: bool,
}

/// All options that can be left out, in the order of the file.
pub fn switches(kconfig: &str) -> Vec<Switch> {
    let mut switches: Vec<Switch> = Vec::new();
    let mut is_of_programs = false;
    let mut is_open = false;
    for line in kconfig.lines() {
        let (word, rest) = line.trim_start().split_once(' ').unwrap_or((line.trim(), ""));
        match (word, switches.last_mut().filter(|_| is_open)) {
            ("menu" | "endmenu", _) => is_of_programs = word == "menu",
            ("config", _) => {
                let name = rest.strip_prefix(PREFIX);
                is_open = name.is_some();
                switches.extend(name.map(|name| Switch::named(name, is_of_programs)));
            }
            ("bool", Some(switch)) => switch.prompt = rest.trim_matches('"').to_owned(),
            ("depends", Some(switch)) => {
                switch
                    .depends_on
                    .extend(rest.split(' ').filter_map(|word| word.strip_prefix(PREFIX)).map(str::to_owned));
            }
            _ => {}
        }
    }
    switches
}

impl Switch {
    fn named(name: &str, is_of_programs: bool) -> Self {
        Self { name: name.to_owned(), prompt: String::new(), depends_on: Vec::new(), is_of_programs }
    }
}

/// The options that can't be on when `name` is off.
pub fn dependents<'s>(switches: &'s [Switch], name: &str) -> BTreeSet<&'s str> {
    let direct = switches.iter().filter(|switch| switch.depends_on.iter().any(|other| other == name));
    direct.flat_map(|switch| dependents(switches, &switch.name).into_iter().chain([switch.name.as_str()])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KCONFIG: &str = r#"
config RTT_MOD_USING_FAULTS
    bool "End modules that fault"
    depends on ARCH_ARM_CORTEX_M

config RTT_MOD_ARGUMENTS_MAX
    int "Arguments"

menu "What programs may use"

config RTT_MOD_USING_UART
    bool "Serial ports"
    depends on RT_USING_SERIAL && RTT_MOD_USING_DEVICE

endmenu
"#;

    #[test]
    fn switches_and_what_they_depend_on() {
        let switches = switches(KCONFIG);
        let seen: Vec<_> =
            switches.iter().map(|it| (it.name.as_str(), it.prompt.as_str(), it.is_of_programs)).collect();
        assert_eq!(seen, [("FAULTS", "End modules that fault", false), ("UART", "Serial ports", true)]);
        assert_eq!(dependents(&switches, "DEVICE"), BTreeSet::from(["UART"]));
        assert_eq!(dependents(&switches, "UART"), BTreeSet::new());
    }
}
