/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The module ABI: what a module may call, whatever RT-Thread it is loaded by.
 *
 * - Only fixed-width integers, opaque handles and plain functions cross this border: no struct of the kernel, no
 *   configuration macro, no error number of RT-Thread's.
 * - Functions are only ever added. Whatever breaks a module gets a new major version: a new marker beside the old one.
 * - Text is UTF-8 with a length; it needs no terminating NUL unless its comment says so.
 * - Every function is called from a thread of the module's, never from an interrupt, unless its comment says otherwise.
 *
 * Everything that a binding to another language needs is in this file.
 *
 * For tools that read the ELF file of a kernel: it loads modules with kernel-glue's loader if it defines the global symbol
 * `rttm_loader_load`, and with RT-Thread's own otherwise.
 */
#ifndef RTT_MOD_H
#define RTT_MOD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the ABI in this header. The major version is in the marker's name as well. */
#define RTTM_ABI_MAJOR 1
#define RTTM_ABI_MINOR 1

/* ---- results and handles --------------------------------------------------------------------------------------- */

/*
 * What a function returns that can fail: RTTM_OK or a number of bytes, or one of these. They are the same on every
 * kernel, whatever its own error numbers are.
 */
#define RTTM_OK                         0
#define RTTM_ERROR                    (-1) /* the kernel says no more than that */
#define RTTM_ERROR_TIMED_OUT          (-2)
#define RTTM_ERROR_FULL               (-3) /* a mailbox, a queue, a count at its end */
#define RTTM_ERROR_EMPTY              (-4)
#define RTTM_ERROR_OUT_OF_MEMORY      (-5)
#define RTTM_ERROR_UNSUPPORTED        (-6) /* not by this device, file system or kernel */
#define RTTM_ERROR_BUSY               (-7)
#define RTTM_ERROR_IO                 (-8) /* the device has failed */
#define RTTM_ERROR_INTERRUPTED        (-9)
#define RTTM_ERROR_INVALID           (-10) /* an argument */
#define RTTM_ERROR_WOULD_WAIT        (-11) /* called from an interrupt or a timer, where nothing may wait */
#define RTTM_ERROR_DEADLOCK          (-12) /* the caller would wait for itself */
#define RTTM_ERROR_NOT_FOUND         (-13)
#define RTTM_ERROR_EXISTS            (-14)
#define RTTM_ERROR_PERMISSION        (-15)
#define RTTM_ERROR_IS_DIRECTORY      (-16)
#define RTTM_ERROR_NOT_DIRECTORY     (-17)
#define RTTM_ERROR_NOT_EMPTY         (-18) /* a directory */
#define RTTM_ERROR_NO_SPACE          (-19) /* on the volume */
#define RTTM_ERROR_TOO_MANY_OPEN     (-20)
#define RTTM_ERROR_NAME              (-21) /* too long, or with a character that it can't have */
#define RTTM_ERROR_READ_ONLY         (-22)
#define RTTM_ERROR_WOULD_BLOCK       (-23) /* a socket has nothing yet */
#define RTTM_ERROR_ADDRESS_IN_USE    (-24)
#define RTTM_ERROR_UNREACHABLE       (-25) /* a host or network */
#define RTTM_ERROR_REFUSED           (-26) /* a connection */
#define RTTM_ERROR_RESET             (-27) /* a connection, by the other side */
#define RTTM_ERROR_NOT_CONNECTED     (-28)

/* In place of the milliseconds that a function waits at most. A wait of 0 only looks. */
#define RTTM_FOREVER 0xFFFFFFFFu

/*
 * What a module gets from the kernel comes as a handle, in the last argument of the function that makes it; the
 * argument is set when the result is RTTM_OK. Handles are shared by all threads of a module. What a module has not
 * closed when it ends, the kernel closes.
 *
 * Milliseconds are rounded up to the kernel's tick. Those of more than half the range of a tick (24 days at 1,000 Hz)
 * are cut to that.
 */

/*
 * Closes any handle of this header's but a library's, and frees all that belongs to it. Nobody may be using it. From
 * interrupts and timers too: then it is closed in the next tick.
 */
void rttm_close(void *handle);

/*
 * A function of the module's that the kernel calls, and what the function works on.
 *
 * From an interrupt or a timer `call` must not wait: the functions that would, return RTTM_ERROR_WOULD_WAIT. A panic or
 * an exit in it ends the module, and the thread or interrupt in which it was called goes on.
 */
struct rttm_callback
{
    void (*call)(void *context, uintptr_t value);
    void (*release)(void *context); /* or NULL; once, in a thread, when `call` is not called any more; not at the
                                       module's end */
    void *context;
};

/* ---- start and end ------------------------------------------------------------------------------------------- */

/* In `rttm_app.priority`: the priority of the thread that loads the module, that is, the shell's. */
#define RTTM_PRIORITY_DEFAULT 0xFFu

/* In `rttm_app.flags`, and in those of the note: the kernel starts the module when it boots, from its folder for that. */
#define RTTM_APP_AUTOSTART 0x01u

/* In both: the module has no `main`. Others load it to call its functions, or it is a resident one. */
#define RTTM_APP_LIBRARY 0x02u

/* In both: the module is installed where the shell finds it by its bare name. For tools; the kernel does not look. */
#define RTTM_APP_COMMAND 0x04u

/* In both, with RTTM_APP_LIBRARY: a resident module. It has an `init`, and stays until it is unloaded. */
#define RTTM_APP_RESIDENT 0x08u

/* The exit code of a module that panicked. */
#define RTTM_EXIT_PANIC 101

/* The exit code of a module that the processor has stopped: a fault, or a stack overflow. */
#define RTTM_EXIT_FAULT 102

/* What a module asks of the kernel before its main thread exists. */
struct rttm_app
{
    uint16_t size;        /* sizeof(struct rttm_app) that the module was built with; later fields count as zero */
    uint8_t  priority;    /* of the main thread: 0 (highest) to RT_THREAD_PRIORITY_MAX - 2, or RTTM_PRIORITY_DEFAULT */
    uint8_t  flags;       /* RTTM_APP_… */
    uint32_t stack_bytes; /* of the main thread: 512 to 32768; a library has none */
    /* since 1.1: */
    const char *description; /* for `mod list`: UTF-8, or NULL */
    uint32_t    description_length;
    /* Of a resident module: called once it is loaded, by the thread that loads it. Anything but 0 unloads it. */
    int32_t (*init)(void);
};

/* The module's own handle: `struct rt_dlmodule` of the kernel that loads it. */
struct rt_dlmodule;

/*
 * The marker of this ABI, and the first call of every module: from `module_init`, with the argument that the loader
 * gives it. Takes over the stack and the priority that `app` asks for, and from then on the module's end.
 *
 * The module's ELF entry is `int32_t main(int32_t argc, char **argv)`. It runs in the module's main thread, and its
 * result is the module's exit code. Each `argv[i]` is NUL-terminated UTF-8 that lives as long as the module: a module
 * whose arguments are not UTF-8 is not started.
 */
void rtt_mod_abi_1(struct rt_dlmodule *module, const struct rttm_app *app);

/* Ends the module that calls, with `code` as its exit code. Does not return. */
void rttm_exit(int32_t code) __attribute__((noreturn));

/* ---- text to the console -------------------------------------------------------------------------------------- */

/* A stream of text that a `RTTM_ARG_FORMAT` callback writes to. */
struct rttm_sink;

/* Kinds of argument, in `rttm_arg.kind`. On a 32-bit kernel the 64-bit kinds have their low word in `a`, their high
 * word in `b`; on a 64-bit kernel `a` has all of it. */
#define RTTM_ARG_STR    0u /* a: const char *, b: length in bytes */
#define RTTM_ARG_U32    1u /* a: uint32_t */
#define RTTM_ARG_I32    2u /* a: int32_t */
#define RTTM_ARG_U64    3u /* a, b: uint64_t */
#define RTTM_ARG_I64    4u /* a, b: int64_t */
#define RTTM_ARG_CHAR   5u /* a: a Unicode scalar value */
#define RTTM_ARG_BOOL   6u /* a: 0 or 1 */
#define RTTM_ARG_FORMAT 7u /* a: void (*)(void *context, struct rttm_sink *sink), b: context. Ignores the specification. */

/* One argument of rttm_print. */
struct rttm_arg
{
    uintptr_t kind;
    uintptr_t a;
    uintptr_t b;
};

/*
 * In a template, two bytes that UTF-8 never uses take the place of the next argument:
 *
 *   RTTM_PLAIN                                 as Rust's `{}`
 *   RTTM_SPEC flags fill width precision       as Rust's `{:…}`; each is one byte
 *
 * `fill` is an ASCII character. `width` is 0 to 255. `precision` is 0 to 254, or RTTM_NO_PRECISION; it cuts
 * RTTM_ARG_STR, RTTM_ARG_CHAR and RTTM_ARG_BOOL to so many characters, and counts for no other kind. The bits of `flags` are RTTM_ALIGN_* | RTTM_PLUS | RTTM_ALTERNATE | RTTM_ZERO | RTTM_RADIX_*.
 * The output is what Rust's `format!` gives for the same specification.
 */
#define RTTM_PLAIN          0xFEu
#define RTTM_SPEC           0xFFu
#define RTTM_NO_PRECISION   0xFFu
#define RTTM_ALIGN_DEFAULT  0x00u /* text to the left, numbers to the right */
#define RTTM_ALIGN_LEFT     0x01u /* `<` */
#define RTTM_ALIGN_CENTER   0x02u /* `^` */
#define RTTM_ALIGN_RIGHT    0x03u /* `>` */
#define RTTM_ALIGN_MASK     0x03u
#define RTTM_PLUS           0x04u /* `+`: a sign in front of positive numbers */
#define RTTM_ALTERNATE      0x08u /* `#`: 0x, 0o or 0b in front */
#define RTTM_ZERO           0x10u /* `0`: zeros between sign and digits, up to the width */
#define RTTM_RADIX_DECIMAL  0x00u
#define RTTM_RADIX_HEX      0x20u /* `x`; of a negative number its two's complement in its own kind's width */
#define RTTM_RADIX_UPPERHEX 0x40u /* `X` */
#define RTTM_RADIX_OCTAL    0x60u /* `o` */
#define RTTM_RADIX_BINARY   0x80u /* `b` */
#define RTTM_RADIX_MASK     0xE0u

/* Prints `template_length` bytes of `template_text` to the console, with one argument for each placeholder, in order. */
void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args);

/* Writes `length` bytes of text to `sink`. Only from the callback of a RTTM_ARG_FORMAT. */
void rttm_sink_write(struct rttm_sink *sink, const char *text, uint32_t length);

/*
 * Prints `thread 'NAME' panicked at FILE:LINE:COLUMN:` and `message` on the next line, then ends the module with
 * RTTM_EXIT_PANIC. Does not return. A panic inside of a panic's message ends the module at once.
 */
struct rttm_location
{
    const char *file;
    uint32_t    file_length; /* 0: no place, only `thread 'NAME' panicked:` */
    uint32_t    line;        /* from 1 */
    uint32_t    column;      /* from 1; 0 leaves it out */
};
void rttm_panic(const struct rttm_location *location, const struct rttm_arg *message) __attribute__((noreturn));

/* ---- threads --------------------------------------------------------------------------------------------------- */

/* Puts the calling thread to sleep for at least `milliseconds`, rounded up to the kernel's tick. 0 only yields. */
void rttm_thread_sleep(uint32_t milliseconds);

/* RTTM_ERROR_WOULD_WAIT in an interrupt and in a timer's call, where nothing may wait; else RTTM_OK. From anywhere. */
int32_t rttm_may_wait(void);

/* A thread of the module's. The handle is good beyond the thread's end. */
struct rttm_thread;

/* What a new thread is to be. */
struct rttm_thread_options
{
    const char *name; /* the kernel keeps RT_NAME_MAX - 1 bytes at most, and no half characters */
    uint32_t    name_length; /* 0: the module's name */
    uint32_t    stack_bytes; /* 512 to 32768 */
    uint32_t    time_slice;  /* in ticks, among threads of the same priority; 0: the kernel's default */
    uint32_t    priority;    /* 0 (highest) to RT_THREAD_PRIORITY_MAX - 2, or RTTM_PRIORITY_DEFAULT: the caller's */
};

/* Starts a thread that calls `entry(context)` and ends when that returns. A panic in it ends the module. */
int32_t rttm_thread_spawn(const struct rttm_thread_options *options, void (*entry)(void *context), void *context,
                          struct rttm_thread **thread);

/* Waits until `thread` has returned. RTTM_ERROR_DEADLOCK if that is the caller. */
int32_t rttm_thread_join(struct rttm_thread *thread, uint32_t milliseconds);

/* One more handle of the calling thread. */
int32_t rttm_thread_current(struct rttm_thread **thread);

/* `thread` needs one more rttm_close. */
void rttm_thread_retain(struct rttm_thread *thread);

/* The name, as long as the handle is open. Of a thread that is not the module's it may be no UTF-8. */
const char *rttm_thread_name(const struct rttm_thread *thread, uint32_t *length);

/* Waits until somebody unparks the calling thread, unless somebody has done so since it was parked last. */
int32_t rttm_thread_park(uint32_t milliseconds);
int32_t rttm_thread_unpark(struct rttm_thread *thread); /* from interrupts too */

/*
 * These are for threads of the module's: RTTM_ERROR_PERMISSION for another that calls its functions, and
 * RTTM_ERROR_NOT_FOUND when the thread has ended.
 */

/*
 * Keeps a thread from running until it is resumed: RTTM_ERROR_BUSY while it waits for something, or is in the middle of
 * a call of the kernel's that must not stop; RTTM_ERROR_UNSUPPORTED for another than the calling thread where the kernel
 * refuses that (4.1 to 5.2). What is not suspended can't be resumed: RTTM_ERROR_INVALID.
 */
int32_t rttm_thread_suspend(struct rttm_thread *thread);
int32_t rttm_thread_resume(struct rttm_thread *thread);

/* 0 is the highest. */
int32_t rttm_thread_priority(const struct rttm_thread *thread);
int32_t rttm_thread_set_priority(struct rttm_thread *thread, uint32_t priority);

/*
 * Keeps every other thread out of what the module shares between its threads, from `enter` until `exit`. For a few
 * dozen instructions at most: no other thread runs in between, and on a kernel for one core not even the shell's.
 * Interrupts go on, and don't call either. In between, nothing that may block or that ends the module is called, nor
 * `enter` again: pairs do not nest.
 */
void rttm_critical_enter(void);
void rttm_critical_exit(void);

/* Keeps interrupts out as well. Pairs nest: `restore` takes what its `disable` has returned. From anywhere. */
uintptr_t rttm_interrupt_disable(void);
void      rttm_interrupt_restore(uintptr_t level);

/* ---- semaphores, mutexes, events ------------------------------------------------------------------------------- */

/* `release`, and `take` that does not wait, are called from interrupts too. */
struct rttm_semaphore;
int32_t rttm_semaphore_new(uint32_t count, struct rttm_semaphore **semaphore); /* `count` up to 65535 */
int32_t rttm_semaphore_take(struct rttm_semaphore *semaphore, uint32_t milliseconds);
int32_t rttm_semaphore_release(struct rttm_semaphore *semaphore); /* RTTM_ERROR_FULL at 65535 */
int32_t rttm_semaphore_count(const struct rttm_semaphore *semaphore);

/* Priority is inherited. RTTM_ERROR_DEADLOCK when the caller has it already. Not from timers, even without a wait. */
struct rttm_mutex;
int32_t rttm_mutex_new(struct rttm_mutex **mutex);
int32_t rttm_mutex_lock(struct rttm_mutex *mutex, uint32_t milliseconds);
int32_t rttm_mutex_unlock(struct rttm_mutex *mutex); /* RTTM_ERROR_PERMISSION when the caller does not have it */

/* 32 flags, set from interrupts too. */
struct rttm_event;
#define RTTM_EVENT_ALL   0x1u /* wait for all of `flags`, not for any */
#define RTTM_EVENT_CLEAR 0x2u /* clear those that are received */
int32_t rttm_event_new(struct rttm_event **event);
int32_t rttm_event_set(struct rttm_event *event, uint32_t flags);
/* `*received` are those of `flags` that were set. Not from timers, even without a wait. */
int32_t rttm_event_wait(struct rttm_event *event, uint32_t flags, uint32_t options, uint32_t milliseconds,
                        uint32_t *received);

/* ---- mailboxes and queues -------------------------------------------------------------------------------------- */

/*
 * What does not wait is called from interrupts too. A wait of 0 ends with RTTM_ERROR_FULL or RTTM_ERROR_EMPTY, any other
 * with RTTM_ERROR_TIMED_OUT.
 */
struct rttm_mailbox;
int32_t rttm_mailbox_new(uint32_t capacity, struct rttm_mailbox **mailbox); /* `capacity` 1 to 65535 */
int32_t rttm_mailbox_send(struct rttm_mailbox *mailbox, uintptr_t mail, uint32_t milliseconds);
int32_t rttm_mailbox_receive(struct rttm_mailbox *mailbox, uintptr_t *mail, uint32_t milliseconds);

/* Messages of `bytes` bytes each, 1 to 65528. They are copied as they are. `capacity` 1 to 65535. */
struct rttm_queue;
int32_t rttm_queue_new(uint32_t bytes, uint32_t capacity, struct rttm_queue **queue);
int32_t rttm_queue_send(struct rttm_queue *queue, const void *message, uint32_t milliseconds);
int32_t rttm_queue_send_urgent(struct rttm_queue *queue, const void *message); /* before all others; without a wait */
int32_t rttm_queue_receive(struct rttm_queue *queue, void *message, uint32_t milliseconds); /* 0 or more */

/* ---- time ------------------------------------------------------------------------------------------------------ */

/* Microseconds since the kernel booted, at the kernel's tick: they do not wrap around. From anywhere. */
uint64_t rttm_uptime(void);

#define RTTM_TIMER_PERIODIC 0x1u
#define RTTM_TIMER_HARD     0x2u /* called in the tick's interrupt; else in the kernel's timer thread */

/*
 * A timer that is stopped. `callback->call` gets 0. Timers are started and stopped from interrupts too, and from their own
 * call. rttm_close waits for the call that is under way, where it may wait.
 */
struct rttm_timer;
int32_t rttm_timer_new(uint32_t flags, const struct rttm_callback *callback, struct rttm_timer **timer);
int32_t rttm_timer_start(struct rttm_timer *timer, uint32_t milliseconds); /* 1 or more; from the beginning if it runs */
int32_t rttm_timer_stop(struct rttm_timer *timer);

/* ---- memory ---------------------------------------------------------------------------------------------------- */

/*
 * A block of the kernel's heap, or NULL; it is given back after all handles. `alignment` is a power of two. There is no
 * block for an interrupt, and one that is freed there stays until the module ends.
 */
void *rttm_heap_allocate(uint32_t bytes, uint32_t alignment);
void  rttm_heap_free(void *block);

/* The kernel's heap, in bytes. RTTM_ERROR_UNSUPPORTED where the kernel does not count. */
struct rttm_heap_figures
{
    uint32_t total;
    uint32_t used;
    uint32_t peak;   /* of `used`, since the kernel booted */
    uint32_t module; /* what the calling module has of it through rttm_heap_allocate */
};
int32_t rttm_heap_figures(struct rttm_heap_figures *figures);

/* ---- console --------------------------------------------------------------------------------------------------- */

/*
 * Waits for input, and takes what there is: 1 to `capacity` bytes, without an echo. 0: there is no more. While the shell
 * waits for the module, as in `mod run`, all that is typed is the module's; else both take what they get.
 */
int32_t rttm_console_read(uint8_t *bytes, uint32_t capacity);

/* Writes bytes of any value: all of them. A `\n` begins a new line at its first column, as in all text. */
int32_t rttm_console_write(const uint8_t *bytes, uint32_t length);

/* ---- files ----------------------------------------------------------------------------------------------------- */

/*
 * Paths are UTF-8, and relative to the working directory unless they begin with `/`. Their absolute form has at most 252
 * bytes. What else a name may be, the file system says: FAT's names have no upper and lower case.
 *
 * A file that is open can be opened once more to be read, but not to be written: RTTM_ERROR_BUSY. The calls take about
 * 1 KiB of stack.
 */
#define RTTM_FILE_READ       0x01u
#define RTTM_FILE_WRITE      0x02u
#define RTTM_FILE_APPEND     0x04u /* each write is at the end; in place of RTTM_FILE_WRITE or with it */
#define RTTM_FILE_TRUNCATE   0x08u
#define RTTM_FILE_CREATE     0x10u /* unless it is there */
#define RTTM_FILE_CREATE_NEW 0x20u /* RTTM_ERROR_EXISTS if it is there */

struct rttm_file;
int32_t rttm_file_open(const char *path, uint32_t path_length, uint32_t flags, struct rttm_file **file);
int32_t rttm_file_read(struct rttm_file *file, void *bytes, uint32_t capacity); /* 0 at the end */
/* At least 1 byte of them: RTTM_ERROR_NO_SPACE when the volume is full. Behind the end, zeros fill what is between. */
int32_t rttm_file_write(struct rttm_file *file, const void *bytes, uint32_t length);
int32_t rttm_file_sync(struct rttm_file *file);
int32_t rttm_file_set_length(struct rttm_file *file, uint64_t length); /* zeros are added, or the rest is cut off */

#define RTTM_SEEK_START   0u
#define RTTM_SEEK_CURRENT 1u
#define RTTM_SEEK_END     2u
int32_t rttm_file_seek(struct rttm_file *file, int64_t offset, uint32_t whence, uint64_t *position);

#define RTTM_KIND_FILE      0u
#define RTTM_KIND_DIRECTORY 1u
#define RTTM_KIND_OTHER     2u /* a device */
struct rttm_file_status
{
    uint64_t length;
    int64_t  modified; /* seconds since 1970, or 0 where the file system does not tell */
    uint32_t kind;     /* RTTM_KIND_… */
    uint32_t read_only;
};
int32_t rttm_file_status(const char *path, uint32_t path_length, struct rttm_file_status *status);
int32_t rttm_file_status_open(struct rttm_file *file, struct rttm_file_status *status);

/* An open file is RTTM_ERROR_BUSY. A file at `to` is replaced: removed first, since FAT can't do it in one step. */
int32_t rttm_file_remove(const char *path, uint32_t path_length);
int32_t rttm_file_rename(const char *from, uint32_t from_length, const char *to, uint32_t to_length);

struct rttm_directory;
int32_t rttm_directory_open(const char *path, uint32_t path_length, struct rttm_directory **directory);
/*
 * The length of the next name, of which up to `capacity` bytes are copied; 0 behind the last. A name is UTF-8 if it was
 * written as such: that of another machine's may be in the volume's code page.
 */
int32_t rttm_directory_next(struct rttm_directory *directory, char *name, uint32_t capacity, uint32_t *kind);
int32_t rttm_directory_create(const char *path, uint32_t path_length);
int32_t rttm_directory_remove(const char *path, uint32_t path_length);

/* The working directory is the kernel's: all modules and the shell share it. `current` returns the path's length. */
int32_t rttm_directory_current(char *path, uint32_t capacity);
int32_t rttm_directory_set_current(const char *path, uint32_t path_length);

/* ---- devices --------------------------------------------------------------------------------------------------- */

/*
 * A device of the kernel's, found by name; not open yet. What follows `open` wants it open, but for `on_receive` and
 * `on_sent`. Drivers may wait, whatever they are asked for.
 */
struct rttm_device;
int32_t rttm_device_find(const char *name, uint32_t name_length, struct rttm_device **device);

#define RTTM_DEVICE_READ         0x01u
#define RTTM_DEVICE_WRITE        0x02u
#define RTTM_DEVICE_INTERRUPT_RX 0x04u /* input is kept by an interrupt until it is read */
#define RTTM_DEVICE_INTERRUPT_TX 0x08u
#define RTTM_DEVICE_DMA_RX       0x10u
#define RTTM_DEVICE_DMA_TX       0x20u /* the driver reads what is written after the call, until `on_sent` tells its address */
#define RTTM_DEVICE_EXCLUSIVE    0x40u /* RTTM_ERROR_BUSY while others have it open */
int32_t rttm_device_open(struct rttm_device *device, uint32_t flags); /* RTTM_ERROR_BUSY if it is open already */
int32_t rttm_device_shut(struct rttm_device *device); /* as rttm_close does, but the handle stays */

/*
 * The bytes that the driver counts as one: 1 for streams, a sector's for block devices. RTTM_ERROR_UNSUPPORTED where the
 * driver counts in something of its own.
 */
int32_t rttm_device_unit(struct rttm_device *device);

/* `position` is the device's: bytes, sectors, a channel. `length` and the result are what the device's driver counts. */
int32_t rttm_device_read(struct rttm_device *device, uint32_t position, void *bytes, uint32_t length);
/* RTTM_ERROR_BUSY if another user of the device has opened it with RTTM_DEVICE_DMA_TX, and this one has not. */
int32_t rttm_device_write(struct rttm_device *device, uint32_t position, const void *bytes, uint32_t length);

/* `command` and `argument` are the driver's. A result of the driver's own that is above 0 is handed on. */
int32_t rttm_device_control(struct rttm_device *device, int32_t command, void *argument);

/*
 * The callback gets the bytes that are there, or the address that was sent. It is called while the device is open, from
 * interrupts as a rule; its calls do not overlap. It is replaced, or with NULL taken away. Others that listen to the
 * device go on doing so.
 */
int32_t rttm_device_on_receive(struct rttm_device *device, const struct rttm_callback *callback);
int32_t rttm_device_on_sent(struct rttm_device *device, const struct rttm_callback *callback);

/*
 * A device that the module implements: others find it by name as any other. Each function gets `context`, and returns
 * RTTM_OK, a number of bytes, or an error. One that is NULL does nothing and is RTTM_OK, or for `read`, `write` and
 * `control` RTTM_ERROR_UNSUPPORTED. The functions are called by whoever uses the device, by several at once if there
 * are, and may wait unless it is an interrupt. Who still has the device open when its registration is closed or its
 * module ends, gets RTTM_ERROR_IO from then on.
 */
struct rttm_driver
{
    uint32_t size; /* sizeof(struct rttm_driver) that the module was built with */
    int32_t (*init)(void *context);
    int32_t (*open)(void *context, uint32_t flags);
    void (*close)(void *context); /* by the last who has it open */
    int32_t (*read)(void *context, uint32_t position, void *bytes, uint32_t length);
    int32_t (*write)(void *context, uint32_t position, const void *bytes, uint32_t length);
    int32_t (*control)(void *context, int32_t command, void *argument);
    void (*release)(void *context); /* as in rttm_callback */
};

#define RTTM_CLASS_CHARACTER     0u
#define RTTM_CLASS_BLOCK         1u /* `position` and `length` are sectors; `control` knows the kernel's commands */
#define RTTM_CLASS_MISCELLANEOUS 2u
struct rttm_registration;
int32_t rttm_driver_register(const char *name, uint32_t name_length, uint32_t device_class,
                             const struct rttm_driver *driver, void *context, struct rttm_registration **registration);
/* Tells whoever has the device open that `bytes` bytes can be read. From interrupts too. */
int32_t rttm_driver_received(struct rttm_registration *registration, uint32_t bytes);

/* ---- pins ------------------------------------------------------------------------------------------------------ */

/* Pins have the numbers that the board's pin driver gives them. */
#define RTTM_PIN_OUTPUT            0u
#define RTTM_PIN_INPUT             1u
#define RTTM_PIN_INPUT_PULL_UP     2u
#define RTTM_PIN_INPUT_PULL_DOWN   3u
#define RTTM_PIN_OUTPUT_OPEN_DRAIN 4u
int32_t rttm_pin_mode(uint32_t pin, uint32_t mode);
int32_t rttm_pin_write(uint32_t pin, uint32_t level); /* 0 or 1 */
int32_t rttm_pin_read(uint32_t pin);                  /* 0 or 1 */

#define RTTM_PIN_RISING  0u
#define RTTM_PIN_FALLING 1u
#define RTTM_PIN_BOTH    2u
/* Calls `callback` with the pin's level in its interrupt, until the handle is closed. One for each pin. */
struct rttm_pin_interrupt;
int32_t rttm_pin_interrupt(uint32_t pin, uint32_t edge, const struct rttm_callback *callback,
                           struct rttm_pin_interrupt **interrupt);

/* ---- buses ----------------------------------------------------------------------------------------------------- */

#define RTTM_I2C_READ        0x1u /* else the message is written */
#define RTTM_I2C_NO_START    0x2u /* it goes on from the message before, without an address */
struct rttm_i2c_message
{
    uint8_t *bytes;
    uint32_t length;
    uint32_t flags;
};
struct rttm_i2c;
int32_t rttm_i2c_open(const char *name, uint32_t name_length, struct rttm_i2c **bus);
/* One transfer to the device with the 7-bit `address`: a start, the messages, a stop. */
int32_t rttm_i2c_transfer(struct rttm_i2c *bus, uint32_t address, const struct rttm_i2c_message *messages,
                          uint32_t count);

#define RTTM_SPI_CPHA      0x1u
#define RTTM_SPI_CPOL      0x2u
#define RTTM_SPI_LSB_FIRST 0x4u
struct rttm_spi_message
{
    const uint8_t *send;    /* or NULL: what the bus driver sends then */
    uint8_t       *receive; /* or NULL */
    uint32_t       length;
    uint32_t       pause_nanoseconds; /* at least, behind the message, with the chip still selected */
};
struct rttm_spi;
int32_t rttm_spi_open(const char *name, uint32_t name_length, struct rttm_spi **device);
int32_t rttm_spi_configure(struct rttm_spi *device, uint32_t mode, uint32_t hertz);
/* One transfer: the chip is selected, the messages pass, and it is released. */
int32_t rttm_spi_transfer(struct rttm_spi *device, const struct rttm_spi_message *messages, uint32_t count);

/* A serial port is an ordinary device; this sets its line. RTTM_ERROR_UNSUPPORTED if it is another device. */
struct rttm_uart_line
{
    uint32_t baud;
    uint8_t  data_bits; /* 5 to 9 */
    uint8_t  stop_bits; /* 1 or 2 */
    uint8_t  parity;    /* 0: none, 1: odd, 2: even */
    uint8_t  reserved;  /* 0 */
};
int32_t rttm_uart_configure(struct rttm_device *device, const struct rttm_uart_line *line);

struct rttm_adc;
int32_t rttm_adc_open(const char *name, uint32_t name_length, struct rttm_adc **adc);
int32_t rttm_adc_enable(struct rttm_adc *adc, uint32_t channel); /* until the handle is closed */
int32_t rttm_adc_read(struct rttm_adc *adc, uint32_t channel, uint32_t *value);

struct rttm_pwm;
int32_t rttm_pwm_open(const char *name, uint32_t name_length, struct rttm_pwm **pwm);
int32_t rttm_pwm_set(struct rttm_pwm *pwm, uint32_t channel, uint32_t period_nanoseconds, uint32_t pulse_nanoseconds);
int32_t rttm_pwm_enable(struct rttm_pwm *pwm, uint32_t channel); /* until the handle is closed */
int32_t rttm_pwm_disable(struct rttm_pwm *pwm, uint32_t channel);

/* ---- shell ----------------------------------------------------------------------------------------------------- */

/* A command of MSH, until the handle is closed. `run` is called in the shell's thread; its result is the command's. */
struct rttm_command_options
{
    const char *name;
    uint32_t    name_length;
    const char *description;
    uint32_t    description_length;
    int32_t (*run)(void *context, int32_t argc, char **argv); /* arguments as those of `main` */
    void (*release)(void *context);                           /* as in rttm_callback */
    void *context;
};
struct rttm_command;
int32_t rttm_command_register(const struct rttm_command_options *options, struct rttm_command **command);

/* ---- network --------------------------------------------------------------------------------------------------- */

struct rttm_address
{
    uint8_t  family; /* 4 or 6 */
    uint8_t  reserved;
    uint16_t port;
    uint8_t  ip[16]; /* of IPv4 the first four; in the order in which they are written */
};

#define RTTM_SOCKET_STREAM   0u
#define RTTM_SOCKET_DATAGRAM 1u
struct rttm_socket;
int32_t rttm_socket_new(uint32_t kind, uint32_t family, struct rttm_socket **socket);
int32_t rttm_socket_bind(struct rttm_socket *socket, const struct rttm_address *address);
int32_t rttm_socket_listen(struct rttm_socket *socket, uint32_t backlog);
int32_t rttm_socket_accept(struct rttm_socket *socket, struct rttm_address *from, struct rttm_socket **accepted);
int32_t rttm_socket_connect(struct rttm_socket *socket, const struct rttm_address *to);
/*
 * `to` is NULL on a socket that is connected. `from` may be NULL, and is set for datagrams only. A result of 0 from
 * `receive` on a stream: the other side has closed.
 */
int32_t rttm_socket_send(struct rttm_socket *socket, const void *bytes, uint32_t length, const struct rttm_address *to);
int32_t rttm_socket_receive(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from);
#define RTTM_SOCKET_READ  0x1u
#define RTTM_SOCKET_WRITE 0x2u
int32_t rttm_socket_shutdown(struct rttm_socket *socket, uint32_t ways);
/*
 * How long `receive` and `accept` (READ), `send` and `connect` (WRITE) wait, from now on. The first three end with
 * RTTM_ERROR_WOULD_BLOCK, `connect` with RTTM_ERROR_TIMED_OUT.
 */
int32_t rttm_socket_set_timeout(struct rttm_socket *socket, uint32_t ways, uint32_t milliseconds);
int32_t rttm_socket_local(struct rttm_socket *socket, struct rttm_address *address);
int32_t rttm_socket_peer(struct rttm_socket *socket, struct rttm_address *address);
/* Sets up to `capacity` addresses of a host, with port 0, and returns how many. */
int32_t rttm_resolve(const char *host, uint32_t host_length, struct rttm_address *addresses, uint32_t capacity);

/* ---- libraries ------------------------------------------------------------------------------------------------- */

/* Results of rttm_library_open. */
#define RTTM_LIBRARY_OPENED    0
#define RTTM_LIBRARY_NOT_FOUND 1 /* there is no such file */
#define RTTM_LIBRARY_REFUSED   2 /* the file can't be loaded; the console has a line that says why */

/* A module that another module has loaded. */
struct rttm_library;

/*
 * Loads the module at `path`, relative to the working directory, and sets `*library` on RTTM_LIBRARY_OPENED. Each call
 * loads a copy with variables of its own. What is not closed before is closed after the module that opened it has ended.
 *
 * The library's functions run in the thread that calls them, so a panic or an exit in them ends the caller's module.
 */
int32_t rttm_library_open(const char *path, uint32_t path_length, struct rttm_library **library);

/* The address of the function that `library` exports as `name`, or NULL. */
void *rttm_library_symbol(struct rttm_library *library, const char *name, uint32_t name_length);

/* Unloads `library`. None of its functions may be running, or be called any more. */
void rttm_library_close(struct rttm_library *library);

#ifdef __cplusplus
}
#endif

#endif /* RTT_MOD_H */
