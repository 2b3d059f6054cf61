use std::{rc::Rc, time::Duration};

fn main() {
    let counted = Rc::new(1);
    let _ = rtt_mod::time::timer::Periodic::new(Duration::from_secs(1), move || drop(Rc::clone(&counted)));
}
