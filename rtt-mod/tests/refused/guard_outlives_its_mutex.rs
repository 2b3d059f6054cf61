use rtt_mod::sync::Mutex;

fn main() {
    let guard = {
        let mutex = Mutex::new(7);
        mutex.lock()
    };
    drop(guard);
}
