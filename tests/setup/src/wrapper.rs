//! Scripts that start unpacked programs with the libraries that were unpacked beside them. Their folder goes on the PATH of
//! programs that call these by name, such as build scripts.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::tools;

/// The folder of the scripts below a tool's root.
pub const FOLDER: &str = "wrappers";

/// The scripts of the tool whose root is `root`.
pub fn folder(root: &Path) -> PathBuf {
    root.join(FOLDER)
}

/// Writes a script for each of the tool's programs.
pub fn write_all(root: &Path) -> io::Result<()> {
    let libraries = tools::library_folders(root);
    let libraries: Vec<_> = libraries.iter().filter_map(|folder| folder.strip_prefix(root).ok()).collect();
    let programs = root.join("usr/bin");
    if !programs.is_dir() {
        return Ok(());
    }
    for program in fs::read_dir(programs)? {
        let name = program?.file_name();
        write(root, &name, &text(&name, &libraries))?;
    }
    Ok(())
}

/// Writes the script `name` of the tool whose root is `root`.
pub fn write(root: &Path, name: impl AsRef<Path>, text: &str) -> io::Result<()> {
    let folder = folder(root);
    fs::create_dir_all(&folder)?;
    let script = folder.join(name);
    fs::write(&script, text)?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))
}

/// The script finds its tool relative to itself, so the target folder can be moved. It calls `exec`, so the program keeps the
/// process id that its caller knows.
fn text(program: &OsStr, libraries: &[&Path]) -> String {
    let libraries: Vec<_> = libraries.iter().map(|folder| format!("$root/{}", folder.display())).collect();
    let export = if libraries.is_empty() {
        String::new()
    } else {
        // No colon at either end: an empty entry stands for the working directory.
        format!("export LD_LIBRARY_PATH=\"{}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\"\n", libraries.join(":"))
    };
    let program = program.display();
    format!("#!/bin/sh\nroot=${{0%/{FOLDER}/*}}\n{export}exec \"$root/usr/bin/{program}\" \"$@\"\n")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn a_script_becomes_the_program() {
        let libraries = ["usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu"].map(Path::new);
        let script = "\
#!/bin/sh
root=${0%/wrappers/*}
export LD_LIBRARY_PATH=\"$root/usr/lib/x86_64-linux-gnu:$root/lib/x86_64-linux-gnu${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}\"
exec \"$root/usr/bin/qemu-system-arm\" \"$@\"
";
        assert_eq!(text(OsStr::new("qemu-system-arm"), &libraries), script);
    }

    #[test]
    fn without_libraries_the_variable_stays_as_it_is() {
        let script = text(OsStr::new("arm-none-eabi-gcc"), &[]);
        assert_eq!(script, "#!/bin/sh\nroot=${0%/wrappers/*}\nexec \"$root/usr/bin/arm-none-eabi-gcc\" \"$@\"\n");
    }

    #[test]
    fn it_passes_on_arguments_and_the_folders_of_libraries() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("a tool");
        fs::create_dir_all(root.join("usr/bin"))?;
        fs::create_dir_all(root.join("usr/lib/s390x-linux-gnu"))?;
        let program = root.join("usr/bin/show");
        fs::write(&program, "#!/bin/sh\necho \"$LD_LIBRARY_PATH|$#|$1\"\n")?;
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
        write_all(&root)?;

        let mut script = Command::new(self::folder(&root).join("show"));
        let output = script.args(["a b", "c"]).env("LD_LIBRARY_PATH", "/before").output()?;
        let expected = format!("{}/usr/lib/s390x-linux-gnu:/before|2|a b\n", root.display());
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected);
        Ok(())
    }
}
