#[rtt_mod::export]
pub fn rttm_exit(code: i32) {
    let _ = code;
}

#[rtt_mod::export]
pub fn __aeabi_uidiv(left: u32, right: u32) -> u32 {
    left + right
}

fn main() {}
