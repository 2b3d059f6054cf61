use rtt_mod::device::Device;

fn main() {
    let device = Device::find("uart1").unwrap();
    let bytes = vec![0; 8];
    let _ = device.write_static(0, &bytes);
}
