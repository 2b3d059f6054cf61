//! Installs Python programs into `target/tools` with pip.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{tools, wrapper};
use crate::process;

/// Where the packages are below the tool's root.
const PACKAGES: &str = "python";

/// Why the program could not be installed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// {0}
    #[error(transparent)]
    Pip(#[from] process::Error),
    /// could not make `{0}`: {1}
    #[error("could not make `{0}`: {1}")]
    Make(PathBuf, #[source] io::Error),
}

/// Installs `package` into a folder of `target/tools`, with a script that starts its program.
pub fn install(package: &str) -> Result<(), Error> {
    let partial = download(package)?;
    let program = partial.join(PACKAGES).join("bin").join(package);
    wrapper::write(&partial, package, &script(package)).map_err(|error| Error::Make(program, error))?;
    complete(&partial, package)
}

/// Installs `package`, which is no program, into a folder of `target/tools`.
pub fn install_module(package: &str) -> Result<(), Error> {
    complete(&download(package)?, package)
}

/// Where Python finds a package that [`install_module`] has installed.
pub fn module(package: &str) -> PathBuf {
    tools::root().join(package).join(PACKAGES)
}

fn download(package: &str) -> Result<PathBuf, Error> {
    let partial = tools::partial(package);
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--upgrade", "--target"]).arg(partial.join(PACKAGES)).arg(package);
    eprintln!("running: {}", process::shown(&pip));
    process::run(&mut pip)?;
    Ok(partial)
}

/// The last step, so that a folder without `.partial` is always complete.
fn complete(partial: &Path, package: &str) -> Result<(), Error> {
    let folder = tools::root().join(package);
    fs::rename(partial, &folder).map_err(|error| Error::Make(folder, error))
}

/// The script finds the packages relative to itself.
fn script(package: &str) -> String {
    let packages = format!("$root/{PACKAGES}");
    format!(
        "#!/bin/sh\nroot=${{0%/{}/*}}\nexport PYTHONPATH=\"{packages}${{PYTHONPATH:+:$PYTHONPATH}}\"\n\
         exec python3 \"{packages}/bin/{package}\" \"$@\"\n",
        wrapper::FOLDER
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_starts_the_program_with_its_packages() {
        let expected = "\
#!/bin/sh
root=${0%/wrappers/*}
export PYTHONPATH=\"$root/python${PYTHONPATH:+:$PYTHONPATH}\"
exec python3 \"$root/python/bin/scons\" \"$@\"
";
        assert_eq!(script("scons"), expected);
    }
}
