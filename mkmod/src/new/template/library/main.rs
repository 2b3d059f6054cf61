//! A library: other modules open it with `rtt_mod::dl::Library` or `dlopen`, and call its functions by their names.
#![no_std]
#![cfg_attr(target_os = "none", no_main)]

rtt_mod::library!();

/// Adds two numbers. The result stops at the largest and the smallest number that there is.
#[rtt_mod::export]
pub fn add(left: i32, right: i32) -> i32 {
    left.saturating_add(right)
}

#[cfg(test)]
#[rtt_mod::tests]
mod tests {
    use super::*;

    #[test]
    fn a_sum_stops_at_the_ends() {
        assert_eq!(add(3, 4), 7);
        assert_eq!(add(i32::MAX, 1), i32::MAX);
    }
}
