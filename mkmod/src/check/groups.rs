//! The groups of the module ABI that can be switched off in kernel-glue's `Kconfig`.

use crate::symbols::Kernel;
use format::note;

/// A group of the ABI.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// Its option in kernel-glue.
    option: &'static str,
    /// The option of RT-Thread that it depends on, if there is one.
    component: Option<&'static str>,
    /// The prefixes of the names of its functions.
    prefixes: &'static [&'static str],
}

/// A function belongs to the first group that has a prefix of its name.
const GROUPS: [Group; 39] = [
    of_ours("RTT_MOD_USING_TIME", &["rttm_thread_sleep", "rttm_uptime"]),
    of_ours("RTT_MOD_USING_INTERRUPT", &["rttm_interrupt_"]),
    of_ours("RTT_MOD_USING_THREAD", &["rttm_thread_"]),
    of_ours("RTT_MOD_USING_SEMAPHORE", &["rttm_semaphore_"]),
    of_ours("RTT_MOD_USING_MUTEX", &["rttm_mutex_"]),
    of_ours("RTT_MOD_USING_EVENT", &["rttm_event_"]),
    of_ours("RTT_MOD_USING_MAILBOX", &["rttm_mailbox_"]),
    of_ours("RTT_MOD_USING_QUEUE", &["rttm_queue_"]),
    over("RT_USING_MEMPOOL", "RTT_MOD_USING_POOL", &["rttm_pool_"]),
    of_ours("RTT_MOD_USING_NAME", &["rttm_set_name"]),
    of_ours("RTT_MOD_USING_LOG", &["rttm_log_message"]),
    of_ours("RTT_MOD_USING_ENVIRONMENT", &["rttm_environment_"]),
    of_ours("RTT_MOD_USING_TIMER", &["rttm_timer_"]),
    of_ours("RTT_MOD_USING_KERNEL_HEAP", &["rttm_heap_"]),
    of_ours("RTT_MOD_USING_CONSOLE", &["rttm_console_"]),
    of_ours("RTT_MOD_USING_FILE", &["rttm_file_", "rttm_directory_"]),
    of_ours("RTT_MOD_USING_MEMORY", &["rttm_library_open_bytes"]),
    of_ours("RTT_MOD_USING_LIBRARY", &["rttm_library_"]),
    of_ours("RTT_MOD_USING_DEVICE", &["rttm_device_"]),
    of_ours("RTT_MOD_USING_DRIVER", &["rttm_driver_"]),
    over("RT_USING_MSH", "RTT_MOD_USING_SHELL", &["rttm_command_"]),
    over("RT_USING_PIN", "RTT_MOD_USING_PIN", &["rttm_pin_"]),
    over("RT_USING_I2C", "RTT_MOD_USING_I2C", &["rttm_i2c_"]),
    over("RT_USING_SPI", "RTT_MOD_USING_SPI", &["rttm_spi_"]),
    over("RT_USING_SERIAL", "RTT_MOD_USING_UART", &["rttm_uart_"]),
    over("RT_USING_ADC", "RTT_MOD_USING_ADC", &["rttm_adc_"]),
    over("RT_USING_PWM", "RTT_MOD_USING_PWM", &["rttm_pwm_"]),
    over("RT_USING_DAC", "RTT_MOD_USING_DAC", &["rttm_dac_"]),
    over("RT_USING_WDT", "RTT_MOD_USING_WATCHDOG", &["rttm_watchdog_"]),
    over("RT_USING_HWTIMER", "RTT_MOD_USING_HWTIMER", &["rttm_hwtimer_"]),
    over("RT_USING_MTD_NOR", "RTT_MOD_USING_FLASH", &["rttm_flash_"]),
    over("RT_USING_SENSOR", "RTT_MOD_USING_SENSOR", &["rttm_sensor_"]),
    over("RT_USING_CAN", "RTT_MOD_USING_CAN", &["rttm_can_"]),
    over("RT_HWCRYPTO_USING_RNG", "RTT_MOD_USING_RANDOM", &["rttm_random_"]),
    of_ours("RTT_MOD_USING_BLOCK", &["rttm_block_"]),
    of_ours("RTT_MOD_USING_DISPLAY", &["rttm_display_"]),
    over("RT_USING_MEMHEAP", "RTT_MOD_USING_MEMHEAP", &[note::MEMHEAP_MARKER]),
    over("RT_USING_RTC", "RTT_MOD_USING_CLOCK", &["rttm_clock_"]),
    over("RT_USING_SAL", "RTT_MOD_USING_NET", &["rttm_socket_", "rttm_resolve"]),
];

const fn of_ours(option: &'static str, prefixes: &'static [&'static str]) -> Group {
    Group { option, component: None, prefixes }
}

const fn over(component: &'static str, option: &'static str, prefixes: &'static [&'static str]) -> Group {
    Group { option, component: Some(component), prefixes }
}

/// The options that bring the group of `name`, for a kernel that exports no function of the group.
pub fn mend(kernel: &Kernel, name: &str) -> Option<String> {
    let group = group_of(name)?;
    let is_off = !kernel.exports.keys().any(|export| group_of(export) == Some(group));
    let options = match group.component {
        Some(component) => format!("{component} and {}", group.option),
        None => group.option.to_owned(),
    };
    is_off.then(|| {
        format!("enable {options} in the firmware; if kernel-glue does not have {}, update kernel-glue", group.option)
    })
}

fn group_of(name: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.prefixes.iter().any(|prefix| name.starts_with(prefix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = include_str!("../../../kernel-glue/include/rtt_mod.h");
    const KCONFIG: &str = include_str!("../../../kernel-glue/Kconfig");

    /// Every firmware with kernel-glue has these.
    const ALWAYS: [&str; 9] = [
        "rttm_close",
        "rttm_exit",
        "rttm_format",
        "rttm_print",
        "rttm_sink_write",
        "rttm_panic",
        "rttm_may_wait",
        "rttm_critical_enter",
        "rttm_critical_exit",
    ];

    /// The functions that the header declares.
    fn functions() -> impl Iterator<Item = &'static str> {
        let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
        let words = HEADER.split('(').map(move |text| &text[text.trim_end_matches(is_of_name).len()..]);
        words.filter(|name| name.starts_with("rttm_"))
    }

    #[test]
    fn every_function_belongs_to_a_group_or_is_always_there() {
        for name in functions() {
            assert!(ALWAYS.contains(&name) != group_of(name).is_some(), "{name}");
        }
    }

    #[test]
    fn every_group_has_functions_and_an_option() {
        for group in &GROUPS {
            assert!(functions().any(|name| group_of(name) == Some(group)), "{group:?}");
            assert!(KCONFIG.contains(&format!("\nconfig {}\n", group.option)), "{group:?}");
        }
    }
}
