//! The command line of `mkmod`.

mod cli;
mod compile;
mod differences;
mod on_board;
mod tests_on_board;

use clap::{CommandFactory, Parser};
use cli::{Arguments, Command};
use mkmod::build::{self, Profile, Request};
use mkmod::cc::Language;
use mkmod::check::{self, Options, Report, Subject};
use mkmod::escape::escaped_lines;
use mkmod::install::{Card, Installable};
use mkmod::new::Application;
use mkmod::pack::{Exports, PackError};
use mkmod::symbols::Kernel;
use mkmod::{info, module, new, pack, replace, size, stack as stacks};
use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

fn main() -> ExitCode {
    let result = match Arguments::parse().command {
        Command::Build(arguments) => build(arguments),
        Command::Cc(arguments) => compile::compile(Language::C, arguments.compile),
        Command::Cxx(arguments) => compile::compile(Language::Cxx, arguments.compile),
        Command::Check(arguments) => check(&arguments),
        Command::Completions(arguments) => completions(&arguments),
        Command::Info(arguments) => info(&arguments),
        Command::Install(arguments) => install(arguments),
        Command::New(arguments) => new(arguments),
        Command::Pack(arguments) => pack(&arguments),
        Command::Run(arguments) => on_board::run(&arguments),
        Command::Send(arguments) => on_board::send(&arguments),
        Command::List(arguments) => on_board::list(&arguments),
        Command::Get(arguments) => on_board::get(&arguments),
        Command::Remove(arguments) => on_board::remove(&arguments),
        Command::Monitor(arguments) => on_board::monitor(&arguments),
        Command::Gdb(arguments) => on_board::gdb(&arguments),
        Command::Trace(arguments) => on_board::trace(&arguments),
        Command::Size(arguments) => size(&arguments),
        Command::Stack(arguments) => stack(&arguments),
        Command::Symbols(arguments) => symbols(&arguments),
    };
    result.unwrap_or_else(|error| {
        match error.downcast_ref::<io::Error>() {
            // The reader of our output has closed the pipe.
            Some(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            _ => anstream::eprintln!("{ERROR}error{ERROR:#}: {}", escaped_lines(&error.to_string())),
        }
        ExitCode::FAILURE
    })
}

type Outcome = Result<ExitCode, Box<dyn Error>>;

const ERROR: anstyle::Style = anstyle::AnsiColor::BrightRed.on_default().bold();

fn build(arguments: cli::Build) -> Outcome {
    let profile = if arguments.dev { Profile::Dev } else { Profile::Release };
    let request = Request { profile, target: arguments.target, cargo_args: arguments.cargo };
    if arguments.is_static {
        for program in build::build_in(&env::current_dir()?, &request)? {
            print(&format!("{program}\n"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    let kernel = arguments.kernel.as_deref().map(Kernel::open).transpose()?;
    let mut outcome = ExitCode::SUCCESS;
    for built in build::build(&env::current_dir()?, &request)? {
        let report = kernel.as_ref().map(|kernel| report(&built.path, kernel, None)).transpose()?;
        match report.filter(Report::refused) {
            Some(report) => {
                anstream::eprint!("{}", report.colored());
                outcome = ExitCode::FAILURE;
            }
            None => print(&format!("{built}\n"))?,
        }
    }
    Ok(outcome)
}

fn check(arguments: &cli::Check) -> Outcome {
    let report = report(&arguments.file, &Kernel::open(&arguments.kernel)?, arguments.ram)?;
    if report.refused() {
        anstream::eprint!("{}", report.colored());
        return Ok(ExitCode::FAILURE);
    }
    print_colored(&report.colored())?;
    Ok(ExitCode::SUCCESS)
}

fn report(file: &Path, kernel: &Kernel, ram_bytes: Option<u64>) -> Result<Report, Box<dyn Error>> {
    let bytes = module::read(file)?;
    let unstripped = fs::read(file.with_extension("")).ok();
    let file_name = file_name(file);
    let subject = Subject { file_name: &file_name, bytes: &bytes, unstripped: unstripped.as_deref() };
    let options = Options { ram_bytes, source_root: env::current_dir().ok() };
    Ok(check::check(subject, kernel, &options)?)
}

fn completions(arguments: &cli::Completions) -> Outcome {
    let mut script = vec![];
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "mkmod", &mut script);
    io::stdout().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

fn info(arguments: &cli::Info) -> Outcome {
    let info = info::describe(&file_name(&arguments.file), &module::read(&arguments.file)?)?;
    let text = if arguments.json { serde_json::to_string_pretty(&info)? + "\n" } else { info.to_string() };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn install(arguments: cli::Install) -> Outcome {
    let files = match arguments.files.is_empty() {
        true => {
            let request = Request { profile: Profile::Release, target: None, cargo_args: Vec::new() };
            build::build(&env::current_dir()?, &request)?.into_iter().map(|built| built.path).collect()
        }
        false => arguments.files,
    };
    let modules = files.iter().map(|file| Ok(Installable::new(&file_name(file), module::read(file)?)?));
    let modules: Vec<_> = modules.collect::<Result<_, Box<dyn Error>>>()?;
    let card = Card { folder: arguments.card, autostart: arguments.autostart };
    for module in &modules {
        for installed in card.install(module)? {
            print(&format!("{installed}\n"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn new(arguments: cli::New) -> Outcome {
    let cli::New { name, target, template, source } = arguments;
    let application = Application { name, target, template, source: source.into() };
    new::create(Path::new(""), &application)?;
    let name = application.name.as_str();
    print(&format!("created {name}; build it with `cd {name} && mkmod build`\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn pack(arguments: &cli::Pack) -> Outcome {
    let bytes = module::read(&arguments.file)?;
    let output = arguments.output.clone().unwrap_or_else(|| arguments.file.with_extension("mo"));
    let name = file_name(&output.with_extension(""));
    let exports = if arguments.keep_exports { Exports::All } else { Exports::Hooks };
    let file_name = file_name(&arguments.file);
    let packed = pack::pack(&file_name, &bytes, &name, exports).map_err(|error| match error {
        PackError::Module(error) => error.to_string(),
        error => format!("can't pack {file_name}: {error}"),
    })?;
    write(&output, &packed.bytes)?;
    print(&format!("{}: {packed}\n", output.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn size(arguments: &cli::Size) -> Outcome {
    let mut report = size::open(&arguments.file, env::current_dir().ok().as_deref())?;
    if arguments.json {
        report.functions.truncate(arguments.top.unwrap_or(usize::MAX));
        print(&(serde_json::to_string_pretty(&report)? + "\n"))?;
    } else {
        print(&report.text(arguments.top.unwrap_or(size::TOP)))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn stack(arguments: &cli::Stack) -> Outcome {
    let report = stacks::open(&arguments.file, env::current_dir().ok().as_deref())?;
    let text = if arguments.json { serde_json::to_string_pretty(&report)? + "\n" } else { report.to_string() };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn symbols(arguments: &cli::Symbols) -> Outcome {
    if let [old, new] = &arguments.diff[..] {
        return differences::differences(old, new, &arguments.modules);
    }
    let Some(kernel) = &arguments.kernel else { return Err("name a kernel".into()) };
    let text = Kernel::open(kernel)?.to_text();
    match &arguments.output {
        Some(path) => write(path, escaped_lines(&text).as_bytes())?,
        None => print(&text)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints text that may contain names from files.
fn print(text: &str) -> io::Result<()> {
    print_colored(&escaped_lines(text))
}

/// Prints text in which names are escaped already.
fn print_colored(text: &str) -> io::Result<()> {
    anstream::stdout().write_all(text.as_bytes())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    replace::file(path, bytes).map_err(|error| format!("can't write {}: {error}", path.display()))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
