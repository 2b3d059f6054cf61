use rtt_mod::sync::{Mutex, MutexGuard};

fn for_another_thread<T: Send>(_: T) {}

fn main() {
    let mutex = Mutex::new(7);
    let guard: MutexGuard<'_, i32> = mutex.lock();
    for_another_thread(guard);
}
