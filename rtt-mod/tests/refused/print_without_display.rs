struct Point;

fn main() {
    rtt_mod::println!("{}", Point);
    rtt_mod::println!("{0:>5} {point:?}", Point, point = 5);
    rtt_mod::println!("{:x}", "text");
}
