fn main() {
    let mut total = 0;
    let mut port = rtt_mod::device::Device::find("uart1").unwrap();
    port.on_receive(|count| total += count).unwrap();
}
