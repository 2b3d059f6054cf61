//! Whether the kernel exports what the module needs.

use super::{Case, Cause, Finding, Use, abi, advice, groups};
use crate::module::Import;
use crate::symbols::{Kernel, Loader};
use format::note::MEMHEAP_MARKER;

/// How similar a name must be to be suggested; 1 means equal.
const SIMILAR: f64 = 0.75;

/// What the names of the module ABI begin with.
const ABI: &str = "rttm_";

/// Prefixes of functions, and the option of RT-Thread that brings them.
const FAMILIES: [(&str, &str); 25] = [
    ("rt_adc_", "RT_USING_ADC"),
    ("rt_audio_", "RT_USING_AUDIO"),
    ("rt_can_", "RT_USING_CAN"),
    ("rt_dac_", "RT_USING_DAC"),
    ("rt_device_", "RT_USING_DEVICE"),
    ("rt_event_", "RT_USING_EVENT"),
    ("rt_hwcrypto_", "RT_USING_HWCRYPTO"),
    ("rt_i2c_", "RT_USING_I2C"),
    ("rt_mb_", "RT_USING_MAILBOX"),
    ("rt_memheap_", "RT_USING_MEMHEAP"),
    ("rt_mp_", "RT_USING_MEMPOOL"),
    ("rt_mq_", "RT_USING_MESSAGEQUEUE"),
    ("rt_mtd_", "RT_USING_MTD_NOR"),
    ("rt_mutex_", "RT_USING_MUTEX"),
    ("rt_pin_", "RT_USING_PIN"),
    ("rt_pwm_", "RT_USING_PWM"),
    ("rt_rtc_", "RT_USING_RTC"),
    ("rt_sem_", "RT_USING_SEMAPHORE"),
    ("rt_sensor_", "RT_USING_SENSOR"),
    ("rt_spi_", "RT_USING_SPI"),
    ("rt_touch_", "RT_USING_TOUCH"),
    ("rt_usbd_", "RT_USING_USB_DEVICE"),
    ("rt_wlan_", "RT_USING_WIFI"),
    ("rt_work", "RT_USING_DEVICE_IPC"),
    ("lwip_", "RT_USING_LWIP"),
];

/// The functions of the socket layer, which RT-Thread exports under their POSIX names.
const SOCKETS: [&str; 16] = [
    "accept",
    "bind",
    "closesocket",
    "connect",
    "freeaddrinfo",
    "getaddrinfo",
    "gethostbyname",
    "getsockopt",
    "listen",
    "recv",
    "recvfrom",
    "send",
    "sendto",
    "setsockopt",
    "shutdown",
    "socket",
];

/// Looks up every import that the loader looks up.
pub fn check(case: &Case<'_>) -> Vec<Finding> {
    let used = case.module.imports.iter().filter(|import| !import.places.is_empty());
    let missing = used.filter(|import| !case.kernel.exports.contains_key(&import.name));
    // Our loader takes 0 for a weak one.
    let missing = missing.filter(|import| !import.weak || case.loader == Loader::Dlmodule);
    // The marker of the module ABI is checked by [`abi`].
    missing.filter(|import| !abi::is_marker(&import.name)).map(|import| finding(case, import)).collect()
}

fn finding(case: &Case<'_>, import: &Import) -> Finding {
    let Import { name, weak, .. } = import;
    let cause = Cause::Missing { name: name.clone(), kernel: case.kernel.name.clone() };
    let mut finding = Finding::new(cause).used_by(users(case, import));
    if let Some(near) = nearest(case.kernel, name).filter(|_| may_be_misspelt(name)) {
        finding = finding.help(format!("the kernel exports `{near}`, which has a similar name"));
    }
    if *weak {
        finding = finding.help("it is weak, but dlmodule needs weak symbols, too");
    }
    mends(case.kernel, name).into_iter().fold(finding, Finding::help)
}

/// The places in the program that use it.
pub fn users(case: &Case<'_>, import: &Import) -> Vec<Use> {
    let root = case.options.source_root.as_deref();
    case.program.as_ref().map(|program| program.users(import, root)).unwrap_or_default()
}

/// Whether somebody has written the name by hand, so that another one may be meant: rtt-mod's and the compiler's are right.
fn may_be_misspelt(name: &str) -> bool {
    !name.starts_with(ABI) && advice::of(name).is_none()
}

fn nearest<'k>(kernel: &'k Kernel, name: &str) -> Option<&'k str> {
    let candidates = kernel.exports.keys().filter(|export| may_be_similar(export, name));
    let rated = candidates.map(|export| (strsim::normalized_damerau_levenshtein(export, name), export));
    let near = rated.filter(|(similarity, _)| *similarity >= SIMILAR);
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, export)| export.as_str())
}

/// Whether the letters of both, in any order, allow that similarity. It is much faster than to compare the words.
fn may_be_similar(one: &str, other: &str) -> bool {
    let mut surplus = [0_i32; 256];
    one.bytes().for_each(|byte| surplus[usize::from(byte)] += 1);
    other.bytes().for_each(|byte| surplus[usize::from(byte)] -= 1);
    let added: i32 = surplus.iter().filter(|count| **count > 0).sum();
    let removed: i32 = -surplus.iter().filter(|count| **count < 0).sum::<i32>();
    let longest = one.len().max(other.len()) as f64;
    f64::from(added.max(removed)) <= longest * (1.0 - SIMILAR)
}

fn mends(kernel: &Kernel, name: &str) -> Vec<String> {
    if name.starts_with(ABI) {
        return mends_of_the_abi(kernel, name);
    }
    if let Some(advice) = advice::of(name) {
        return vec![advice.to_owned()];
    }
    if is_rust(name) {
        return vec!["it is a Rust function that no crate of the program defines; add the crate that does".into()];
    }
    let option = option_of(kernel, name).map(|option| format!("enable {option} in the firmware"));
    let export = format!("add RTM_EXPORT({name}) to the C file of the firmware that defines it");
    option.into_iter().chain([export]).collect()
}

/// A kernel-glue without one function of a group that is on is older than the function.
fn mends_of_the_abi(kernel: &Kernel, name: &str) -> Vec<String> {
    let age = || "kernel-glue in the firmware is older than the program's rtt-mod; update kernel-glue".to_owned();
    let asked = "or remove `memory` from `[package.metadata.mkmod]`, which asks for a memheap";
    let is_memheap = name == MEMHEAP_MARKER;
    let mend = groups::mend(kernel, name).unwrap_or_else(age);
    [mend].into_iter().chain(is_memheap.then(|| asked.to_owned())).collect()
}

/// The option of RT-Thread that brings the function, for a kernel that exports none of its kind.
fn option_of(kernel: &Kernel, name: &str) -> Option<&'static str> {
    if SOCKETS.contains(&name) {
        return (!SOCKETS.iter().any(|socket| kernel.exports.contains_key(*socket))).then_some("RT_USING_SAL");
    }
    let family = FAMILIES.iter().find(|(prefix, _)| name.starts_with(prefix));
    family.filter(|(prefix, _)| !has_family(kernel, prefix)).map(|(_, option)| *option)
}

fn is_rust(name: &str) -> bool {
    rustc_demangle::try_demangle(name).is_ok()
}

fn has_family(kernel: &Kernel, prefix: &str) -> bool {
    kernel.exports.keys().any(|export| export.starts_with(prefix))
}
