//! Random numbers of the board's generator: RT-Thread's `hwcrypto`.
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// Fills `bytes` with random numbers: `rt_hwcrypto_rng_update`.
///
/// How random they are depends on the generator and its driver.
///
/// # Errors
///
/// [`Error::NotFound`](crate::Error::NotFound) if the board has no generator;
/// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback.
///
/// ```no_run
/// let mut key = [0; 16];
/// rtt_mod::random::fill(&mut key)?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn fill(bytes: &mut [u8]) -> Result<()> {
    sys::class::fill_with_random(bytes)
}

/// The board's generator, with the trait [`TryRng`](rand_core::TryRng) of `rand_core`, for what asks for one: it seeds the
/// generators of `rand`, for instance.
///
/// It does not claim to be fit for cryptography, `TryCryptoRng`, which depends on the board.
///
/// ```no_run
/// use rand_core::TryRng;
///
/// let dice = rtt_mod::random::Generator.try_next_u32()? % 6 + 1;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[cfg(feature = "rand_core")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Generator;

#[cfg(feature = "rand_core")]
impl rand_core::TryRng for Generator {
    type Error = crate::Error;

    fn try_next_u32(&mut self) -> Result<u32> {
        let mut bytes = [0; 4];
        fill(&mut bytes)?;
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64> {
        let mut bytes = [0; 8];
        fill(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<()> {
        fill(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_bytes_are_filled() {
        let (mut first, mut second) = ([0; 37], [0; 37]);
        fill(&mut first).unwrap();
        fill(&mut second).unwrap();
        assert_ne!(first, second);
        assert_ne!(first[29..], [0; 8]);
    }
}
