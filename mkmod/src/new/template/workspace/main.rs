//! Greets those who are named on the command line.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use greeting::Greeting;
use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(args: Args) {
    args.skip(1).for_each(greet);
}

fn greet(name: &str) {
    println!("{}", Greeting::of(name).word());
    println!("{name}!");
}

// On the board nobody can read what is printed.
#[cfg(all(test, not(target_os = "none")))]
mod tests {
    use super::*;
    use rtt_mod_host::printed;

    #[test]
    fn a_name_is_greeted() {
        assert_eq!(printed(|| greet("Ada")), "Hello,\nAda!\n");
    }
}
