#[rtt_mod::export]
pub unsafe fn memcpy(to: *mut u8, from: *const u8, bytes: usize) -> *mut u8 {
    let _ = (from, bytes);
    to
}

#[rtt_mod::export]
pub fn floorf(number: i32) -> i32 {
    number
}

#[rtt_mod::export]
pub fn module_init() {}

fn main() {}
