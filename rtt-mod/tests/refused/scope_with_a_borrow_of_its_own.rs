fn main() {
    rtt_mod::thread::scope(|scope| {
        let number = 1;
        scope.spawn(|| rtt_mod::println!("{}", number));
    });
}
