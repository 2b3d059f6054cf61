//! Prints what it knows of the firmware's configuration: built in, the options are `cfg`s.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    println!("files: {}", cfg!(RT_USING_DFS));
    println!("short names: {}, some: {}", cfg!(RT_NAME_MAX = "8"), cfg!(RT_NAME_MAX));
    println!("shell: {}", cfg!(FINSH_THREAD_NAME = "tshell"));
}
