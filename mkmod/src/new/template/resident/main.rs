//! Stays when it is loaded, and gives the shell the command `greet`.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

use rtt_mod::{
    Result, println,
    shell::{Args, Command},
};

#[rtt_mod::init(desc = "greets by name")]
fn init() -> Result<()> {
    Command::register("greet", "greet by name", greet)?.leak();
    Ok(())
}

fn greet(args: Args<'_>) {
    for name in args.skip(1) {
        println!("Hello, {name}!");
    }
}

// On the board nobody can read what is printed.
#[cfg(all(test, not(target_os = "none")))]
mod tests {
    use super::*;
    use rtt_mod_host::{printed, run_command};

    #[test]
    fn the_command_greets_by_name() {
        let _command = Command::register("greet", "greet by name", greet).unwrap();
        let printed = printed(|| assert_eq!(run_command(&["greet", "Ada", "Grace"]), Some(0)));
        assert_eq!(printed, "Hello, Ada!\nHello, Grace!\n");
    }
}
