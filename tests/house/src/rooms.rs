//! The rooms of `kernel-glue/src`, and what may look into what: a room sees itself and the rooms below it.

use crate::code::{code, is_word};
use crate::includes::includes;
use crate::{Finding, Source};

/// From the top to the bottom.
const ROOMS: [&str; 5] = ["msh", "abi", "module", "contain", "port"];

/// The folder of the rooms.
const HOUSE: &str = "kernel-glue/src/";

/// The includes that look from a room into one above it, and the files that are in no room.
pub fn point_down(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(floor) = floor(&source.path) else {
            findings.push(Finding::new(source, 1, format!("this file is in none of the rooms {}", ROOMS.join(", "))));
            continue;
        };
        for include in includes(source, sources) {
            if self::floor(&include.path).is_some_and(|above| above < floor) {
                let message = format!("`{}` is in a room above this one; includes point down", include.path);
                findings.push(Finding::new(source, include.line, message));
            }
        }
    }
    findings
}

/// The functions that a header of one room declares, and a file of another defines: a way around [`point_down`].
pub fn define_at_home(sources: &[Source]) -> Vec<Finding> {
    let defined: Vec<(String, &Source)> = sources
        .iter()
        .filter(|source| !source.is_header())
        .flat_map(|source| functions(source, Ends::Body).into_iter().map(move |(_, name)| (name, source)))
        .collect();
    let mut findings = Vec::new();
    for header in sources.iter().filter(|source| source.is_header()) {
        for (line, name) in functions(header, Ends::Declaration) {
            let elsewhere =
                defined.iter().find(|(other, file)| *other == name && floor(&file.path) != floor(&header.path));
            if let Some((_, file)) = elsewhere {
                findings.push(Finding::new(
                    header,
                    line,
                    format!("`{name}` is defined in another room, in `{}`", file.path),
                ));
            }
        }
    }
    findings
}

/// The place of a room in [`ROOMS`].
fn floor(path: &str) -> Option<usize> {
    let (room, _) = path.strip_prefix(HOUSE)?.split_once('/')?;
    ROOMS.iter().position(|name| *name == room)
}

/// How a declaration at the beginning of a line goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ends {
    Declaration,
    Body,
}

/// The functions with external linkage that `source` declares or defines, and their lines.
fn functions(source: &Source, wanted: Ends) -> Vec<(usize, String)> {
    let code = code(&source.text);
    let mut functions = Vec::new();
    let mut offset = 0;
    for (index, line) in code.lines().enumerate() {
        let rest = &code[offset..];
        offset += line.len() + 1;
        if !line.starts_with(|sign: char| sign.is_ascii_alphabetic()) || line.starts_with("static") {
            continue;
        }
        let Some(end) = rest.find(['{', ';']) else { continue };
        let ends = if rest[end..].starts_with('{') { Ends::Body } else { Ends::Declaration };
        if let Some(name) = name_before_parenthesis(&rest[..end])
            && ends == wanted
        {
            functions.push((index + 1, name.to_owned()));
        }
    }
    functions
}

/// The identifier in front of the first parenthesis, if that begins the parameters of a function.
fn name_before_parenthesis(declaration: &str) -> Option<&str> {
    let (head, _) = declaration.split_once('(')?;
    let name = head.rsplit(|sign| !is_word(sign)).next()?;
    (!name.is_empty() && head.len() > name.len() && !head.contains('=')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source::new(&format!("{HOUSE}{path}"), text)
    }

    #[test]
    fn an_include_may_point_down_and_to_the_same_room() {
        let sources = [
            source("abi/a.c", "#include \"../module/m.h\"\n#include \"b.h\"\n#include \"rtt_mod.h\"\n"),
            source("abi/b.h", ""),
            source("module/m.h", ""),
        ];
        assert_eq!(point_down(&sources), []);
    }

    #[test]
    fn an_include_that_points_up_is_found() {
        let sources = [source("port/p.c", "\n#include \"../module/m.h\"\n"), source("module/m.h", "")];
        let findings = point_down(&sources);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 2);
        assert!(findings[0].message.starts_with("`kernel-glue/src/module/m.h` is in a room above"));
    }

    #[test]
    fn a_file_beside_the_rooms_is_found() {
        assert_eq!(point_down(&[source("a.c", "")]).len(), 1);
        assert_eq!(point_down(&[source("attic/a.c", "")]).len(), 1);
    }

    #[test]
    fn a_function_of_another_room_is_found() {
        let header = source("port/p.h", "int rttm_near(void);\n\nint rttm_far(int a,\n             int b);\n");
        let home = source("port/p.c", "int rttm_near(void)\n{\n}\n");
        let away = source("abi/a.c", "int rttm_far(int a, int b)\n{\n    return rttm_near();\n}\n");
        let findings = define_at_home(&[header, home, away]);
        assert_eq!(findings.len(), 1);
        assert_eq!(findings[0].line, 3);
        assert_eq!(findings[0].message, "`rttm_far` is defined in another room, in `kernel-glue/src/abi/a.c`");
    }
}
