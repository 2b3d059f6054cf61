//! Shares the work on borrowed data among threads.
#![no_std]
#![no_main]

use rtt_mod::{println, thread};

#[rtt_mod::main]
fn main() {
    let mut samples = [7, 1, 8, 2, 8, 1];
    let (left, right) = samples.split_at_mut(3);
    let largest = thread::scope(|scope| {
        let left = scope.spawn(|| double(left));
        let right = scope.spawn(|| double(right));
        left.join().unwrap().max(right.join().unwrap())
    });
    println!("largest: {largest}, first: {}, last: {}", samples[0], samples[5]);
}

/// Doubles all samples, and returns the largest.
fn double(samples: &mut [u32]) -> u32 {
    samples.iter_mut().for_each(|sample| *sample *= 2);
    samples.iter().copied().max().unwrap_or(0)
}
