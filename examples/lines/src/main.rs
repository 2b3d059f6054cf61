//! Counts the lines that are typed, until Ctrl-D.
#![no_std]
#![no_main]

use rtt_mod::{Result, io, println};

#[rtt_mod::main]
fn main() -> Result<()> {
    println!("type lines, and Ctrl-D at the end");
    let mut count = 0;
    for line in io::stdin().lines() {
        let line = line?;
        count += 1;
        println!("{count}: {} characters in `{line}`", line.chars().count());
    }
    println!("{count} lines");
    Ok(())
}
