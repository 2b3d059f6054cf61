//! A struct within a struct, and one in an enum, are printed by `{:?}` in an interrupt and in `main`.
#![no_std]
#![no_main]

use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Point {
    row: u32,
    column: Option<i16>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Line {
    from: Point,
    to: Option<Point>,
}

#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
enum Shape {
    Line(Line),
    Dot { place: Point, radius: u32 },
    Nothing,
}

fn shape() -> Shape {
    let point = |row| Point { row: black_box(row), column: Some(2) };
    match black_box(1) {
        0 => Shape::Nothing,
        1 => Shape::Line(Line { from: point(1), to: Some(point(3)) }),
        radius => Shape::Dot { place: point(1), radius },
    }
}

#[rtt_mod::main(stack = "auto")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || println!("{:?}", shape()))?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    println!("{:?}", Some(shape()));
    Ok(())
}
