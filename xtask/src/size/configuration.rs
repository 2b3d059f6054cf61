//! The configurations of kernel-glue that are measured.

use std::collections::BTreeSet;

use firmware::Board;
use firmware::Glue;

use super::kconfig::{self, Switch};

/// The options whose components only one board has: [`Board::NETWORK`].
const ON_ANOTHER_BOARD: [&str; 2] = ["MEMHEAP", "NET"];

/// The configurations whose total size is published, in this order.
pub const NAMES: [&str; 3] = ["everything", "no group of the ABI", "the core and the loader"];

/// A firmware with some of kernel-glue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Configuration {
    /// The board's name.
    pub board: &'static str,
    pub glue: Glue,
}

impl Configuration {
    /// RT-Thread with its own loader and without kernel-glue.
    pub fn of_kernel_alone() -> Self {
        Self { board: Board::DEFAULT, glue: Glue::None }
    }

    /// The configurations of [`NAMES`].
    pub fn named(switches: &[Switch]) -> Vec<(&'static str, Self)> {
        let names = |keep: fn(&Switch) -> bool| switches.iter().filter(move |it| keep(it)).map(|it| it.name.as_str());
        let offs: [BTreeSet<&str>; 3] =
            [BTreeSet::new(), names(|switch| switch.is_of_programs).collect(), names(|_| true).collect()];
        NAMES.into_iter().zip(offs.iter().map(|off| Self::without(off, Board::DEFAULT))).collect()
    }

    /// Two configurations that differ only in the option `name`: with it, and without.
    pub fn pair(switches: &[Switch], name: &str) -> [Self; 2] {
        let dependents = kconfig::dependents(switches, name);
        let off: BTreeSet<&str> = dependents.iter().copied().chain([name]).collect();
        let board = if ON_ANOTHER_BOARD.contains(&name) { Board::NETWORK } else { Board::DEFAULT };
        [&dependents, &off].map(|off| Self::without(off, board))
    }

    fn without(off: &BTreeSet<&str>, board: &'static str) -> Self {
        let mut off: BTreeSet<String> = off.iter().map(|name| (*name).to_owned()).collect();
        if board != Board::NETWORK {
            off.extend(ON_ANOTHER_BOARD.map(str::to_owned));
        }
        Self { board, glue: Glue::Without(off) }
    }
}
