//! Writes a CMake project of a board's firmware, with kernel-glue as a subfolder: what a user writes who builds RT-Thread by
//! CMake.

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use setup::workspace;

use crate::manifest::Manifest;

/// Writes `CMakeLists.txt` into `folder`.
pub fn write(manifest: &Manifest, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("CMakeLists.txt"), project(manifest))
}

fn project(manifest: &Manifest) -> String {
    let root = workspace::root();
    let sources = manifest.sources.iter().filter(|source| !source.is_of_glue()).map(|source| &source.path);
    let include = manifest.rt_thread_include.iter().chain(&manifest.include);
    let scripts: String = manifest.linker_scripts.iter().fold(String::new(), |mut text, script| {
        let _ = write!(text, " -T {}", script.display());
        text
    });
    format!(
        "cmake_minimum_required(VERSION 3.16)\n\
         set(CMAKE_SYSTEM_NAME Generic)\n\
         set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)\n\
         set(CMAKE_C_COMPILER {compiler})\n\
         set(CMAKE_ASM_COMPILER {compiler})\n\
         project(firmware C ASM)\n\
         set(CMAKE_C_FLAGS \"{cpu} -std=gnu99 -Os -g -w -ffunction-sections -fdata-sections\")\n\
         set(CMAKE_ASM_FLAGS \"{cpu}\")\n\
         set(CMAKE_EXE_LINKER_FLAGS \"-nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments{scripts}\")\n\n\
         add_executable(rtthread.elf\n{sources})\n\
         target_include_directories(rtthread.elf PRIVATE\n{include})\n\n\
         set(RTT_MOD_CONFIG \"{config}\")\n\
         set(RTT_MOD_INCLUDE\n{own})\n\
         add_subdirectory(\"{glue}\" rtt-mod)\n\
         target_link_libraries(rtthread.elf PRIVATE rtt_mod)\n",
        compiler = manifest.compiler,
        cpu = manifest.cpu.join(" "),
        sources = list(sources),
        include = list(include),
        own = list(manifest.include.iter()),
        config = root.join("tests/firmware/rtconfig.h").display(),
        glue = root.join("kernel-glue").display(),
    )
}

fn list<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> String {
    paths.map(|path| format!("    \"{}\"\n", path.display())).collect()
}
