//! What a kernel prints when it stops: RT-Thread 4.0.3 and 5.x on Cortex-M, Cortex-A and RISC-V.

/// Those that say more come first.
const FAULTS: &[&str] = &[
    "hard fault on",
    "undefined instruction:",
    "prefetch abort:",
    "data abort:",
    "unexpected trap:",
    "Execption:",
    "assertion failed at function",
    "has assert failed at",
    "stack overflow",
    "usage fault:",
    "bus fault:",
    "mem manage fault:",
    "psr: 0x",
    "shutdown...",
];

/// The beginning of the line that kernel-glue prints about a fault of a module.
const CONTAINED: &str = "module '";

/// The line about a fault, an assertion or a stack overflow of the kernel, if there is one.
pub fn find(text: &str) -> Option<&str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.starts_with(CONTAINED));
    let line_with = |words: &&str| lines().find(|line| line.contains(words));
    FAULTS.iter().find_map(line_with)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_last_words_are_faults() {
        for words in [
            "psr: 0x01000000\r\nr00: 0x00000000\r\n",
            "hard fault on thread: tshell\r\n",
            "(object->type != 0) assertion failed at function:rt_object_detach, line number:373 \r\n",
            "thread:big stack overflow\r\n",
        ] {
            assert!(find(words).is_some(), "{words}");
        }
    }

    #[test]
    fn the_thread_says_more_than_the_registers() {
        assert_eq!(find("psr: 0x01000000\r\nhard fault on thread: a\r\n"), Some("hard fault on thread: a"));
    }

    #[test]
    fn a_modules_fault_is_not_the_kernels() {
        assert_eq!(
            find("module 'app', thread 'app': stack overflow: its 1088 bytes are used up\r\nexit code 102\r\n"),
            None
        );
    }

    #[test]
    fn a_modules_panic_is_not_a_fault() {
        assert_eq!(find("thread 'panic' panicked at src/main.rs:5:5:\r\nassertion failed: left == right\r\n"), None);
    }
}
