//! The words of MSH that differ between versions of RT-Thread. The tests use those of 4.0.3.

/// From 4.1 on, the kernel's lists are subcommands of `list`.
const LIST: &str = "list_";

/// How the line with the heap's use begins: up to 4.0, and from 4.1 on.
const USED: &[&str] = &["used memory :", "used     :"];

/// How the line with the largest use since the boot begins, likewise.
const MOST: &[&str] = &["maximum allocated memory:", "maximum  :"];

/// The version that a kernel prints when it starts, as `4.0.3` or `5.0.0`.
///
/// The banner's last line but the copyright has it: ` / | \     4.0.3 build Nov 29 2026`.
pub fn version_in(transcript: &str) -> Option<&str> {
    let line = transcript.lines().find_map(|line| line.trim_start().strip_prefix("/ | \\"))?;
    line.split_whitespace().next()
}

/// The command that does what `command` does on 4.0.3.
pub fn on_kernel(command: &str, version: Option<&str>) -> String {
    let is_old = version.is_none_or(|version| version.starts_with("4.0."));
    match command.strip_prefix(LIST) {
        Some(objects) if !is_old => format!("list {objects}"),
        _ => command.to_owned(),
    }
}

/// The output of `mod list` with as much room for names as with the kernel's usual ones, of 8 characters with the end.
pub fn with_short_names(output: &str) -> String {
    let is_table = |line: &str| line.starts_with("name ");
    let mut is_in_table = false;
    let levelled = output.lines().map(|line| {
        is_in_table |= is_table(line);
        match line.split_once(' ').filter(|_| is_in_table) {
            Some((name, rest)) => format!("{name:<7.7} {}\n", rest.trim_start()),
            None => format!("{line}\n"),
        }
    });
    levelled.collect()
}

/// The used bytes in the output of `free`, or of `list_memheap`, which `free` is on a new kernel whose heap is a memheap.
pub fn used_memory_in(output: &str) -> Option<usize> {
    figure_in(output, USED).or_else(|| used_of_memheap_in(output, "heap"))
}

/// The used bytes of the memheap `name` in the output of `list_memheap`: its size less what is available.
pub fn used_of_memheap_in(output: &str, name: &str) -> Option<usize> {
    let columns = output.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))?;
    let mut figures = columns.split_whitespace().map(|figure| figure.parse::<usize>().ok());
    let (size, _most, available) = (figures.next()??, figures.next()??, figures.next()??);
    size.checked_sub(available)
}

/// The most bytes that were in use at once since the boot, in the output of `free`.
pub fn most_memory_in(output: &str) -> Option<usize> {
    figure_in(output, MOST)
}

fn figure_in(output: &str, beginnings: &[&str]) -> Option<usize> {
    let figure = |line: &str| beginnings.iter().find_map(|begin| line.strip_prefix(begin)?.trim().parse().ok());
    output.lines().find_map(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_in_the_banner() {
        let banner = " \\ | /\n- RT -     Thread Operating System\n / | \\     5.0.0 build Nov 29 2026 01:47:12\n";
        assert_eq!(version_in(banner), Some("5.0.0"));
        assert_eq!(version_in("msh />"), None);
    }

    #[test]
    fn lists_are_subcommands_of_new_kernels() {
        assert_eq!(on_kernel("list_thread", Some("4.0.3")), "list_thread");
        assert_eq!(on_kernel("list_thread", Some("5.0.0")), "list thread");
        assert_eq!(on_kernel("mod list", Some("5.0.0")), "mod list");
    }

    #[test]
    fn long_names_are_cut_in_the_list_of_modules() {
        let long = "name                    state     image\nlauncher                running     508\n";
        let short = "name    state     image\nlaunche running     508\n";
        assert_eq!(with_short_names(long), short);
        assert_eq!(with_short_names(short), short);
        assert_eq!(with_short_names("no module is loaded\n"), "no module is loaded\n");
    }

    #[test]
    fn both_forms_of_free_are_read() {
        assert_eq!(used_memory_in("total memory: 100\nused memory : 42\nmaximum allocated memory: 50\n"), Some(42));
        assert_eq!(used_memory_in("total    : 100\nused     : 42\nmaximum  : 50\n"), Some(42));
        assert_eq!(most_memory_in("used memory : 42\nmaximum allocated memory: 50\n"), Some(50));
        assert_eq!(most_memory_in("used     : 42\nmaximum  : 50\n"), Some(50));
        assert_eq!(used_memory_in("total    : 100\n"), None);
        let memheap = "memheap    pool size  max used size available size\nheap     262140     20000         242000\n";
        assert_eq!(used_memory_in(memheap), Some(20140));
    }
}
