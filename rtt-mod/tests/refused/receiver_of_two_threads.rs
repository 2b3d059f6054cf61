use rtt_mod::sync::mpsc;

fn for_another_thread<T: Send>(_: T) {}

fn main() {
    let (_, receiver) = mpsc::channel::<u32>();
    for_another_thread(&receiver);
}
