//! Memory that the module wastes.

use super::{Case, Cause, Finding};

/// The largest gap between two segments that is no more than alignment, in bytes.
const GAP_MAX: u64 = 16;

/// Looks for gaps between segments. Both loaders allocate memory for them.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let loaded: Vec<_> = case.module.segments.iter().filter(|segment| segment.is_loaded()).collect();
    let gaps = loaded.windows(2).map(|pair| u64::from(pair[1].address).saturating_sub(pair[0].memory().end()));
    let large = gaps.filter(|&bytes| bytes > GAP_MAX);
    large
        .map(|bytes| Finding::new(Cause::Gap { bytes }).help("link with mkmod-ld, or with -Wl,-z,max-page-size=4"))
        .collect()
}
