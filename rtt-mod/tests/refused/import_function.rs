#[rtt_mod::import]
unsafe extern "C" fn rt_thread_yield() -> isize {
    0
}

fn main() {}
