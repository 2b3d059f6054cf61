//! Tests in a file of their own.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

#[rtt_mod::tests]
mod tests {
    #[test]
    fn nobody_is_around() {
        assert_eq!(rtt_mod::env::args().count(), if cfg!(target_os = "none") { 2 } else { 0 });
    }
}
