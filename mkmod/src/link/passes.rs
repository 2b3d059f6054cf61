//! The two links.

use std::ffi::OsString;
use std::path::PathBuf;

use super::args::Invocation;
use super::diagnostic;
use super::error::LinkError;
use super::files;
use super::first_pass::FirstPass;
use super::image;
use super::lld::Lld;
use super::map::LinkMap;
use super::module::Module;
use super::objects;
use super::script;
use super::symbol_order;
use super::target::Target;
use super::thunks::{self, Entry};

/// What is used whether or not anything in the program refers to it, besides exports.
const ROOTS: [&str; 3] = ["main", "module_init", "module_cleanup"];

/// The two links of one program.
pub struct Passes<'a> {
    invocation: &'a Invocation,
    lld: Lld,
    scratch: tempfile::TempDir,
}

struct Linked {
    elf: Vec<u8>,
    map: LinkMap,
    /// What options such as `--trace` ask for.
    answers: String,
    warnings: String,
}

impl<'a> Passes<'a> {
    /// Finds an lld and a place for intermediate files.
    pub fn new(invocation: &'a Invocation) -> Result<Self, LinkError> {
        let scratch = tempfile::tempdir().map_err(|source| LinkError::Write { path: std::env::temp_dir(), source })?;
        let passes = Self { invocation, lld: Lld::find()?, scratch };
        files::write(&passes.path("versions"), script::VERSIONS.as_bytes())?;
        Ok(passes)
    }

    /// The first link; once more if it shows that there are exports, which must not go as unused.
    pub fn first_pass(&self) -> Result<(FirstPass, Target), LinkError> {
        let (mut first_pass, mut linked) = self.first(&FirstPass::default())?;
        if !first_pass.exports.is_empty() {
            (first_pass, linked) = self.first(&first_pass)?;
        }
        if !first_pass.has_main && !first_pass.is_resident && first_pass.exports.is_empty() {
            first_pass.diagnostics.insert(0, diagnostic::nothing_to_run());
        }
        if !first_pass.diagnostics.is_empty() {
            return Err(LinkError::Refused(first_pass.diagnostics));
        }
        let order = symbol_order::of(&linked.elf, &linked.map)?;
        files::write(&self.path("order"), order.join("\n").as_bytes())?;
        let target = objects::attributes(&linked.map)?.target()?;
        Ok((first_pass, target))
    }

    fn first(&self, known: &FirstPass) -> Result<(FirstPass, Linked), LinkError> {
        let options = ["--emit-relocs", "--strip-debug", "--unresolved-symbols=ignore-all"];
        let linked = self.link("first", known, options.map(str::to_owned))?;
        let first_pass = FirstPass::read(&linked.elf, &linked.map)?;
        Ok((first_pass, linked))
    }

    /// The second link: the ELF, and the module in it.
    pub fn module(&self, first_pass: &FirstPass, target: Target) -> Result<(Vec<u8>, Module), LinkError> {
        let entry = match first_pass.has_main {
            true => Entry::Main,
            false => Entry::Library,
        };
        let functions = first_pass.functions.iter().map(String::as_str);
        let thunks = self.path("thunks.o");
        files::write(&thunks, &thunks::object(target, functions, entry)?)?;
        let options = [
            thunks.display().to_string(),
            "-shared".to_owned(),
            // From them `mkmod size` tells who calls whom. They are not loaded.
            "--emit-relocs".to_owned(),
            // Functions that are left out have debug information, and lld would have it say that they are at 0.
            // In `.debug_ranges` that number means something else.
            "-zdead-reloc-in-nonalloc=.debug_info=0xffffffff".to_owned(),
            "-zdead-reloc-in-nonalloc=.debug_aranges=0xffffffff".to_owned(),
            "-zdead-reloc-in-nonalloc=.debug_line=0xffffffff".to_owned(),
            // Addends are at their places, whether or not the relocations have them too.
            "--apply-dynamic-relocs".to_owned(),
            "-Bsymbolic".to_owned(),
            "-znotext".to_owned(),
            "-zundefs".to_owned(),
            "--hash-style=sysv".to_owned(),
            format!("--version-script={}", self.path("versions").display()),
            format!("--symbol-ordering-file={}", self.path("order").display()),
            "--no-warn-symbol-ordering".to_owned(),
            // Room for ours, which does not depend on where the program was built.
            "--build-id=0x0000000000000000".to_owned(),
        ];
        let linked = self.link("second", first_pass, options)?;
        print!("{}", linked.answers);
        eprint!("{}", linked.warnings);
        if let Some(path) = &self.invocation.map {
            files::write(path, &files::read(&self.path("second.map"))?)?;
        }
        let module = image::read(&linked.elf, &linked.map, first_pass, target.isa)?;
        Ok((linked.elf, module))
    }

    /// Links the program with what both links have in common, and `options`.
    fn link<const N: usize>(
        &self,
        name: &str,
        first_pass: &FirstPass,
        options: [String; N],
    ) -> Result<Linked, LinkError> {
        let script = script::script(first_pass.sections.iter().map(String::as_str));
        files::write(&self.path("module.ld"), script.as_bytes())?;
        let elf = self.path(name);
        let map = self.path(&format!("{name}.map"));
        let common = [
            format!("--script={}", self.path("module.ld").display()),
            format!("-Map={}", map.display()),
            format!("--output={}", elf.display()),
            // `main` is looked up in the symbol table: a library has none.
            "--entry=0".to_owned(),
            "--gc-sections".to_owned(),
            "-znorelro".to_owned(),
            // A table that is only reached by `__start_NAME` is used.
            "-znostart-stop-gc".to_owned(),
            "-zmax-page-size=4".to_owned(),
        ];
        let exports = first_pass.exports.iter().map(String::as_str);
        let roots = ROOTS.into_iter().chain(exports);
        let roots = roots.map(|root| format!("--undefined={root}"));
        let ours = common.into_iter().chain(roots).chain(options);
        let inputs = self.invocation.inputs.iter().cloned();
        let output = self.lld.link(inputs.chain(ours.map(OsString::from)), self.scratch.path())?;
        Ok(Linked {
            elf: files::read(&elf)?,
            map: LinkMap::parse(&String::from_utf8_lossy(&files::read(&map)?)),
            answers: String::from_utf8_lossy(&output.stdout).into_owned(),
            warnings: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.scratch.path().join(name)
    }
}
