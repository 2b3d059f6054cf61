use core::cell::RefCell;
extern crate std;
use rtt_mod::sync::{Mutex, RwLock};
use std::rc::Rc;

static MUTEX: Mutex<Option<Rc<u32>>> = Mutex::new(None);
static LOCK: RwLock<RefCell<u32>> = RwLock::new(RefCell::new(0));

fn main() {}
