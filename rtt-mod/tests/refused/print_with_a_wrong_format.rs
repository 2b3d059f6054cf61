fn main() {
    let used = 1;
    rtt_mod::println!("{", used);
    rtt_mod::println!("{} {}", used);
    rtt_mod::println!("{}", used, 2);
    rtt_mod::println!("{missing}");
    rtt_mod::println!("{name}", name = 1, 2);
    rtt_mod::println!("{:y}", used);
    rtt_mod::println!(used);
}
