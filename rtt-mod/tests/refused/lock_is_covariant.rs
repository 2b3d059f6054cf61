use rtt_mod::sync::{Mutex, OnceLock, RwLock};

fn mutex<'a>(lock: &'a Mutex<&'static str>) -> &'a Mutex<&'a str> {
    lock
}

fn rw_lock<'a>(lock: &'a RwLock<&'static str>) -> &'a RwLock<&'a str> {
    lock
}

fn once_lock<'a>(lock: &'a OnceLock<&'static str>) -> &'a OnceLock<&'a str> {
    lock
}

fn main() {
    let _ = (mutex, rw_lock, once_lock);
}
