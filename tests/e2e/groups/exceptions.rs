//! Tests that are skipped on the RT-Thread that `RTT_PATH` names, each with its reason.

use std::fs;
use std::ops::Range;

use firmware::{Board, Tree, Version};

/// A test that some kernels can't pass.
struct Exception {
    /// The test's group and name.
    test: &'static str,
    kernels: Kernels,
    /// What the kernel's sources say.
    reason: &'static str,
}

enum Kernels {
    Of(Range<Version>),
    /// Those with this header without this text in it.
    Without {
        header: &'static str,
        text: &'static str,
    },
}

impl Kernels {
    fn has(&self, tree: &Tree) -> bool {
        match self {
            Self::Of(versions) => versions.contains(&tree.version),
            Self::Without { header, text } => {
                fs::read_to_string(tree.root.join(header)).is_ok_and(|content| !content.contains(text))
            }
        }
    }
}

const ALL: Kernels = Kernels::Of(Version::new(0, 0, 0)..Version::new(255, 0, 0));

const OWN_BUILD: &str = "it is about our own build of 4.0.3";

const BESIDE_DLMODULE: &str = "it compares with our own build of 4.0.3 without the glue";

const WITHOUT_FIRST_SENSORS: Kernels =
    Kernels::Without { header: "components/drivers/include/drivers/sensor.h", text: "RT_SENSOR_CTRL_SET_RANGE" };

const SECOND_SENSORS: &str = "it has the second framework of sensors only, whose samples are floating-point numbers";

const EXCEPTIONS: &[Exception] = &[
    Exception {
        test: "load::a_load_takes_no_more_than_these_instructions_and_sectors",
        kernels: ALL,
        reason: BESIDE_DLMODULE,
    },
    Exception { test: "package::scons_wraps_what_the_glue_replaces", kernels: ALL, reason: OWN_BUILD },
    Exception { test: "package::scons_wraps_no_loader_of_a_kernel_without_modules", kernels: ALL, reason: OWN_BUILD },
    Exception {
        test: "threads::a_suspended_thread_ends_too",
        kernels: Kernels::Of(Version::new(4, 1, 0)..Version::new(5, 3, 0)),
        reason: "rt_thread_suspend asserts that a thread only suspends itself",
    },
    Exception {
        test: "devices::sensors_of_the_framework_are_read",
        kernels: WITHOUT_FIRST_SENSORS,
        reason: SECOND_SENSORS,
    },
    Exception {
        test: "stack_needs::no_service_takes_more_than_the_table_says",
        kernels: WITHOUT_FIRST_SENSORS,
        reason: SECOND_SENSORS,
    },
];

/// The groups in which no kernel has a part.
const OF_THE_HOST: &[&str] = &["size_report", "sizes", "targets"];

/// Why the test called `name` is skipped on `board` with the kernel of `tree`; `None` if it is run.
pub fn reason_to_skip(board: &Board, tree: &Tree, name: &str) -> Option<&'static str> {
    if !tree.has_port(board) {
        return Some("the board has no BSP for this RT-Thread");
    }
    if OF_THE_HOST.iter().any(|group| name.contains(&format!("::{group}::"))) {
        return Some("no kernel has a part in it");
    }
    let is_of = |exception: &&Exception| name.ends_with(exception.test) && exception.kernels.has(tree);
    EXCEPTIONS.iter().find(is_of).map(|exception| exception.reason)
}
