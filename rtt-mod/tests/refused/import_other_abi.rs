#[rtt_mod::import]
unsafe extern "system" {
    fn rt_thread_yield() -> isize;
}

fn main() {}
