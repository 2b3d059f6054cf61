//! Made by bindgen from `kernel-glue/include/rtt_mod.h`; `tests/bindings.rs` says how.


pub const RTTM_ABI_MAJOR: u32 = 1;
pub const RTTM_ABI_MINOR: u32 = 1;
pub const RTTM_OK: u32 = 0;
pub const RTTM_ERROR: i32 = -1;
pub const RTTM_ERROR_TIMED_OUT: i32 = -2;
pub const RTTM_ERROR_FULL: i32 = -3;
pub const RTTM_ERROR_EMPTY: i32 = -4;
pub const RTTM_ERROR_OUT_OF_MEMORY: i32 = -5;
pub const RTTM_ERROR_UNSUPPORTED: i32 = -6;
pub const RTTM_ERROR_BUSY: i32 = -7;
pub const RTTM_ERROR_IO: i32 = -8;
pub const RTTM_ERROR_INTERRUPTED: i32 = -9;
pub const RTTM_ERROR_INVALID: i32 = -10;
pub const RTTM_ERROR_WOULD_WAIT: i32 = -11;
pub const RTTM_ERROR_DEADLOCK: i32 = -12;
pub const RTTM_ERROR_NOT_FOUND: i32 = -13;
pub const RTTM_ERROR_EXISTS: i32 = -14;
pub const RTTM_ERROR_PERMISSION: i32 = -15;
pub const RTTM_ERROR_IS_DIRECTORY: i32 = -16;
pub const RTTM_ERROR_NOT_DIRECTORY: i32 = -17;
pub const RTTM_ERROR_NOT_EMPTY: i32 = -18;
pub const RTTM_ERROR_NO_SPACE: i32 = -19;
pub const RTTM_ERROR_TOO_MANY_OPEN: i32 = -20;
pub const RTTM_ERROR_NAME: i32 = -21;
pub const RTTM_ERROR_READ_ONLY: i32 = -22;
pub const RTTM_ERROR_WOULD_BLOCK: i32 = -23;
pub const RTTM_ERROR_ADDRESS_IN_USE: i32 = -24;
pub const RTTM_ERROR_UNREACHABLE: i32 = -25;
pub const RTTM_ERROR_REFUSED: i32 = -26;
pub const RTTM_ERROR_RESET: i32 = -27;
pub const RTTM_ERROR_NOT_CONNECTED: i32 = -28;
pub const RTTM_FOREVER: u32 = 4294967295;
pub const RTTM_PRIORITY_DEFAULT: u32 = 255;
pub const RTTM_APP_AUTOSTART: u32 = 1;
pub const RTTM_APP_LIBRARY: u32 = 2;
pub const RTTM_APP_COMMAND: u32 = 4;
pub const RTTM_APP_RESIDENT: u32 = 8;
pub const RTTM_APP_MEMHEAP: u32 = 64;
pub const RTTM_EXIT_PANIC: u32 = 101;
pub const RTTM_EXIT_FAULT: u32 = 102;
pub const RTTM_ARG_STR: u32 = 0;
pub const RTTM_ARG_U32: u32 = 1;
pub const RTTM_ARG_I32: u32 = 2;
pub const RTTM_ARG_U64: u32 = 3;
pub const RTTM_ARG_I64: u32 = 4;
pub const RTTM_ARG_CHAR: u32 = 5;
pub const RTTM_ARG_BOOL: u32 = 6;
pub const RTTM_ARG_ERROR: u32 = 8;
pub const RTTM_ARG_FORMAT: u32 = 7;
pub const RTTM_PLAIN: u32 = 254;
pub const RTTM_SPEC: u32 = 255;
pub const RTTM_NO_PRECISION: u32 = 255;
pub const RTTM_ALIGN_DEFAULT: u32 = 0;
pub const RTTM_ALIGN_LEFT: u32 = 1;
pub const RTTM_ALIGN_CENTER: u32 = 2;
pub const RTTM_ALIGN_RIGHT: u32 = 3;
pub const RTTM_ALIGN_MASK: u32 = 3;
pub const RTTM_PLUS: u32 = 4;
pub const RTTM_ALTERNATE: u32 = 8;
pub const RTTM_ZERO: u32 = 16;
pub const RTTM_RADIX_DECIMAL: u32 = 0;
pub const RTTM_RADIX_HEX: u32 = 32;
pub const RTTM_RADIX_UPPERHEX: u32 = 64;
pub const RTTM_RADIX_OCTAL: u32 = 96;
pub const RTTM_RADIX_BINARY: u32 = 128;
pub const RTTM_RADIX_MASK: u32 = 224;
pub const RTTM_LOG_ERROR: u32 = 3;
pub const RTTM_LOG_WARNING: u32 = 4;
pub const RTTM_LOG_INFO: u32 = 6;
pub const RTTM_LOG_DEBUG: u32 = 7;
pub const RTTM_EVENT_ALL: u32 = 1;
pub const RTTM_EVENT_CLEAR: u32 = 2;
pub const RTTM_TIMER_PERIODIC: u32 = 1;
pub const RTTM_TIMER_HARD: u32 = 2;
pub const RTTM_FILE_READ: u32 = 1;
pub const RTTM_FILE_WRITE: u32 = 2;
pub const RTTM_FILE_APPEND: u32 = 4;
pub const RTTM_FILE_TRUNCATE: u32 = 8;
pub const RTTM_FILE_CREATE: u32 = 16;
pub const RTTM_FILE_CREATE_NEW: u32 = 32;
pub const RTTM_SEEK_START: u32 = 0;
pub const RTTM_SEEK_CURRENT: u32 = 1;
pub const RTTM_SEEK_END: u32 = 2;
pub const RTTM_KIND_FILE: u32 = 0;
pub const RTTM_KIND_DIRECTORY: u32 = 1;
pub const RTTM_KIND_OTHER: u32 = 2;
pub const RTTM_DEVICE_READ: u32 = 1;
pub const RTTM_DEVICE_WRITE: u32 = 2;
pub const RTTM_DEVICE_INTERRUPT_RX: u32 = 4;
pub const RTTM_DEVICE_INTERRUPT_TX: u32 = 8;
pub const RTTM_DEVICE_DMA_RX: u32 = 16;
pub const RTTM_DEVICE_DMA_TX: u32 = 32;
pub const RTTM_DEVICE_EXCLUSIVE: u32 = 64;
pub const RTTM_CLASS_CHARACTER: u32 = 0;
pub const RTTM_CLASS_BLOCK: u32 = 1;
pub const RTTM_CLASS_MISCELLANEOUS: u32 = 2;
pub const RTTM_PIN_OUTPUT: u32 = 0;
pub const RTTM_PIN_INPUT: u32 = 1;
pub const RTTM_PIN_INPUT_PULL_UP: u32 = 2;
pub const RTTM_PIN_INPUT_PULL_DOWN: u32 = 3;
pub const RTTM_PIN_OUTPUT_OPEN_DRAIN: u32 = 4;
pub const RTTM_PIN_RISING: u32 = 0;
pub const RTTM_PIN_FALLING: u32 = 1;
pub const RTTM_PIN_BOTH: u32 = 2;
pub const RTTM_I2C_READ: u32 = 1;
pub const RTTM_I2C_NO_START: u32 = 2;
pub const RTTM_SPI_CPHA: u32 = 1;
pub const RTTM_SPI_CPOL: u32 = 2;
pub const RTTM_SPI_LSB_FIRST: u32 = 4;
pub const RTTM_WATCHDOG_START: u32 = 0;
pub const RTTM_WATCHDOG_STOP: u32 = 1;
pub const RTTM_WATCHDOG_FEED: u32 = 2;
pub const RTTM_WATCHDOG_SET_TIMEOUT: u32 = 3;
pub const RTTM_WATCHDOG_TIMEOUT: u32 = 4;
pub const RTTM_WATCHDOG_LEFT: u32 = 5;
pub const RTTM_HWTIMER_STOP: u32 = 0;
pub const RTTM_HWTIMER_SET_FREQUENCY: u32 = 1;
pub const RTTM_HWTIMER_SET_MODE: u32 = 2;
pub const RTTM_SENSOR_RANGE: u32 = 0;
pub const RTTM_SENSOR_RATE: u32 = 1;
pub const RTTM_SENSOR_POWER: u32 = 2;
pub const RTTM_CAN_EXTENDED: u32 = 1;
pub const RTTM_CAN_REMOTE: u32 = 2;
pub const RTTM_CAN_BAUD: u32 = 0;
pub const RTTM_CAN_MODE: u32 = 1;
pub const RTTM_CAN_FD: u32 = 2;
pub const RTTM_CAN_DATA_BAUD: u32 = 3;
pub const RTTM_CAN_IS_FD: u32 = 4;
pub const RTTM_CAN_RATE_SWITCH: u32 = 8;
pub const RTTM_FLASH_READ: u32 = 0;
pub const RTTM_FLASH_WRITE: u32 = 1;
pub const RTTM_FLASH_ERASE: u32 = 2;
pub const RTTM_PIXEL_OTHER: u32 = 0;
pub const RTTM_PIXEL_RGB565: u32 = 1;
pub const RTTM_PIXEL_RGB888: u32 = 2;
pub const RTTM_PIXEL_ARGB8888: u32 = 3;
pub const RTTM_SOCKET_STREAM: u32 = 0;
pub const RTTM_SOCKET_DATAGRAM: u32 = 1;
pub const RTTM_SOCKET_READ: u32 = 1;
pub const RTTM_SOCKET_WRITE: u32 = 2;
pub const RTTM_LIBRARY_OPENED: u32 = 0;
pub const RTTM_LIBRARY_NOT_FOUND: u32 = 1;
pub const RTTM_LIBRARY_REFUSED: u32 = 2;
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_callback {
    pub call: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void, value: usize),
    >,
    pub release: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void),
    >,
    pub context: *mut ::core::ffi::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_app {
    pub size: u16,
    pub priority: u8,
    pub flags: u8,
    pub stack_bytes: u32,
    pub description: *const ::core::ffi::c_char,
    pub description_length: u32,
    pub init: ::core::option::Option<unsafe extern "C" fn() -> i32>,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rt_dlmodule {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_sink {
    pub write: ::core::option::Option<
        unsafe extern "C" fn(
            sink: *mut rttm_sink,
            text: *const ::core::ffi::c_char,
            length: u32,
        ),
    >,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_arg {
    pub kind: usize,
    pub a: usize,
    pub b: usize,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_location {
    pub file: *const ::core::ffi::c_char,
    pub file_length: u32,
    pub line: u32,
    pub column: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_thread {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_thread_options {
    pub name: *const ::core::ffi::c_char,
    pub name_length: u32,
    pub stack_bytes: u32,
    pub time_slice: u32,
    pub priority: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_packet {
    pub bytes: *const ::core::ffi::c_void,
    pub length: u32,
    pub alignment: u32,
    pub copy: *mut ::core::ffi::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_semaphore {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_mutex {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_event {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_mailbox {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_queue {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_pool {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_clock_time {
    pub seconds: i64,
    pub nanoseconds: u32,
    pub reserved: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_timer {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_heap_figures {
    pub total: u32,
    pub used: u32,
    pub peak: u32,
    pub module: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_file {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_file_status {
    pub length: u64,
    pub modified: i64,
    pub kind: u32,
    pub read_only: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_directory {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_device {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_driver {
    pub size: u32,
    pub init: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void) -> i32,
    >,
    pub open: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void, flags: u32) -> i32,
    >,
    pub close: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void),
    >,
    pub read: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            position: u32,
            bytes: *mut ::core::ffi::c_void,
            length: u32,
        ) -> i32,
    >,
    pub write: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            position: u32,
            bytes: *const ::core::ffi::c_void,
            length: u32,
        ) -> i32,
    >,
    pub control: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            command: i32,
            argument: *mut ::core::ffi::c_void,
        ) -> i32,
    >,
    pub release: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void),
    >,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_registration {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_pin_interrupt {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_i2c_message {
    pub bytes: *mut u8,
    pub length: u32,
    pub flags: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_i2c {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_spi_message {
    pub send: *const u8,
    pub receive: *mut u8,
    pub length: u32,
    pub pause_nanoseconds: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_spi {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_uart_line {
    pub baud: u32,
    pub data_bits: u8,
    pub stop_bits: u8,
    pub parity: u8,
    pub reserved: u8,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_adc {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_dac {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_pwm {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_hwtimer_time {
    pub seconds: i32,
    pub microseconds: i32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_sample {
    pub time: u32,
    pub kind: u32,
    pub values: [i32; 3usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_can_frame {
    pub id: u32,
    pub flags: u8,
    pub length: u8,
    pub reserved: u16,
    pub bytes: [u8; 8usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_can_fd_frame {
    pub id: u32,
    pub flags: u8,
    pub length: u8,
    pub reserved: u16,
    pub bytes: [u8; 64usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_can_filter {
    pub id: u32,
    pub mask: u32,
    pub flags: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_geometry {
    pub sectors: u64,
    pub sector_bytes: u32,
    pub erase_bytes: u32,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_screen {
    pub width: u32,
    pub height: u32,
    pub line_bytes: u32,
    pub format: u32,
    pub pixels: *mut ::core::ffi::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_rectangle {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_command_options {
    pub name: *const ::core::ffi::c_char,
    pub name_length: u32,
    pub description: *const ::core::ffi::c_char,
    pub description_length: u32,
    pub run: ::core::option::Option<
        unsafe extern "C" fn(
            context: *mut ::core::ffi::c_void,
            argc: i32,
            argv: *mut *mut ::core::ffi::c_char,
        ) -> i32,
    >,
    pub release: ::core::option::Option<
        unsafe extern "C" fn(context: *mut ::core::ffi::c_void),
    >,
    pub context: *mut ::core::ffi::c_void,
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_command {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_address {
    pub family: u8,
    pub reserved: u8,
    pub port: u16,
    pub ip: [u8; 16usize],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_socket {
    _unused: [u8; 0],
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct rttm_library {
    _unused: [u8; 0],
}
#[rtt_mod_macros::import]
unsafe extern "C" {
    pub fn rttm_close(handle: *mut ::core::ffi::c_void);
    pub fn rtt_mod_abi_1(module: *mut rt_dlmodule, app: *const rttm_app);
    pub fn rttm_memheap();
    pub fn rttm_exit(code: i32) -> !;
    pub fn rttm_print(
        template_text: *const u8,
        template_length: u32,
        args: *const rttm_arg,
    );
    pub fn rttm_format(
        sink: *mut rttm_sink,
        template_text: *const u8,
        template_length: u32,
        args: *const rttm_arg,
    );
    pub fn rttm_sink_write(
        sink: *mut rttm_sink,
        text: *const ::core::ffi::c_char,
        length: u32,
    );
    pub fn rttm_panic(location: *const rttm_location, message: *const rttm_arg) -> !;
    pub fn rttm_log_message(
        level: u32,
        tag: *const ::core::ffi::c_char,
        tag_length: u32,
        text: *const ::core::ffi::c_char,
        text_length: u32,
    );
    pub fn rttm_environment_get(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        value: *mut ::core::ffi::c_char,
        size: u32,
    ) -> i32;
    pub fn rttm_environment_entry(
        position: u32,
        text: *mut ::core::ffi::c_char,
        size: u32,
    ) -> i32;
    pub fn rttm_thread_sleep(milliseconds: u32);
    pub fn rttm_may_wait() -> i32;
    pub fn rttm_thread_spawn(
        options: *const rttm_thread_options,
        entry: ::core::option::Option<
            unsafe extern "C" fn(context: *mut ::core::ffi::c_void),
        >,
        context: *mut ::core::ffi::c_void,
        thread: *mut *mut rttm_thread,
    ) -> i32;
    pub fn rttm_thread_spawn_with(
        options: *const rttm_thread_options,
        entry: ::core::option::Option<
            unsafe extern "C" fn(copy: *mut ::core::ffi::c_void),
        >,
        packet: *mut rttm_packet,
        thread: *mut *mut rttm_thread,
    ) -> i32;
    pub fn rttm_thread_join(thread: *mut rttm_thread, milliseconds: u32) -> i32;
    pub fn rttm_thread_current(thread: *mut *mut rttm_thread) -> i32;
    pub fn rttm_thread_retain(thread: *mut rttm_thread);
    pub fn rttm_thread_name(
        thread: *const rttm_thread,
        length: *mut u32,
    ) -> *const ::core::ffi::c_char;
    pub fn rttm_thread_park(milliseconds: u32) -> i32;
    pub fn rttm_thread_unpark(thread: *mut rttm_thread) -> i32;
    pub fn rttm_thread_processors() -> i32;
    pub fn rttm_thread_suspend(thread: *mut rttm_thread) -> i32;
    pub fn rttm_thread_resume(thread: *mut rttm_thread) -> i32;
    pub fn rttm_thread_priority(thread: *const rttm_thread) -> i32;
    pub fn rttm_thread_set_priority(thread: *mut rttm_thread, priority: u32) -> i32;
    pub fn rttm_critical_enter();
    pub fn rttm_critical_exit();
    pub fn rttm_interrupt_disable() -> usize;
    pub fn rttm_interrupt_restore(level: usize);
    pub fn rttm_semaphore_new(count: u32, semaphore: *mut *mut rttm_semaphore) -> i32;
    pub fn rttm_semaphore_take(semaphore: *mut rttm_semaphore, milliseconds: u32) -> i32;
    pub fn rttm_semaphore_release(semaphore: *mut rttm_semaphore) -> i32;
    pub fn rttm_semaphore_count(semaphore: *const rttm_semaphore) -> i32;
    pub fn rttm_mutex_new(mutex: *mut *mut rttm_mutex) -> i32;
    pub fn rttm_mutex_lock(mutex: *mut rttm_mutex, milliseconds: u32) -> i32;
    pub fn rttm_mutex_unlock(mutex: *mut rttm_mutex) -> i32;
    pub fn rttm_event_new(event: *mut *mut rttm_event) -> i32;
    pub fn rttm_event_set(event: *mut rttm_event, flags: u32) -> i32;
    pub fn rttm_event_wait(
        event: *mut rttm_event,
        flags: u32,
        options: u32,
        milliseconds: u32,
        received: *mut u32,
    ) -> i32;
    pub fn rttm_set_name(
        handle: *mut ::core::ffi::c_void,
        name: *const ::core::ffi::c_char,
        name_length: u32,
    );
    pub fn rttm_mailbox_new(capacity: u32, mailbox: *mut *mut rttm_mailbox) -> i32;
    pub fn rttm_mailbox_send(
        mailbox: *mut rttm_mailbox,
        mail: usize,
        milliseconds: u32,
    ) -> i32;
    pub fn rttm_mailbox_receive(
        mailbox: *mut rttm_mailbox,
        mail: *mut usize,
        milliseconds: u32,
    ) -> i32;
    pub fn rttm_queue_new(bytes: u32, capacity: u32, queue: *mut *mut rttm_queue) -> i32;
    pub fn rttm_queue_send(
        queue: *mut rttm_queue,
        message: *const ::core::ffi::c_void,
        milliseconds: u32,
    ) -> i32;
    pub fn rttm_queue_send_urgent(
        queue: *mut rttm_queue,
        message: *const ::core::ffi::c_void,
    ) -> i32;
    pub fn rttm_queue_receive(
        queue: *mut rttm_queue,
        message: *mut ::core::ffi::c_void,
        milliseconds: u32,
    ) -> i32;
    pub fn rttm_pool_new(bytes: u32, capacity: u32, pool: *mut *mut rttm_pool) -> i32;
    pub fn rttm_pool_allocate(
        pool: *mut rttm_pool,
        milliseconds: u32,
        block: *mut *mut ::core::ffi::c_void,
    ) -> i32;
    pub fn rttm_pool_free(block: *mut ::core::ffi::c_void);
    pub fn rttm_pool_count(pool: *const rttm_pool) -> i32;
    pub fn rttm_uptime() -> u64;
    pub fn rttm_clock_get(time: *mut rttm_clock_time) -> i32;
    pub fn rttm_clock_set(time: *const rttm_clock_time) -> i32;
    pub fn rttm_timer_new(
        flags: u32,
        callback: *const rttm_callback,
        timer: *mut *mut rttm_timer,
    ) -> i32;
    pub fn rttm_timer_start(timer: *mut rttm_timer, milliseconds: u32) -> i32;
    pub fn rttm_timer_stop(timer: *mut rttm_timer) -> i32;
    pub fn rttm_heap_allocate(bytes: u32, alignment: u32) -> *mut ::core::ffi::c_void;
    pub fn rttm_heap_free(block: *mut ::core::ffi::c_void);
    pub fn rttm_heap_figures(figures: *mut rttm_heap_figures) -> i32;
    pub fn rttm_console_read(bytes: *mut u8, capacity: u32) -> i32;
    pub fn rttm_console_write(bytes: *const u8, length: u32) -> i32;
    pub fn rttm_file_open(
        path: *const ::core::ffi::c_char,
        path_length: u32,
        flags: u32,
        file: *mut *mut rttm_file,
    ) -> i32;
    pub fn rttm_file_read(
        file: *mut rttm_file,
        bytes: *mut ::core::ffi::c_void,
        capacity: u32,
    ) -> i32;
    pub fn rttm_file_write(
        file: *mut rttm_file,
        bytes: *const ::core::ffi::c_void,
        length: u32,
    ) -> i32;
    pub fn rttm_file_sync(file: *mut rttm_file) -> i32;
    pub fn rttm_file_set_length(file: *mut rttm_file, length: u64) -> i32;
    pub fn rttm_file_seek(
        file: *mut rttm_file,
        offset: i64,
        whence: u32,
        position: *mut u64,
    ) -> i32;
    pub fn rttm_file_status(
        path: *const ::core::ffi::c_char,
        path_length: u32,
        status: *mut rttm_file_status,
    ) -> i32;
    pub fn rttm_file_status_open(
        file: *mut rttm_file,
        status: *mut rttm_file_status,
    ) -> i32;
    pub fn rttm_file_remove(path: *const ::core::ffi::c_char, path_length: u32) -> i32;
    pub fn rttm_file_rename(
        from: *const ::core::ffi::c_char,
        from_length: u32,
        to: *const ::core::ffi::c_char,
        to_length: u32,
    ) -> i32;
    pub fn rttm_directory_open(
        path: *const ::core::ffi::c_char,
        path_length: u32,
        directory: *mut *mut rttm_directory,
    ) -> i32;
    pub fn rttm_directory_next(
        directory: *mut rttm_directory,
        name: *mut ::core::ffi::c_char,
        capacity: u32,
        kind: *mut u32,
    ) -> i32;
    pub fn rttm_directory_create(
        path: *const ::core::ffi::c_char,
        path_length: u32,
    ) -> i32;
    pub fn rttm_directory_remove(
        path: *const ::core::ffi::c_char,
        path_length: u32,
    ) -> i32;
    pub fn rttm_directory_current(path: *mut ::core::ffi::c_char, capacity: u32) -> i32;
    pub fn rttm_directory_set_current(
        path: *const ::core::ffi::c_char,
        path_length: u32,
    ) -> i32;
    pub fn rttm_device_find(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        device: *mut *mut rttm_device,
    ) -> i32;
    pub fn rttm_device_open(device: *mut rttm_device, flags: u32) -> i32;
    pub fn rttm_device_shut(device: *mut rttm_device) -> i32;
    pub fn rttm_device_unit(device: *mut rttm_device) -> i32;
    pub fn rttm_device_read(
        device: *mut rttm_device,
        position: u32,
        bytes: *mut ::core::ffi::c_void,
        length: u32,
    ) -> i32;
    pub fn rttm_device_write(
        device: *mut rttm_device,
        position: u32,
        bytes: *const ::core::ffi::c_void,
        length: u32,
    ) -> i32;
    pub fn rttm_device_control(
        device: *mut rttm_device,
        command: i32,
        argument: *mut ::core::ffi::c_void,
    ) -> i32;
    pub fn rttm_device_on_receive(
        device: *mut rttm_device,
        callback: *const rttm_callback,
    ) -> i32;
    pub fn rttm_device_on_sent(
        device: *mut rttm_device,
        callback: *const rttm_callback,
    ) -> i32;
    pub fn rttm_driver_register(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        device_class: u32,
        driver: *const rttm_driver,
        context: *mut ::core::ffi::c_void,
        registration: *mut *mut rttm_registration,
    ) -> i32;
    pub fn rttm_driver_received(registration: *mut rttm_registration, bytes: u32) -> i32;
    pub fn rttm_pin_mode(pin: u32, mode: u32) -> i32;
    pub fn rttm_pin_write(pin: u32, level: u32) -> i32;
    pub fn rttm_pin_read(pin: u32) -> i32;
    pub fn rttm_pin_interrupt(
        pin: u32,
        edge: u32,
        callback: *const rttm_callback,
        interrupt: *mut *mut rttm_pin_interrupt,
    ) -> i32;
    pub fn rttm_i2c_open(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        bus: *mut *mut rttm_i2c,
    ) -> i32;
    pub fn rttm_i2c_transfer(
        bus: *mut rttm_i2c,
        address: u32,
        messages: *const rttm_i2c_message,
        count: u32,
    ) -> i32;
    pub fn rttm_spi_open(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        device: *mut *mut rttm_spi,
    ) -> i32;
    pub fn rttm_spi_configure(device: *mut rttm_spi, mode: u32, hertz: u32) -> i32;
    pub fn rttm_spi_transfer(
        device: *mut rttm_spi,
        messages: *const rttm_spi_message,
        count: u32,
    ) -> i32;
    pub fn rttm_uart_configure(
        device: *mut rttm_device,
        line: *const rttm_uart_line,
    ) -> i32;
    pub fn rttm_adc_open(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        adc: *mut *mut rttm_adc,
    ) -> i32;
    pub fn rttm_adc_enable(adc: *mut rttm_adc, channel: u32) -> i32;
    pub fn rttm_adc_read(adc: *mut rttm_adc, channel: u32, value: *mut u32) -> i32;
    pub fn rttm_dac_open(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        dac: *mut *mut rttm_dac,
    ) -> i32;
    pub fn rttm_dac_enable(dac: *mut rttm_dac, channel: u32) -> i32;
    pub fn rttm_dac_write(dac: *mut rttm_dac, channel: u32, value: u32) -> i32;
    pub fn rttm_pwm_open(
        name: *const ::core::ffi::c_char,
        name_length: u32,
        pwm: *mut *mut rttm_pwm,
    ) -> i32;
    pub fn rttm_pwm_set(
        pwm: *mut rttm_pwm,
        channel: u32,
        period_nanoseconds: u32,
        pulse_nanoseconds: u32,
    ) -> i32;
    pub fn rttm_pwm_enable(pwm: *mut rttm_pwm, channel: u32) -> i32;
    pub fn rttm_pwm_disable(pwm: *mut rttm_pwm, channel: u32) -> i32;
    pub fn rttm_watchdog_control(
        device: *mut rttm_device,
        command: u32,
        seconds: *mut u32,
    ) -> i32;
    pub fn rttm_hwtimer_control(
        device: *mut rttm_device,
        command: u32,
        value: *mut u32,
    ) -> i32;
    pub fn rttm_sensor_read(device: *mut rttm_device, sample: *mut rttm_sample) -> i32;
    pub fn rttm_sensor_set(device: *mut rttm_device, property: u32, value: u32) -> i32;
    pub fn rttm_can_send(device: *mut rttm_device, frame: *const rttm_can_frame) -> i32;
    pub fn rttm_can_receive(device: *mut rttm_device, frame: *mut rttm_can_frame) -> i32;
    pub fn rttm_can_set(device: *mut rttm_device, property: u32, value: u32) -> i32;
    pub fn rttm_can_fd_send(
        device: *mut rttm_device,
        frame: *const rttm_can_fd_frame,
    ) -> i32;
    pub fn rttm_can_fd_receive(
        device: *mut rttm_device,
        frame: *mut rttm_can_fd_frame,
    ) -> i32;
    pub fn rttm_can_set_filters(
        device: *mut rttm_device,
        filters: *const rttm_can_filter,
        count: u32,
    ) -> i32;
    pub fn rttm_random_fill(bytes: *mut ::core::ffi::c_void, length: u32) -> i32;
    pub fn rttm_block_geometry(
        device: *mut rttm_device,
        geometry: *mut rttm_geometry,
    ) -> i32;
    pub fn rttm_block_sync(device: *mut rttm_device) -> i32;
    pub fn rttm_flash_geometry(
        device: *mut rttm_device,
        geometry: *mut rttm_geometry,
    ) -> i32;
    pub fn rttm_flash_transfer(
        device: *mut rttm_device,
        operation: u32,
        position: u32,
        bytes: *mut ::core::ffi::c_void,
        length: u32,
    ) -> i32;
    pub fn rttm_display_info(device: *mut rttm_device, info: *mut rttm_screen) -> i32;
    pub fn rttm_display_update(
        device: *mut rttm_device,
        rectangle: *const rttm_rectangle,
    ) -> i32;
    pub fn rttm_command_register(
        options: *const rttm_command_options,
        command: *mut *mut rttm_command,
    ) -> i32;
    pub fn rttm_socket_new(kind: u32, family: u32, socket: *mut *mut rttm_socket) -> i32;
    pub fn rttm_socket_bind(
        socket: *mut rttm_socket,
        address: *const rttm_address,
    ) -> i32;
    pub fn rttm_socket_listen(socket: *mut rttm_socket, backlog: u32) -> i32;
    pub fn rttm_socket_accept(
        socket: *mut rttm_socket,
        from: *mut rttm_address,
        accepted: *mut *mut rttm_socket,
    ) -> i32;
    pub fn rttm_socket_connect(socket: *mut rttm_socket, to: *const rttm_address) -> i32;
    pub fn rttm_socket_send(
        socket: *mut rttm_socket,
        bytes: *const ::core::ffi::c_void,
        length: u32,
        to: *const rttm_address,
    ) -> i32;
    pub fn rttm_socket_receive(
        socket: *mut rttm_socket,
        bytes: *mut ::core::ffi::c_void,
        capacity: u32,
        from: *mut rttm_address,
    ) -> i32;
    pub fn rttm_socket_peek(
        socket: *mut rttm_socket,
        bytes: *mut ::core::ffi::c_void,
        capacity: u32,
        from: *mut rttm_address,
    ) -> i32;
    pub fn rttm_socket_shutdown(socket: *mut rttm_socket, ways: u32) -> i32;
    pub fn rttm_socket_set_timeout(
        socket: *mut rttm_socket,
        ways: u32,
        milliseconds: u32,
    ) -> i32;
    pub fn rttm_socket_local(
        socket: *mut rttm_socket,
        address: *mut rttm_address,
    ) -> i32;
    pub fn rttm_socket_peer(socket: *mut rttm_socket, address: *mut rttm_address) -> i32;
    pub fn rttm_resolve(
        host: *const ::core::ffi::c_char,
        host_length: u32,
        addresses: *mut rttm_address,
        capacity: u32,
    ) -> i32;
    pub fn rttm_library_open(
        path: *const ::core::ffi::c_char,
        path_length: u32,
        library: *mut *mut rttm_library,
    ) -> i32;
    pub fn rttm_library_open_bytes(
        bytes: *const ::core::ffi::c_void,
        length: u32,
        name: *const ::core::ffi::c_char,
        name_length: u32,
        library: *mut *mut rttm_library,
    ) -> i32;
    pub fn rttm_library_symbol(
        library: *mut rttm_library,
        name: *const ::core::ffi::c_char,
        name_length: u32,
    ) -> *mut ::core::ffi::c_void;
    pub fn rttm_library_close(library: *mut rttm_library);
}
