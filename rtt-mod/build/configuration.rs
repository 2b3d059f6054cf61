//! What the environment says about the user's RT-Thread.

use std::{
    env,
    path::{Path, PathBuf},
};

/// Where RT-Thread has its own headers, in one version or another.
const INCLUDE: &[&str] = &[
    "include",
    "components/finsh",
    "components/drivers/include",
    "components/dfs/include",
    "components/dfs/dfs_v1/include",
    "components/libc/compilers/common/include",
    "components/libc/compilers/newlib",
    "components/net/netdev/include",
    "components/net/sal_socket/include",
    "components/net/sal_socket/include/socket",
    "components/net/sal/include",
    "components/net/sal/include/socket",
];

/// What is bound without `RTT_HEADERS`.
const HEADERS: &[&str] = &["rtthread.h"];

/// A user's RT-Thread.
pub struct Configuration {
    /// Its root folder.
    pub root: PathBuf,
    /// The folders in which headers are looked for.
    pub include: Vec<PathBuf>,
    /// The headers whose declarations are bound.
    pub headers: Vec<PathBuf>,
    /// The firmware's ELF file.
    pub kernel: Option<PathBuf>,
    /// More arguments for clang.
    pub flags: Vec<String>,
}

impl Configuration {
    /// Reads `RTT_PATH`, `RTT_CONFIG`, `RTT_INCLUDE`, `RTT_HEADERS`, `RTT_KERNEL` and `RTT_CFLAGS`.
    pub fn of_environment() -> Result<Self, String> {
        let root = folder("RTT_PATH", "RT-Thread's root folder", Path::new("include/rtthread.h"))?;
        let config = folder("RTT_CONFIG", "the folder of the firmware's rtconfig.h", Path::new("rtconfig.h"))?;
        let own = INCLUDE.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir());
        let include = [config].into_iter().chain(paths("RTT_INCLUDE")).chain(own).collect();
        let mut headers = paths("RTT_HEADERS");
        if headers.is_empty() {
            headers.extend(HEADERS.iter().map(PathBuf::from));
        }
        let flags = variable("RTT_CFLAGS").unwrap_or_default();
        let flags = flags.split_whitespace().map(str::to_owned).collect();
        let kernel = variable("RTT_KERNEL").map(PathBuf::from);
        let configuration = Self { root, include, headers, kernel, flags };
        configuration.ensure_headers()?;
        Ok(configuration)
    }

    fn ensure_headers(&self) -> Result<(), String> {
        match self.headers.iter().find(|header| self.find(header).is_none()) {
            None => Ok(()),
            Some(header) => Err(format!(
                "there is no `{}`, which RTT_HEADERS names: give its path, or its folder in RTT_INCLUDE",
                header.display()
            )),
        }
    }

    fn find(&self, header: &Path) -> Option<PathBuf> {
        self.include.iter().map(|folder| folder.join(header)).find(|path| path.is_file())
    }

    /// Where the headers are.
    pub fn header_files(&self) -> impl Iterator<Item = PathBuf> {
        self.headers.iter().filter_map(|header| self.find(header))
    }
}

/// The folder that the variable names, if it has `file`.
fn folder(name: &str, what: &str, file: &Path) -> Result<PathBuf, String> {
    let Some(folder) = variable(name) else {
        return Err(format!("the feature `kernel-bindings` needs {name}: set it to {what}"));
    };
    let folder = PathBuf::from(folder);
    match folder.join(file).is_file() {
        true => Ok(folder),
        false => {
            Err(format!("{name} is `{}`, where there is no {}: set it to {what}", folder.display(), file.display()))
        }
    }
}

fn paths(name: &str) -> Vec<PathBuf> {
    let paths = variable(name).unwrap_or_default();
    env::split_paths(&paths).filter(|path| !path.as_os_str().is_empty()).collect()
}

fn variable(name: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok().filter(|value| !value.is_empty())
}
