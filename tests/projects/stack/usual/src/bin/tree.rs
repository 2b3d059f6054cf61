//! A tree is printed in an interrupt by a formatter that calls itself.
#![no_std]
#![no_main]

extern crate alloc;

use alloc::boxed::Box;
use core::fmt::{self, Display, Formatter};
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

enum Tree {
    Leaf(u32),
    Both(Box<Tree>, Box<Tree>),
}

impl Display for Tree {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Leaf(value) => write!(f, "{value}"),
            Self::Both(left, right) => write!(f, "({left} {right})"),
        }
    }
}

#[rtt_mod::main(stack = "4K", heap = "kernel")]
fn main() -> Result<()> {
    let tree = (0..1000).fold(Tree::Leaf(0), |tree, value| Tree::Both(Box::new(tree), Box::new(Tree::Leaf(value))));
    // Nothing drops it.
    let tree: &'static _ = Box::leak(Box::new(tree));
    let timer = OneShot::hard(Duration::from_millis(5), move || println!("{tree}"))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    Ok(())
}
