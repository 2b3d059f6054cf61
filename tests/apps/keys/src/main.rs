//! Reads keys as they are typed, until `q`; ends while it waits for one; and shows what `dbg!` prints.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{
    Args, Result, dbg,
    io::{self, Write},
    print, println, process, thread,
};

#[rtt_mod::main]
fn main(mut args: Args) -> Result<i32> {
    match args.next_back() {
        Some("dbg") => {
            let pair = (1, "two");
            dbg!(pair);
            Ok(dbg!(3 * 4) + 1)
        }
        Some("leave") => {
            thread::spawn(read_keys);
            thread::sleep(Duration::from_millis(200));
            println!("nobody types");
            process::exit(4)
        }
        _ => {
            println!("ready");
            read_keys()?;
            println!();
            io::stdout().write_all(b"[tab\there]\n")?;
            Ok(0)
        }
    }
}

fn read_keys() -> Result<()> {
    for key in io::stdin().bytes() {
        let key = key?;
        print!("{key:02x} ");
        if key == b'q' {
            break;
        }
    }
    Ok(())
}
