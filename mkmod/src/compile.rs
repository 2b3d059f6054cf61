//! `mkmod cc` and `mkmod c++`.

use super::{Outcome, cli, print, report};
use mkmod::cc::{self, Compiler, Language};
use mkmod::symbols::{Kernel, Processor};
use std::process::ExitCode;

/// Compiles, and checks the module if one was linked.
pub fn compile(language: Language, arguments: cli::Compile) -> Outcome {
    let cli::Compile { kernel, target, prefix, gcc } = arguments;
    let kernel = kernel.as_deref().map(Kernel::open).transpose()?;
    let processor = processor(kernel.as_ref(), target.as_deref())?;
    let exports = kernel.iter().flat_map(|kernel| kernel.exports.keys().cloned()).collect();
    let compiler = Compiler { language, processor, exports, prefix };
    let module = match compiler.run(gcc)? {
        cc::Outcome::Failed(code) => return Ok(code.into()),
        cc::Outcome::Compiled => return Ok(ExitCode::SUCCESS),
        cc::Outcome::Linked(module) => module,
    };
    if let Some(report) = kernel.map(|kernel| report(&module, &kernel, None)).transpose()? {
        if report.refused() {
            anstream::eprint!("{}", report.colored());
            return Ok(ExitCode::FAILURE);
        }
        print(&report.to_string())?;
    }
    Ok(ExitCode::SUCCESS)
}

fn processor(kernel: Option<&Kernel>, target: Option<&str>) -> Result<Processor, String> {
    match (target, kernel) {
        (Some(target), _) => {
            Processor::of_target(target).ok_or_else(|| format!("{target} is no target of RT-Thread's"))
        }
        (None, Some(kernel)) => kernel.processor.ok_or_else(|| {
            format!("{} does not say its processor; name it by --target, as in thumbv7m-none-eabi", kernel.name)
        }),
        (None, None) => Err("name a kernel by --kernel, or a target by --target".into()),
    }
}
