use std::{cell::Cell, rc::Rc};

fn main() {
    let total = Rc::new(Cell::new(0));
    let mut port = rtt_mod::device::Device::find("uart1").unwrap();
    port.on_receive(move |count| total.set(total.get() + count)).unwrap();
}
