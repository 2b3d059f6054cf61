#[rtt_mod::import("rtthread")]
unsafe extern "C" {
    fn rt_thread_yield() -> isize;
}

fn main() {}
