/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The module ABI: the functions that a module may call, the same on every version of RT-Thread.
 *
 * - The ABI consists of fixed-width integers, opaque handles and plain functions. It has no struct of the kernel, no
 *   configuration macro and no error number of RT-Thread.
 * - Functions are only ever added. A change that breaks modules gets a new major version, which is a new marker beside
 *   the old one.
 * - Text is UTF-8 with a length. It needs no terminating NUL unless its comment says so.
 * - A function may only be called from a thread of the module, never from an interrupt, unless its comment says
 *   otherwise.
 *
 * This file has everything that a binding to another language needs.
 *
 * For tools that read the ELF file of a kernel: a kernel loads modules with the loader of kernel-glue if it defines the
 * global symbol `rttm_loader_load`, and with RT-Thread's own loader otherwise.
 */
#ifndef RTT_MOD_H
#define RTT_MOD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the ABI in this header. The name of the marker has the major version as well. */
#define RTTM_ABI_MAJOR 1
#define RTTM_ABI_MINOR 1

/* ---- results and handles --------------------------------------------------------------------------------------- */

/*
 * Results. A function that can fail returns RTTM_OK or a number of bytes, or one of these errors. The errors are the
 * same on every kernel.
 */
#define RTTM_OK                   0
#define RTTM_ERROR                (-1) /* the kernel gives no reason */
#define RTTM_ERROR_TIMED_OUT      (-2)
#define RTTM_ERROR_FULL           (-3) /* a mailbox, a queue or a semaphore */
#define RTTM_ERROR_EMPTY          (-4)
#define RTTM_ERROR_OUT_OF_MEMORY  (-5)
#define RTTM_ERROR_UNSUPPORTED    (-6) /* by this device, file system or kernel */
#define RTTM_ERROR_BUSY           (-7)
#define RTTM_ERROR_IO             (-8) /* the device failed */
#define RTTM_ERROR_INTERRUPTED    (-9)
#define RTTM_ERROR_INVALID        (-10) /* an argument is not valid */
#define RTTM_ERROR_WOULD_WAIT     (-11) /* the call would wait, in an interrupt or a timer, where nothing may wait */
#define RTTM_ERROR_DEADLOCK       (-12) /* the caller would wait for itself */
#define RTTM_ERROR_NOT_FOUND      (-13)
#define RTTM_ERROR_EXISTS         (-14)
#define RTTM_ERROR_PERMISSION     (-15)
#define RTTM_ERROR_IS_DIRECTORY   (-16)
#define RTTM_ERROR_NOT_DIRECTORY  (-17)
#define RTTM_ERROR_NOT_EMPTY      (-18) /* the directory has entries */
#define RTTM_ERROR_NO_SPACE       (-19) /* the volume is full */
#define RTTM_ERROR_TOO_MANY_OPEN  (-20)
#define RTTM_ERROR_NAME           (-21) /* a name is too long, or has a character that is not allowed */
#define RTTM_ERROR_READ_ONLY      (-22)
#define RTTM_ERROR_WOULD_BLOCK    (-23) /* the time-out of a socket has passed */
#define RTTM_ERROR_ADDRESS_IN_USE (-24)
#define RTTM_ERROR_UNREACHABLE    (-25) /* the host or the network */
#define RTTM_ERROR_REFUSED        (-26) /* the other side refused the connection */
#define RTTM_ERROR_RESET          (-27) /* the other side reset the connection */
#define RTTM_ERROR_NOT_CONNECTED  (-28)

/*
 * For an argument `milliseconds`, the longest time that a function waits: no limit. With 0 the function does not wait. Other
 * times are at most RTTM_FOREVER - 2; RTTM_FOREVER - 1 is no time.
 */
#define RTTM_FOREVER 0xFFFFFFFFu

/*
 * A module uses kernel objects through handles. The function that makes a handle sets its last argument to the handle
 * if the result is RTTM_OK. All threads of a module share its handles. When a module ends, its open handles are closed.
 *
 * Times in milliseconds are rounded up to the kernel's tick. A time of more than half the range of a tick (24 days at
 * 1,000 Hz) is shortened to that.
 */

/*
 * Closes a handle of any kind but a library's, and frees everything that belongs to it. No thread may be using the
 * handle. May be called from interrupts and timers: the handle is then closed in the next tick.
 */
void rttm_close(void *handle);

/*
 * A function of the module that the kernel calls, with its context.
 *
 * In an interrupt or a timer, `call` must not wait: functions that would wait return RTTM_ERROR_WOULD_WAIT. A panic or
 * an exit in `call` ends the module, and the thread or interrupt that called it goes on.
 */
struct rttm_callback
{
    void (*call)(void *context, uintptr_t value);
    /* Called once, in a thread, after the last call of `call`; not called when the module ends. May be NULL. */
    void (*release)(void *context);
    void *context;
};

/* ---- start and end ------------------------------------------------------------------------------------------- */

/* In `rttm_app.priority`: the priority of the thread that loads the module, which usually is the shell. */
#define RTTM_PRIORITY_DEFAULT 0xFFu

/*
 * In `rttm_app.flags` and in the flags of the note: the kernel starts the module at boot if it is in the autostart
 * folder.
 */
#define RTTM_APP_AUTOSTART 0x01u

/* In both: the module has no `main`. It is a library, or with RTTM_APP_RESIDENT a resident module. */
#define RTTM_APP_LIBRARY 0x02u

/* In both: tools install the module where the shell finds it by its name alone. The kernel ignores this flag. */
#define RTTM_APP_COMMAND 0x04u

/* In both, with RTTM_APP_LIBRARY: a resident module, which has an `init` and stays loaded until it is unloaded. */
#define RTTM_APP_RESIDENT 0x08u

/*
 * In the flags of the note: the image is to be in the memheap whose name is the note's fifth text. The module imports
 * rttm_memheap.
 */
#define RTTM_APP_MEMHEAP 0x40u

/* The exit code of a module that panicked. */
#define RTTM_EXIT_PANIC 101

/* The exit code of a module that a fault or a stack overflow has ended. */
#define RTTM_EXIT_FAULT 102

/* What a module needs from the kernel before its main thread exists. */
struct rttm_app
{
    uint16_t size;        /* sizeof(struct rttm_app) when the module was built; later fields count as zero */
    uint8_t  priority;    /* of the main thread: 0 (highest) to RT_THREAD_PRIORITY_MAX - 2, or RTTM_PRIORITY_DEFAULT */
    uint8_t  flags;       /* RTTM_APP_… */
    uint32_t stack_bytes; /* 512 to 32768: of the main thread or of `init`, and of each shell command */
    /* since 1.1: */
    const char *description; /* for `mod list`: UTF-8, or NULL */
    uint32_t    description_length;
    /*
     * For a resident module: called after the load, in a thread of the module's for which the loading one waits. If it
     * does not return 0, the module is unloaded.
     */
    int32_t (*init)(void);
};

/* The module itself, as the kernel knows it: `struct rt_dlmodule`. */
struct rt_dlmodule;

/*
 * The marker of this ABI. `module_init` of every module calls it first, with the argument that the loader gives to
 * `module_init`. It sets the stack size and the priority that `app` asks for. From then on the glue ends the module.
 *
 * The ELF entry of a module is `int32_t main(int32_t argc, char **argv)`. It runs in the main thread of the module, and
 * its result is the exit code. Each `argv[i]` is NUL-terminated UTF-8 and lives as long as the module. A module is not
 * started if its arguments are not UTF-8.
 */
void rtt_mod_abi_1(struct rt_dlmodule *module, const struct rttm_app *app);

/*
 * Does nothing. A module with RTTM_APP_MEMHEAP in its note imports it, so that a kernel which can't place the image in a
 * memheap refuses the module.
 */
void rttm_memheap(void);

/* Ends the calling module with the exit code `code`. Does not return. */
void rttm_exit(int32_t code) __attribute__((noreturn));

/* ---- text to the console -------------------------------------------------------------------------------------- */

/* A stream of text, which rttm_format and the function of an RTTM_ARG_FORMAT write to. It may be part of a larger struct. */
struct rttm_sink
{
    /* Takes `length` bytes of text; `length` is not 0. */
    void (*write)(struct rttm_sink *sink, const char *text, uint32_t length);
};

/*
 * Kinds of arguments, in `rttm_arg.kind`. On a 32-bit kernel, `a` has the low word of a 64-bit number and `b` the high
 * word. On a 64-bit kernel, `a` has the whole number.
 */
#define RTTM_ARG_STR    0u /* a: const char *, b: length in bytes */
#define RTTM_ARG_U32    1u /* a: uint32_t */
#define RTTM_ARG_I32    2u /* a: int32_t */
#define RTTM_ARG_U64    3u /* a, b: uint64_t */
#define RTTM_ARG_I64    4u /* a, b: int64_t */
#define RTTM_ARG_CHAR   5u /* a: a Unicode scalar value */
#define RTTM_ARG_BOOL   6u /* a: 0 or 1 */
#define RTTM_ARG_ERROR  8u /* a: the number of an error, -1 to -31: its name in Rust; takes no specification */
#define RTTM_ARG_FORMAT 7u /* a: void (*)(void *context, struct rttm_sink *sink), b: context; takes no specification */

/* An argument of rttm_print. */
struct rttm_arg
{
    uintptr_t kind;
    uintptr_t a;
    uintptr_t b;
};

/*
 * A template is text with placeholders. A placeholder begins with one of two bytes that do not occur in UTF-8, and is
 * replaced by the next argument:
 *
 *   RTTM_PLAIN                                 like Rust's `{}`
 *   RTTM_SPEC flags fill width precision       like Rust's `{:…}`; each is one byte
 *
 * `flags` is RTTM_ALIGN_* | RTTM_PLUS | RTTM_ALTERNATE | RTTM_ZERO | RTTM_RADIX_*. `fill` is an ASCII character.
 * `width` is 0 to 255. `precision` is 0 to 254, or RTTM_NO_PRECISION: it is the maximum number of characters of an
 * RTTM_ARG_STR, RTTM_ARG_CHAR or RTTM_ARG_BOOL, and is ignored for other kinds. The output is that of Rust's `format!`.
 */
#define RTTM_PLAIN          0xFEu
#define RTTM_SPEC           0xFFu
#define RTTM_NO_PRECISION   0xFFu
#define RTTM_ALIGN_DEFAULT  0x00u /* text to the left, numbers to the right */
#define RTTM_ALIGN_LEFT     0x01u /* `<` */
#define RTTM_ALIGN_CENTER   0x02u /* `^` */
#define RTTM_ALIGN_RIGHT    0x03u /* `>` */
#define RTTM_ALIGN_MASK     0x03u
#define RTTM_PLUS           0x04u /* `+`: a sign before positive numbers */
#define RTTM_ALTERNATE      0x08u /* `#`: 0x, 0o or 0b before the digits */
#define RTTM_ZERO           0x10u /* `0`: zeros between the sign and the digits, up to the width */
#define RTTM_RADIX_DECIMAL  0x00u
#define RTTM_RADIX_HEX      0x20u /* `x`; a negative number is shown as two's complement of its kind's width */
#define RTTM_RADIX_UPPERHEX 0x40u /* `X` */
#define RTTM_RADIX_OCTAL    0x60u /* `o` */
#define RTTM_RADIX_BINARY   0x80u /* `b` */
#define RTTM_RADIX_MASK     0xE0u

/*
 * Prints a template of `template_length` bytes to the console. `args` has one argument for each placeholder, in order. It is
 * NULL if there are none and a NUL follows the text, which has no other: this is quicker.
 */
void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args);

/*
 * Formats the same to `sink`, and waits for nothing but what `sink` waits for. `args` has one argument for each placeholder.
 */
void rttm_format(struct rttm_sink *sink, const uint8_t *template_text, uint32_t template_length,
                 const struct rttm_arg *args);

/* Writes `length` bytes of text to `sink`. Only the function of an RTTM_ARG_FORMAT may call it. */
void rttm_sink_write(struct rttm_sink *sink, const char *text, uint32_t length);

/* A place in the source. */
struct rttm_location
{
    const char *file;
    uint32_t    file_length; /* 0: the place is not known */
    uint32_t    line;        /* from 1 */
    uint32_t    column;      /* from 1; 0: not known */
};

/*
 * Prints `thread 'NAME' panicked at FILE:LINE:COLUMN:`, and `message` on the next line. Then ends the module with
 * RTTM_EXIT_PANIC. Does not return. Without a file, `at` and the place are left out. A panic while `message` is printed
 * ends the module at once.
 */
void rttm_panic(const struct rttm_location *location, const struct rttm_arg *message) __attribute__((noreturn));

/* ---- messages for a log ---------------------------------------------------------------------------------------- */

#define RTTM_LOG_ERROR   3u
#define RTTM_LOG_WARNING 4u
#define RTTM_LOG_INFO    6u
#define RTTM_LOG_DEBUG   7u

/*
 * Passes a message on to the kernel's ulog, which filters it by level and tag, and cuts it to the length of its lines. Where
 * the kernel has no ulog, and in interrupts, the message is a line on the console. A NUL follows the text.
 */
void rttm_log_message(uint32_t level, const char *tag, uint32_t tag_length, const char *text, uint32_t text_length);

/* ---- environment variables ------------------------------------------------------------------------------------- */

/*
 * Both copy at most `size` bytes, and return the length of the whole, which may be more. RTTM_ERROR_NOT_FOUND if there is no
 * such variable. `entry` is `NAME=VALUE`; the first position is 0.
 */
int32_t rttm_environment_get(const char *name, uint32_t name_length, char *value, uint32_t size);
int32_t rttm_environment_entry(uint32_t position, char *text, uint32_t size);

/* ---- threads --------------------------------------------------------------------------------------------------- */

/* Puts the calling thread to sleep for at least `milliseconds`, rounded up to the kernel's tick. 0 only yields. */
void rttm_thread_sleep(uint32_t milliseconds);

/* Returns RTTM_ERROR_WOULD_WAIT in an interrupt or a timer, where nothing may wait, and RTTM_OK elsewhere. */
int32_t rttm_may_wait(void);

/* A thread of the module. The handle stays valid after the thread has ended. */
struct rttm_thread;

/* The properties of a new thread. */
struct rttm_thread_options
{
    const char *name;        /* cut to RT_NAME_MAX - 1 bytes, at the end of a character */
    uint32_t    name_length; /* 0: the name of the module */
    uint32_t    stack_bytes; /* 512 to 32768 */
    uint32_t    time_slice;  /* in ticks, among threads of the same priority; 0: 10 ticks */
    uint32_t    priority;    /* 0 (highest) to RT_THREAD_PRIORITY_MAX - 2; RTTM_PRIORITY_DEFAULT: as the caller */
};

/* Starts a thread that calls `entry(context)` and ends when `entry` returns. A panic in the thread ends the module. */
int32_t rttm_thread_spawn(const struct rttm_thread_options *options, void (*entry)(void *context), void *context,
                          struct rttm_thread **thread);

/* What a thread gets from the one that starts it, such as a closure with a place for its value. */
struct rttm_packet
{
    const void *bytes;
    uint32_t    length;
    uint32_t    alignment; /* a power of two */
    void       *copy;      /* set by the call */
};

/*
 * The same with a copy of the packet as the context. The copy is in the memory of the handle: it lives until the thread has
 * ended and all handles are closed.
 */
int32_t rttm_thread_spawn_with(const struct rttm_thread_options *options, void (*entry)(void *copy),
                               struct rttm_packet *packet, struct rttm_thread **thread);

/* Waits until `thread` has ended. RTTM_ERROR_DEADLOCK if `thread` is the caller. */
int32_t rttm_thread_join(struct rttm_thread *thread, uint32_t milliseconds);

/* Makes another handle of the calling thread. */
int32_t rttm_thread_current(struct rttm_thread **thread);

/* Counts one more user of the handle: `thread` then needs one more rttm_close. */
void rttm_thread_retain(struct rttm_thread *thread);

/* The name, valid as long as the handle is open. The name of another module's thread may not be UTF-8. */
const char *rttm_thread_name(const struct rttm_thread *thread, uint32_t *length);

/* Waits until another thread unparks the caller. Returns at once if that happened after the last park. */
int32_t rttm_thread_park(uint32_t milliseconds);
int32_t rttm_thread_unpark(struct rttm_thread *thread); /* may be called from interrupts */

/* The number of processors that run threads. */
int32_t rttm_thread_processors(void);

/*
 * The next four functions work on threads of the module. They return RTTM_ERROR_PERMISSION for a thread of another
 * module that calls this module's functions, and RTTM_ERROR_NOT_FOUND if the thread has ended.
 */

/*
 * Stops a thread from running until it is resumed. RTTM_ERROR_BUSY if the thread waits, or is in a call of the kernel
 * that must not be interrupted. RTTM_ERROR_UNSUPPORTED if the thread is not the caller and the kernel does not support
 * that (4.1 to 5.2). rttm_thread_resume returns RTTM_ERROR_INVALID if the thread is not suspended.
 */
int32_t rttm_thread_suspend(struct rttm_thread *thread);
int32_t rttm_thread_resume(struct rttm_thread *thread);

/* The priority of a thread; 0 is the highest. */
int32_t rttm_thread_priority(const struct rttm_thread *thread);
int32_t rttm_thread_set_priority(struct rttm_thread *thread, uint32_t priority);

/*
 * A critical section that protects data which the threads of the module share. On a kernel for one core no other thread
 * runs between `enter` and `exit`, so a section should be a few dozen instructions at most. Interrupts still run, and
 * must not call either function. A section must not call functions that may wait or that end the module. Sections do
 * not nest.
 */
void rttm_critical_enter(void);
void rttm_critical_exit(void);

/*
 * Disables interrupts. Pairs nest: `restore` takes the value that its `disable` returned. May be called from
 * interrupts.
 */
uintptr_t rttm_interrupt_disable(void);
void      rttm_interrupt_restore(uintptr_t level);

/* ---- semaphores, mutexes, events ------------------------------------------------------------------------------- */

/* A counting semaphore. Interrupts may call `release`, and `take` with 0 milliseconds. */
struct rttm_semaphore;
int32_t rttm_semaphore_new(uint32_t count, struct rttm_semaphore **semaphore); /* `count` up to 65535 */
int32_t rttm_semaphore_take(struct rttm_semaphore *semaphore, uint32_t milliseconds);
int32_t rttm_semaphore_release(struct rttm_semaphore *semaphore); /* RTTM_ERROR_FULL at 65535 */
int32_t rttm_semaphore_count(const struct rttm_semaphore *semaphore);

/*
 * A mutex with priority inheritance. `lock` returns RTTM_ERROR_DEADLOCK if the caller has already locked it. Timers
 * must not call these functions, not even with 0 milliseconds.
 */
struct rttm_mutex;
int32_t rttm_mutex_new(struct rttm_mutex **mutex);
int32_t rttm_mutex_lock(struct rttm_mutex *mutex, uint32_t milliseconds);
int32_t rttm_mutex_unlock(struct rttm_mutex *mutex); /* RTTM_ERROR_PERMISSION if the caller has not locked it */

/* A set of 32 flags. Interrupts may set flags. */
struct rttm_event;
#define RTTM_EVENT_ALL   0x1u /* wait for all of `flags`, not for any of them */
#define RTTM_EVENT_CLEAR 0x2u /* clear the flags that were received */
int32_t rttm_event_new(struct rttm_event **event);
int32_t rttm_event_set(struct rttm_event *event, uint32_t flags);
/* Sets `*received` to those of `flags` that were set. Timers must not call it, not even with 0 milliseconds. */
int32_t rttm_event_wait(struct rttm_event *event, uint32_t flags, uint32_t options, uint32_t milliseconds,
                        uint32_t *received);

/*
 * Names a semaphore, a mutex, an event, a mailbox, a queue or a memory pool. From then on it is in the shell's lists. The name
 * is UTF-8, and is cut to RT_NAME_MAX - 1 bytes, at the end of a character.
 */
void rttm_set_name(void *handle, const char *name, uint32_t name_length);

/* ---- mailboxes and queues -------------------------------------------------------------------------------------- */

/*
 * Interrupts may call these functions with 0 milliseconds. `send` and `receive` then return RTTM_ERROR_FULL or
 * RTTM_ERROR_EMPTY instead of RTTM_ERROR_TIMED_OUT.
 */

/* A queue of pointer-sized values. */
struct rttm_mailbox;
int32_t rttm_mailbox_new(uint32_t capacity, struct rttm_mailbox **mailbox); /* `capacity` 1 to 65535 */
int32_t rttm_mailbox_send(struct rttm_mailbox *mailbox, uintptr_t mail, uint32_t milliseconds);
int32_t rttm_mailbox_receive(struct rttm_mailbox *mailbox, uintptr_t *mail, uint32_t milliseconds);

/* A queue of messages of `bytes` bytes each (1 to 65528), which are copied. `capacity` is 1 to 65535 messages. */
struct rttm_queue;
int32_t rttm_queue_new(uint32_t bytes, uint32_t capacity, struct rttm_queue **queue);
int32_t rttm_queue_send(struct rttm_queue *queue, const void *message, uint32_t milliseconds);
int32_t rttm_queue_send_urgent(struct rttm_queue *queue, const void *message); /* as the next message; does not wait */
int32_t rttm_queue_receive(struct rttm_queue *queue, void *message, uint32_t milliseconds); /* 0 or more */

/* ---- memory pools ---------------------------------------------------------------------------------------------- */

/*
 * `capacity` blocks (1 to 65535) of `bytes` bytes each (1 to 65528), in one piece of memory. A block is aligned as a pointer.
 * Interrupts may call these functions, with 0 milliseconds; not `new`.
 */
struct rttm_pool;
int32_t rttm_pool_new(uint32_t bytes, uint32_t capacity, struct rttm_pool **pool);
/* Takes a block. RTTM_ERROR_EMPTY if there is none and `milliseconds` is 0, RTTM_ERROR_TIMED_OUT after a time. */
int32_t rttm_pool_allocate(struct rttm_pool *pool, uint32_t milliseconds, void **block);
/* Gives the block back to its pool, which is still open. */
void    rttm_pool_free(void *block);
int32_t rttm_pool_count(const struct rttm_pool *pool); /* of the blocks that are free */

/* ---- time ------------------------------------------------------------------------------------------------------ */

/*
 * Microseconds since the kernel booted. The resolution is the kernel's tick. The value does not wrap around. May be
 * called from interrupts.
 */
uint64_t rttm_uptime(void);

/* The time of day: seconds since 1970, and nanoseconds of the second. */
struct rttm_clock_time
{
    int64_t  seconds;
    uint32_t nanoseconds; /* below 1,000,000,000 */
    uint32_t reserved;    /* 0 */
};

/*
 * Reads and sets the clock of the board, the device `rtc`. It has whole seconds, unless the driver has more.
 * RTTM_ERROR_NOT_FOUND if the board has no clock. Drivers may wait.
 */
int32_t rttm_clock_get(struct rttm_clock_time *time);
int32_t rttm_clock_set(const struct rttm_clock_time *time);

#define RTTM_TIMER_PERIODIC 0x1u
#define RTTM_TIMER_HARD     0x2u /* calls from the tick interrupt; otherwise from a thread of the glue's */

/*
 * A timer, stopped at first. It calls `callback->call` with the value 0. Interrupts may start and stop timers, and so
 * may the callback of the timer itself. rttm_close waits for a call that is running, where it may wait.
 */
struct rttm_timer;
int32_t rttm_timer_new(uint32_t flags, const struct rttm_callback *callback, struct rttm_timer **timer);
int32_t rttm_timer_start(struct rttm_timer *timer, uint32_t milliseconds); /* 1 or more; restarts a running timer */
int32_t rttm_timer_stop(struct rttm_timer *timer);

/* ---- memory ---------------------------------------------------------------------------------------------------- */

/*
 * Allocates a block of the kernel's heap. `alignment` is a power of two. Returns NULL if there is no memory, and where the
 * heap's lock can't be waited for: in interrupts, with interrupts off, and with a locked scheduler. A block that an
 * interrupt frees stays allocated until the module ends. When a module ends, its blocks are freed after its handles are
 * closed.
 */
void *rttm_heap_allocate(uint32_t bytes, uint32_t alignment);
void  rttm_heap_free(void *block);

/* The use of the kernel's heap, in bytes. RTTM_ERROR_UNSUPPORTED if the kernel does not count it. */
struct rttm_heap_figures
{
    uint32_t total;
    uint32_t used;
    uint32_t peak;   /* the highest `used` since the kernel booted */
    uint32_t module; /* allocated by the calling module with rttm_heap_allocate */
};
int32_t rttm_heap_figures(struct rttm_heap_figures *figures);

/* ---- console --------------------------------------------------------------------------------------------------- */

/*
 * Waits for input, and reads 1 to `capacity` bytes of it without an echo. Returns 0 at the end of the input. While the
 * shell waits for the module, as in `mod run`, the module gets all input. Otherwise the shell and the module compete
 * for it.
 */
int32_t rttm_console_read(uint8_t *bytes, uint32_t capacity);

/* Writes all `length` bytes, which may have any value. As in all text, `\n` begins a new line at the first column. */
int32_t rttm_console_write(const uint8_t *bytes, uint32_t length);

/* ---- files ----------------------------------------------------------------------------------------------------- */

/*
 * Paths are UTF-8, and relative to the working directory unless they begin with `/`. The absolute form of a path has at
 * most 252 bytes. Other rules for names are those of the file system: FAT, for instance, ignores the case of letters.
 *
 * An open file can be opened again for reading, but not for writing: RTTM_ERROR_BUSY. The device of the console is always
 * busy, because the kernel's file of it would take the shell's input. The functions need about 1 KiB of stack.
 */
#define RTTM_FILE_READ       0x01u
#define RTTM_FILE_WRITE      0x02u
#define RTTM_FILE_APPEND     0x04u /* every write goes to the end; with or without RTTM_FILE_WRITE */
#define RTTM_FILE_TRUNCATE   0x08u
#define RTTM_FILE_CREATE     0x10u /* if it does not exist */
#define RTTM_FILE_CREATE_NEW 0x20u /* RTTM_ERROR_EXISTS if it exists */

struct rttm_file;
int32_t rttm_file_open(const char *path, uint32_t path_length, uint32_t flags, struct rttm_file **file);
int32_t rttm_file_read(struct rttm_file *file, void *bytes, uint32_t capacity); /* 0 at the end of the file */
/*
 * Writes 1 to `length` bytes. RTTM_ERROR_NO_SPACE if the volume is full. If the position is past the end of the file,
 * zeros fill the gap.
 */
int32_t rttm_file_write(struct rttm_file *file, const void *bytes, uint32_t length);
int32_t rttm_file_sync(struct rttm_file *file);
int32_t rttm_file_set_length(struct rttm_file *file, uint64_t length); /* appends zeros, or truncates */

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
    int64_t  modified; /* seconds since 1970, or 0 if the file system does not know */
    uint32_t kind;     /* RTTM_KIND_… */
    uint32_t read_only;
};
int32_t rttm_file_status(const char *path, uint32_t path_length, struct rttm_file_status *status);
int32_t rttm_file_status_open(struct rttm_file *file, struct rttm_file_status *status);

/*
 * RTTM_ERROR_BUSY if the file is open. `rename` replaces a file at `to`: it removes that file first, because FAT can't
 * replace a file in one step.
 */
int32_t rttm_file_remove(const char *path, uint32_t path_length);
int32_t rttm_file_rename(const char *from, uint32_t from_length, const char *to, uint32_t to_length);

struct rttm_directory;
int32_t rttm_directory_open(const char *path, uint32_t path_length, struct rttm_directory **directory);
/*
 * Copies up to `capacity` bytes of the next name, and returns the length of the name, or 0 after the last one. Names
 * that other systems have written may be in the code page of the volume instead of UTF-8.
 */
int32_t rttm_directory_next(struct rttm_directory *directory, char *name, uint32_t capacity, uint32_t *kind);
int32_t rttm_directory_create(const char *path, uint32_t path_length);
int32_t rttm_directory_remove(const char *path, uint32_t path_length);

/* The working directory, which all modules and the shell share. `current` returns the length of the path. */
int32_t rttm_directory_current(char *path, uint32_t capacity);
int32_t rttm_directory_set_current(const char *path, uint32_t path_length);

/* ---- devices --------------------------------------------------------------------------------------------------- */

/*
 * A device of the kernel. `find` does not open it. The functions below `open` need an open device, except `on_receive`
 * and `on_sent`. All of them may wait.
 */
struct rttm_device;
int32_t rttm_device_find(const char *name, uint32_t name_length, struct rttm_device **device);

#define RTTM_DEVICE_READ         0x01u
#define RTTM_DEVICE_WRITE        0x02u
#define RTTM_DEVICE_INTERRUPT_RX 0x04u /* an interrupt buffers the input until it is read */
#define RTTM_DEVICE_INTERRUPT_TX 0x08u
#define RTTM_DEVICE_DMA_RX       0x10u
/* The driver reads the bytes of a write after the call, until `on_sent` reports their address. */
#define RTTM_DEVICE_DMA_TX    0x20u
#define RTTM_DEVICE_EXCLUSIVE 0x40u /* RTTM_ERROR_BUSY if the device is already open */

/* RTTM_ERROR_BUSY if the handle is already open. */
int32_t rttm_device_open(struct rttm_device *device, uint32_t flags);

/* Closes the device, but keeps the handle. */
int32_t rttm_device_shut(struct rttm_device *device);

/*
 * The unit of `position` and `length` in bytes: 1 for streams, the size of a sector for block devices.
 * RTTM_ERROR_UNSUPPORTED if the driver has a unit of its own.
 */
int32_t rttm_device_unit(struct rttm_device *device);

/*
 * `position` is a byte, a sector or a channel, as the driver defines it. `length` and the result are in the driver's
 * unit.
 */
int32_t rttm_device_read(struct rttm_device *device, uint32_t position, void *bytes, uint32_t length);

/* RTTM_ERROR_BUSY if another user has opened the device with RTTM_DEVICE_DMA_TX and this handle has not. */
int32_t rttm_device_write(struct rttm_device *device, uint32_t position, const void *bytes, uint32_t length);

/* The driver defines `command` and `argument`. A positive result of the driver is returned unchanged. */
int32_t rttm_device_control(struct rttm_device *device, int32_t command, void *argument);

/*
 * Sets the callback for received data or for completed writes; NULL removes it. The value of the callback is the number
 * of bytes that can be read, or the address that was sent. It is called while the device is open, usually from
 * interrupts. Calls do not overlap. Callbacks of other modules and of the kernel are called as well.
 */
int32_t rttm_device_on_receive(struct rttm_device *device, const struct rttm_callback *callback);
int32_t rttm_device_on_sent(struct rttm_device *device, const struct rttm_callback *callback);

/*
 * A device that the module implements. The kernel and other modules find it by name like any other device. Each
 * function gets `context`, and returns RTTM_OK, a number of bytes, or an error. A function that is NULL counts as one
 * that returns RTTM_OK; NULL for `read`, `write` or `control` counts as RTTM_ERROR_UNSUPPORTED. The threads that use
 * the device call the functions, several at the same time if need be, and the functions may wait unless an interrupt
 * calls them. If the device is still open when its registration is closed or the module ends, further calls return
 * RTTM_ERROR_IO to its users.
 */
struct rttm_driver
{
    uint32_t size; /* sizeof(struct rttm_driver) when the module was built */
    int32_t (*init)(void *context);
    int32_t (*open)(void *context, uint32_t flags);
    void (*close)(void *context); /* called when the last user closes the device */
    int32_t (*read)(void *context, uint32_t position, void *bytes, uint32_t length);
    int32_t (*write)(void *context, uint32_t position, const void *bytes, uint32_t length);
    int32_t (*control)(void *context, int32_t command, void *argument);
    void (*release)(void *context); /* as in rttm_callback */
};

#define RTTM_CLASS_CHARACTER     0u
#define RTTM_CLASS_BLOCK         1u /* `position` and `length` are sectors; `control` handles the kernel's commands */
#define RTTM_CLASS_MISCELLANEOUS 2u
struct rttm_registration;
int32_t rttm_driver_register(const char *name, uint32_t name_length, uint32_t device_class,
                             const struct rttm_driver *driver, void *context, struct rttm_registration **registration);
/* Notifies the users of the device that `bytes` bytes can be read. May be called from interrupts. */
int32_t rttm_driver_received(struct rttm_registration *registration, uint32_t bytes);

/* ---- pins ------------------------------------------------------------------------------------------------------ */

/* The pin driver of the board defines the numbers of the pins. */
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
/*
 * Calls `callback` with the level of the pin from its interrupt, until the handle is closed. One handle for each pin.
 */
struct rttm_pin_interrupt;
int32_t rttm_pin_interrupt(uint32_t pin, uint32_t edge, const struct rttm_callback *callback,
                           struct rttm_pin_interrupt **interrupt);

/* ---- buses ----------------------------------------------------------------------------------------------------- */

#define RTTM_I2C_READ     0x1u /* otherwise the message is written */
#define RTTM_I2C_NO_START 0x2u /* continues the message before, without a start and an address */
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
    const uint8_t *send;    /* or NULL: the bus driver chooses what it sends */
    uint8_t       *receive; /* or NULL */
    uint32_t       length;
    uint32_t       pause_nanoseconds; /* the shortest pause after the message, with the chip selected */
};
struct rttm_spi;
int32_t rttm_spi_open(const char *name, uint32_t name_length, struct rttm_spi **device);
int32_t rttm_spi_configure(struct rttm_spi *device, uint32_t mode, uint32_t hertz);
/* One transfer: selects the chip, transfers all messages, and releases the chip. */
int32_t rttm_spi_transfer(struct rttm_spi *device, const struct rttm_spi_message *messages, uint32_t count);

/*
 * The line settings of a serial port, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is no serial
 * port.
 */
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

struct rttm_dac;
int32_t rttm_dac_open(const char *name, uint32_t name_length, struct rttm_dac **dac);
int32_t rttm_dac_enable(struct rttm_dac *dac, uint32_t channel); /* until the handle is closed */
int32_t rttm_dac_write(struct rttm_dac *dac, uint32_t channel, uint32_t value);

struct rttm_pwm;
int32_t rttm_pwm_open(const char *name, uint32_t name_length, struct rttm_pwm **pwm);
int32_t rttm_pwm_set(struct rttm_pwm *pwm, uint32_t channel, uint32_t period_nanoseconds, uint32_t pulse_nanoseconds);
int32_t rttm_pwm_enable(struct rttm_pwm *pwm, uint32_t channel); /* until the handle is closed */
int32_t rttm_pwm_disable(struct rttm_pwm *pwm, uint32_t channel);

/*
 * A watchdog, which is an ordinary device. `seconds` is read by SET_TIMEOUT and set by TIMEOUT and LEFT.
 * RTTM_ERROR_UNSUPPORTED if the device is no watchdog, or can't do it.
 */
#define RTTM_WATCHDOG_START       0u
#define RTTM_WATCHDOG_STOP        1u
#define RTTM_WATCHDOG_FEED        2u
#define RTTM_WATCHDOG_SET_TIMEOUT 3u
#define RTTM_WATCHDOG_TIMEOUT     4u
#define RTTM_WATCHDOG_LEFT        5u
int32_t rttm_watchdog_control(struct rttm_device *device, uint32_t command, uint32_t *seconds);

/*
 * A timer of the processor's, which is an ordinary device. Its reads and writes have a struct rttm_hwtimer_time: a write starts
 * it, and a read tells what has passed since. `on_receive` tells that the time has passed. `value` is read by SET_FREQUENCY
 * and SET_MODE. RTTM_ERROR_UNSUPPORTED if the device is no such timer, or can't do it.
 */
#define RTTM_HWTIMER_STOP          0u
#define RTTM_HWTIMER_SET_FREQUENCY 1u /* in hertz */
#define RTTM_HWTIMER_SET_MODE      2u /* 1: once, 2: again and again */
struct rttm_hwtimer_time
{
    int32_t seconds;
    int32_t microseconds;
};
int32_t rttm_hwtimer_control(struct rttm_device *device, uint32_t command, uint32_t *value);

/* A sensor of RT-Thread's framework, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is none. */
struct rttm_sample
{
    uint32_t time;      /* in the unit of the driver: seconds since 1970, or ticks */
    uint32_t kind;      /* RT-Thread's RT_SENSOR_CLASS_… */
    int32_t  values[3]; /* of the three axes, or one value and zeros, in the framework's unit for the kind */
};
int32_t rttm_sensor_read(struct rttm_device *device, struct rttm_sample *sample);
#define RTTM_SENSOR_RANGE 0u
#define RTTM_SENSOR_RATE  1u /* in hertz */
#define RTTM_SENSOR_POWER 2u /* RT-Thread's RT_SENSOR_POWER_… */
int32_t rttm_sensor_set(struct rttm_device *device, uint32_t property, uint32_t value);

/* A CAN controller, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is none. */
#define RTTM_CAN_EXTENDED 0x1u /* an identifier of 29 bits; otherwise of 11 */
#define RTTM_CAN_REMOTE   0x2u /* asks for a frame of that length */
struct rttm_can_frame
{
    uint32_t id;
    uint8_t  flags;
    uint8_t  length; /* 0 to 8 */
    uint16_t reserved;
    uint8_t  bytes[8];
};
/* Waits until the frame is sent. RTTM_ERROR_IO if the controller has given up. */
int32_t rttm_can_send(struct rttm_device *device, const struct rttm_can_frame *frame);
/* The next frame that has arrived, frames of CAN FD left out; RTTM_ERROR_EMPTY if there is none. */
int32_t rttm_can_receive(struct rttm_device *device, struct rttm_can_frame *frame);
#define RTTM_CAN_BAUD 0u
#define RTTM_CAN_MODE 1u /* RT-Thread's RT_CAN_MODE_… */
/* RTTM_ERROR_UNSUPPORTED where the kernel has no CAN FD: */
#define RTTM_CAN_FD        2u /* 1 lets it send and receive frames of CAN FD, 0 does not */
#define RTTM_CAN_DATA_BAUD 3u /* of their bytes, where they switch the rate */
int32_t rttm_can_set(struct rttm_device *device, uint32_t property, uint32_t value);
/*
 * CAN FD, which RT-Thread has from 4.1.1 on with RT_CAN_USING_CANFD. Both functions work as those above, with frames of both
 * kinds. RTTM_ERROR_UNSUPPORTED where the kernel has none.
 */
#define RTTM_CAN_IS_FD       0x4u /* is a frame of CAN FD, which is no RTTM_CAN_REMOTE */
#define RTTM_CAN_RATE_SWITCH 0x8u /* and has its bytes sent at RTTM_CAN_DATA_BAUD */
struct rttm_can_fd_frame
{
    uint32_t id;
    uint8_t  flags;
    uint8_t  length; /* 0 to 8; with RTTM_CAN_IS_FD also 12, 16, 20, 24, 32, 48 or 64 */
    uint16_t reserved;
    uint8_t  bytes[64];
};
int32_t rttm_can_fd_send(struct rttm_device *device, const struct rttm_can_fd_frame *frame);
int32_t rttm_can_fd_receive(struct rttm_device *device, struct rttm_can_fd_frame *frame);
/* Lets through the frames whose identifier agrees with `id` in the bits of `mask`, of one width and of one kind. */
struct rttm_can_filter
{
    uint32_t id;
    uint32_t mask;
    uint32_t flags; /* RTTM_CAN_EXTENDED, RTTM_CAN_REMOTE */
};
/* From now on only frames arrive that one of the filters, at least one, lets through. What the driver can't do, it reports. */
int32_t rttm_can_set_filters(struct rttm_device *device, const struct rttm_can_filter *filters, uint32_t count);

/* Fills `bytes` with random numbers of the board's generator. RTTM_ERROR_NOT_FOUND if there is none. */
int32_t rttm_random_fill(void *bytes, uint32_t length);

/* A block device, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is none. */
struct rttm_geometry
{
    uint64_t sectors;
    uint32_t sector_bytes;
    uint32_t erase_bytes; /* that the device erases at once */
};
int32_t rttm_block_geometry(struct rttm_device *device, struct rttm_geometry *geometry);
int32_t rttm_block_sync(struct rttm_device *device);

/* A flash memory, an MTD NOR device, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is none. */
int32_t rttm_flash_geometry(struct rttm_device *device, struct rttm_geometry *geometry);
#define RTTM_FLASH_READ  0u
#define RTTM_FLASH_WRITE 1u /* what was erased before */
#define RTTM_FLASH_ERASE \
    2u /* `position` and `length` are multiples of what the device erases at once; `bytes` is NULL */
int32_t rttm_flash_transfer(struct rttm_device *device, uint32_t operation, uint32_t position, void *bytes,
                            uint32_t length);

/* A display, which is an ordinary device. RTTM_ERROR_UNSUPPORTED if the device is none. */
#define RTTM_PIXEL_OTHER    0u
#define RTTM_PIXEL_RGB565   1u
#define RTTM_PIXEL_RGB888   2u
#define RTTM_PIXEL_ARGB8888 3u
struct rttm_screen
{
    uint32_t width; /* in pixels */
    uint32_t height;
    uint32_t line_bytes; /* from the begin of a line to that of the next */
    uint32_t format;     /* RTTM_PIXEL_… */
    void    *pixels;     /* or NULL, if they are not in memory. Valid while the device is open */
};
struct rttm_rectangle
{
    uint16_t x;
    uint16_t y;
    uint16_t width;
    uint16_t height;
};
int32_t rttm_display_info(struct rttm_device *device, struct rttm_screen *info);
/* Shows what has changed in a part of the display. */
int32_t rttm_display_update(struct rttm_device *device, const struct rttm_rectangle *rectangle);

/* ---- shell ----------------------------------------------------------------------------------------------------- */

/*
 * A command of MSH, which exists until the handle is closed. `run` is called in a thread of the module's, with a stack of
 * `stack_bytes` of its struct rttm_app, for which the shell waits.
 */
struct rttm_command_options
{
    const char *name;
    uint32_t    name_length;
    const char *description;
    uint32_t    description_length;
    int32_t (*run)(void *context, int32_t argc, char **argv); /* arguments as for `main` */
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
    uint8_t  ip[16]; /* in network order; IPv4 has the first four */
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
 * `to` is NULL if the socket is connected. `from` may be NULL, and is only set for datagrams. `receive` on a stream
 * returns 0 if the other side has closed the connection.
 */
int32_t rttm_socket_send(struct rttm_socket *socket, const void *bytes, uint32_t length, const struct rttm_address *to);
int32_t rttm_socket_receive(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from);
/* Receives, and leaves what it has received for the next call. */
int32_t rttm_socket_peek(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from);
#define RTTM_SOCKET_READ  0x1u
#define RTTM_SOCKET_WRITE 0x2u
int32_t rttm_socket_shutdown(struct rttm_socket *socket, uint32_t ways);
/*
 * Sets the time-out of `receive` and `accept` (RTTM_SOCKET_READ), and of `send` and `connect` (RTTM_SOCKET_WRITE).
 * `connect` then returns RTTM_ERROR_TIMED_OUT, the others RTTM_ERROR_WOULD_BLOCK.
 */
int32_t rttm_socket_set_timeout(struct rttm_socket *socket, uint32_t ways, uint32_t milliseconds);
int32_t rttm_socket_local(struct rttm_socket *socket, struct rttm_address *address);
int32_t rttm_socket_peer(struct rttm_socket *socket, struct rttm_address *address);
/* Stores up to `capacity` addresses of a host, with port 0, and returns their number. */
int32_t rttm_resolve(const char *host, uint32_t host_length, struct rttm_address *addresses, uint32_t capacity);

/* ---- libraries ------------------------------------------------------------------------------------------------- */

/* Results of rttm_library_open. */
#define RTTM_LIBRARY_OPENED    0
#define RTTM_LIBRARY_NOT_FOUND 1 /* the file does not exist */
#define RTTM_LIBRARY_REFUSED   2 /* the file can't be loaded; a line on the console says why */

/* A module that another module has loaded. */
struct rttm_library;

/*
 * Loads the module at `path`, which may be relative to the working directory, and sets `*library` if the result is
 * RTTM_LIBRARY_OPENED. A module that opens the same path again gets the same library, which stays until it is closed as
 * often as it was opened. Each module has a copy of its own, with its own variables. When a module ends, its open
 * libraries are closed. Where nothing may wait, the result is RTTM_LIBRARY_REFUSED.
 *
 * The functions of a library run in the thread that calls them, so a panic or an exit in them ends the caller's module.
 */
int32_t rttm_library_open(const char *path, uint32_t path_length, struct rttm_library **library);

/*
 * The same with the `length` bytes of a module in memory, which may be changed or freed when the call returns. `name` is what
 * messages and lists call it. Each call loads a library of its own.
 */
int32_t rttm_library_open_bytes(const void *bytes, uint32_t length, const char *name, uint32_t name_length,
                                struct rttm_library **library);

/* The address of the function that `library` exports as `name`, or NULL. */
void *rttm_library_symbol(struct rttm_library *library, const char *name, uint32_t name_length);

/*
 * Unloads `library`. Its functions must not be running, and must not be called again. While one of its functions is that of a
 * thread, a timer, a callback, a command or a driver, it stays loaded, until its opener ends at the latest.
 */
void rttm_library_close(struct rttm_library *library);

#ifdef __cplusplus
}
#endif

#endif /* RTT_MOD_H */
