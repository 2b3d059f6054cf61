//! A program whose tests pass, and some that fail when they are asked for.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

extern crate alloc;

mod stock;

use rtt_mod::println;
use stock::Stock;

#[rtt_mod::main]
fn main() {
    println!("{} boxes", Stock::new(3).boxes());
}

#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use rtt_mod::{
        Result, println,
        thread::sleep,
        time::{Duration, Instant},
    };

    #[test]
    fn time_passes() -> Result<()> {
        let start = Instant::now();
        sleep(Duration::from_millis(20));
        assert!(start.elapsed() >= Duration::from_millis(20));
        Ok(())
    }

    #[test]
    async fn futures_are_awaited() {
        assert_eq!(core::future::ready(7).await, 7);
    }

    #[test]
    #[should_panic]
    fn a_panic_is_wanted() {
        panic!("as it should");
    }

    #[test]
    #[should_panic(expected = "out of bounds: the len is 3")]
    fn a_message_is_wanted() {
        let numbers = core::hint::black_box([1, 2, 3].as_slice());
        println!("{}", numbers[numbers.len()]);
    }

    #[test]
    #[ignore = "fails"]
    fn fails_by_an_assertion() {
        println!("seven is compared");
        assert_eq!(core::hint::black_box(7), 8, "seven is no eight");
    }

    #[test]
    #[ignore = "fails"]
    fn fails_by_an_error() -> Result<()> {
        Err(rtt_mod::Error::NotFound)
    }

    #[test]
    #[ignore = "fails"]
    #[should_panic]
    fn fails_without_a_panic() {}

    #[test]
    #[ignore = "fails"]
    #[should_panic(expected = "another message")]
    fn fails_by_its_message() {
        panic!("this message");
    }

    /// There is no such address in the flash memory.
    #[cfg(target_os = "none")]
    #[test]
    #[ignore = "fails"]
    #[allow(unsafe_code)]
    fn fails_by_a_fault() {
        let nowhere = core::hint::black_box(0xFFFF_FFF0 as *const u32);
        // SAFETY: none; the fault is what is wanted.
        println!("{}", unsafe { nowhere.read_volatile() });
    }
}
