//! Where the C library's headers are: libclang brings none, and the firmware's compiler knows.

use std::process::Command;

/// Asks the compiler `gcc` for arguments that name the folders of the C library's headers; none when there is no such
/// compiler. The compiler's own headers come after clang's, which not every libclang has.
pub fn arguments(gcc: &str) -> Vec<String> {
    let mut command = Command::new(gcc);
    let asked = command.args(["-E", "-v", "-x", "c", "/dev/null"]).output();
    let said = asked.map(|output| String::from_utf8_lossy(&output.stderr).into_owned()).unwrap_or_default();
    let folders = said.lines().skip_while(|line| !line.starts_with("#include <")).skip(1);
    folders.take_while(|line| line.starts_with(' ')).map(|line| format!("-idirafter{}", line.trim())).collect()
}
