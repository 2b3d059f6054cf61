fn main() {
    let numbers = vec![1, 2, 3];
    rtt_mod::thread::spawn(|| numbers.len());
}
