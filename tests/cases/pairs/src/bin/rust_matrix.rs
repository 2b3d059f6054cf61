//! Multiplies matrices of 16 rows and columns.
#![no_std]
#![no_main]

use rtt_mod::println;

const N: usize = 16;

type Matrix = [[i32; N]; N];

fn multiply(a: &Matrix, b: &Matrix, c: &mut Matrix) {
    for i in 0..N {
        for j in 0..N {
            let sum = (0..N).fold(0i32, |sum, k| sum.wrapping_add(a[i][k].wrapping_mul(b[k][j])));
            c[i][j] = sum >> 4;
        }
    }
}

#[rtt_mod::main]
fn main() {
    pairs::mark();
    let (mut a, mut b, mut c) = ([[0; N]; N], [[0; N]; N], [[0; N]; N]);
    for i in 0..N {
        for j in 0..N {
            a[i][j] = (i + j) as i32;
            b[i][j] = i as i32 - j as i32;
        }
    }
    for _ in 0..4 {
        multiply(&a, &b, &mut c);
        multiply(&c, &b, &mut a);
    }
    let trace = (0..N).fold(0i32, |sum, i| sum.wrapping_add(a[i][i]));
    println!("the trace is {trace}");
    pairs::mark();
}
