//! Greets those who are named on the command line.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use rtt_mod::{env::Args, println};

#[rtt_mod::main]
fn main(args: Args) {
    println!("Hello from {{name}}!");
    for name in args.skip(1) {
        greet(name);
    }
}

fn greet(name: &str) {
    println!("Hello, {name}!");
}

// `cargo t` runs these tests on the PC, `cargo test` on the board.
#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use rtt_mod::{
        thread,
        time::{Duration, Instant},
    };

    #[test]
    fn time_passes() {
        let start = Instant::now();
        thread::sleep(Duration::from_millis(20));
        assert!(start.elapsed() >= Duration::from_millis(20));
    }

    /// On the board nobody can read what is printed.
    #[cfg(not(target_os = "none"))]
    #[test]
    fn a_name_is_greeted() {
        let printed = rtt_mod_host::printed(|| super::greet("Ada"));
        assert_eq!(printed, "Hello, Ada!\n");
    }
}
