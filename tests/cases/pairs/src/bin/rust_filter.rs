//! Filters a signal: a low pass of the second order in floating point.
#![no_std]
#![no_main]

use rtt_mod::println;

#[rtt_mod::main]
fn main() {
    pairs::mark();
    let (mut x1, mut x2, mut y1, mut y2, mut most) = (0.0f32, 0.0, 0.0, 0.0, 0.0);
    let mut noise = 1u32;
    for i in 0..200 {
        noise = noise.wrapping_mul(1664525).wrapping_add(1013904223);
        let x = (if i % 50 < 25 { 1000.0 } else { -1000.0 }) + (noise >> 24) as f32;
        let y = 0.0675 * x + 0.135 * x1 + 0.0675 * x2 + 1.143 * y1 - 0.413 * y2;
        (x2, x1, y2, y1) = (x1, x, y1, y);
        if y > most {
            most = y;
        }
    }
    println!("at most {}", most as i32);
    pairs::mark();
}
