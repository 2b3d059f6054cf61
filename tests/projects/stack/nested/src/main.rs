//! Structs within structs are printed by `{:?}`, in an interrupt and in `main`.
#![no_std]
#![no_main]

use core::cell::Cell;
use core::hint::black_box;
use core::time::Duration;

use rtt_mod::time::timer::OneShot;
use rtt_mod::{Result, println, thread};

#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Point {
    row: u32,
    column: Option<i16>,
}

#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Line {
    from: Point,
    to: Option<Point>,
}

#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "they are printed")]
enum Shape {
    Line(Line),
    Text(&'static str, Point),
    Circle { middle: Point, radius: u32 },
    Nothing,
}

/// More fields than `core::fmt` has a function for.
#[derive(Debug)]
#[expect(dead_code, reason = "they are printed")]
struct Drawing {
    name: &'static str,
    shape: Option<Shape>,
    others: [Shape; 2],
    corner: Point,
    is_open: bool,
    edits: Cell<u32>,
    author: core::result::Result<u32, Point>,
}

fn drawing() -> Drawing {
    let point = Point { row: black_box(1), column: Some(2) };
    let line = Line { from: point, to: Some(point) };
    Drawing {
        name: "it",
        shape: Some(Shape::Line(line)),
        others: black_box([Shape::Text("text", point), Shape::Circle { middle: point, radius: 3 }]),
        corner: point,
        is_open: black_box(true),
        edits: Cell::new(5),
        author: black_box(Ok(6)),
    }
}

#[rtt_mod::main(stack = "auto")]
fn main() -> Result<()> {
    let timer = OneShot::hard(Duration::from_millis(5), || {
        let drawing = drawing();
        println!("{:?} {:?}", drawing, drawing.shape);
        drawing.author.map(|author| println!("{author}")).unwrap();
    })?;
    timer.start();
    thread::sleep(Duration::from_millis(20));
    println!("{:?} {:#?}", drawing(), black_box(Some(Shape::Nothing)));
    Ok(())
}
