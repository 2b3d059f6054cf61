//! The repository's own chores: `cargo xtask demo`, `test`, `firmware`.

mod board;
mod process;
mod workspace;

fn main() {
    println!("{} {:?} {}", workspace::root().display(), board::BOARDS, workspace::target_dir().display());
    let _ = (process::run, process::output, process::cargo, board::Board::by_name);
}
