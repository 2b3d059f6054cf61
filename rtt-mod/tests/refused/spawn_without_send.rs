use core::cell::Cell;

fn main() {
    let cell: &'static Cell<u32> = Box::leak(Box::new(Cell::new(1)));
    rtt_mod::thread::spawn(move || cell.set(2));
}
