//! Sorts a thousand numbers.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main(stack = "8K")]
fn main() {
    pairs::mark();
    let mut a = [0i32; 1000];
    let mut x = 1u32;
    for value in &mut a {
        x = x.wrapping_mul(1664525).wrapping_add(1013904223);
        *value = x as i32 >> 8;
    }
    a.sort_unstable();
    assert!(a.is_sorted());
    println!("{} to {}", a[0], a[999]);
    pairs::mark();
}
