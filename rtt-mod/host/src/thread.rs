//! Threads: `std`'s, with handles that are counted as the kernel's are.

use std::{
    alloc::{Layout, alloc, dealloc},
    cell::OnceCell,
    ffi::{c_char, c_void},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

use crate::{
    bindings::{
        RTTM_ERROR_BUSY, RTTM_ERROR_DEADLOCK, RTTM_ERROR_OUT_OF_MEMORY, RTTM_ERROR_TIMED_OUT, RTTM_FOREVER, RTTM_OK,
        RTTM_PRIORITY_DEFAULT, rttm_packet, rttm_thread, rttm_thread_options,
    },
    handle::{Object, rttm_close},
    kernel::Kernel,
};

/// The priority of threads that did not ask for another one.
const PRIORITY: u32 = 20;

#[derive(Default)]
struct State {
    has_returned: bool,
    is_unparked: bool,
    priority: u32,
}

/// A copy of a thread's packet.
struct Copied {
    place: *mut u8,
    layout: Layout,
}

impl Copied {
    /// # Safety
    ///
    /// The packet has as many bytes as it says.
    unsafe fn of(packet: &rttm_packet) -> Self {
        let layout = Layout::from_size_align(packet.length.max(1) as usize, packet.alignment as usize);
        let layout = layout.expect("the alignment is a power of two");
        // SAFETY: the layout is not empty, and the copy has as many bytes as the packet.
        let place = unsafe {
            let place = alloc(layout);
            assert!(!place.is_null(), "a PC has memory");
            place.copy_from_nonoverlapping(packet.bytes.cast(), packet.length as usize);
            place
        };
        Self { place, layout }
    }
}

impl Drop for Copied {
    fn drop(&mut self) {
        // SAFETY: it is the memory of `of`, and nobody uses it after the last handle is closed.
        unsafe { dealloc(self.place, self.layout) }
    }
}

// SAFETY: by the ABI, the packet of a new thread may move there.
unsafe impl Send for Copied {}
// SAFETY: nobody reads it through a shared reference.
unsafe impl Sync for Copied {}

/// The record of a thread.
struct Record {
    name: String,
    _packet: Option<Copied>,
    state: Mutex<State>,
    changed: Condvar,
}

type Thread = Arc<Record>;

impl Record {
    fn new(name: String, priority: u32, packet: Option<Copied>) -> Thread {
        let priority = if priority == RTTM_PRIORITY_DEFAULT { PRIORITY } else { priority };
        let state = Mutex::new(State { priority, ..State::default() });
        Arc::new(Record { name, _packet: packet, state, changed: Condvar::new() })
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.notify_all();
        result
    }

    /// Waits until `condition`, then does `change`.
    fn wait(&self, milliseconds: u32, condition: impl Fn(&State) -> bool, change: impl FnOnce(&mut State)) -> i32 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let not_yet = |state: &mut State| !condition(state);
        let mut state = if milliseconds == RTTM_FOREVER {
            self.changed.wait_while(state, not_yet).unwrap_or_else(PoisonError::into_inner)
        } else {
            let timeout = Duration::from_millis(milliseconds.into());
            self.changed.wait_timeout_while(state, timeout, not_yet).unwrap_or_else(PoisonError::into_inner).0
        };
        if !condition(&state) {
            return RTTM_ERROR_TIMED_OUT;
        }
        change(&mut state);
        RTTM_OK as i32
    }
}

/// A handle that a thread has of itself until it ends.
struct Own(*mut rttm_thread);

impl Own {
    fn record(&self) -> &Thread {
        // SAFETY: the handle is open as long as `self` is there.
        unsafe { Object::<Thread>::of(self.0) }
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        // SAFETY: the handle is open, and this one's own.
        unsafe { Object::<Thread>::close(self.0) }
    }
}

thread_local! {
    static OWN: OnceCell<Own> = const { OnceCell::new() };
}

/// Calls `work` with the calling thread's own handle.
fn with_own<T>(work: impl FnOnce(&Own) -> T) -> T {
    OWN.with(|own| {
        work(own.get_or_init(|| {
            let name = thread::current().name().unwrap_or("host").to_owned();
            Own(Object::make(Record::new(name, RTTM_PRIORITY_DEFAULT, None)))
        }))
    })
}

/// A pointer on its way into a thread.
struct Sent<T>(*mut T);

// SAFETY: by the ABI, the context of a new thread may move there.
unsafe impl<T> Send for Sent<T> {}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_spawn(
    options: *const rttm_thread_options,
    entry: Option<unsafe extern "C" fn(*mut c_void)>,
    context: *mut c_void,
    thread: *mut *mut rttm_thread,
) -> i32 {
    // SAFETY: the caller's promise.
    unsafe { start(options, entry, context, None, thread) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_spawn_with(
    options: *const rttm_thread_options,
    entry: Option<unsafe extern "C" fn(*mut c_void)>,
    packet: *mut rttm_packet,
    thread: *mut *mut rttm_thread,
) -> i32 {
    // SAFETY: the caller's promise.
    unsafe {
        let copied = Copied::of(&*packet);
        (*packet).copy = copied.place.cast();
        start(options, entry, (*packet).copy, Some(copied), thread)
    }
}

/// # Safety
///
/// That of the two functions above.
unsafe fn start(
    options: *const rttm_thread_options,
    entry: Option<unsafe extern "C" fn(*mut c_void)>,
    context: *mut c_void,
    packet: Option<Copied>,
    thread: *mut *mut rttm_thread,
) -> i32 {
    // SAFETY: the caller's promise: options, with a name of so many bytes.
    let (name, priority) = unsafe {
        let name = std::slice::from_raw_parts((*options).name.cast::<u8>(), (*options).name_length as usize);
        (String::from_utf8_lossy(name).into_owned(), (*options).priority)
    };
    let name = if name.is_empty() { "module".to_owned() } else { name };
    // A thread of `std` has a name without NUL.
    let shown = name.replace('\0', "");
    let handle: *mut rttm_thread = Object::open(Record::new(name, priority, packet));
    // SAFETY: the handle is open, and is closed once more by the thread itself.
    unsafe { Object::<Thread>::retain(handle) };
    let (sent, context, entry) = (Sent(handle), Sent(context), entry.expect("a thread has an entry"));
    let kernel = Kernel::current();
    let run = move || {
        kernel.enter();
        // All of both, not only the pointers in them.
        let (sent, context) = (sent, context);
        OWN.with(|own| assert!(own.set(Own(sent.0)).is_ok(), "the thread is new"));
        // SAFETY: the caller's promise: the entry takes this context, once.
        unsafe { entry(context.0) };
        with_own(|own| own.record().change(|state| state.has_returned = true));
    };
    if thread::Builder::new().name(shown).spawn(run).is_err() {
        // SAFETY: both handles are open, and nobody else has them.
        unsafe {
            Object::<Thread>::close(handle);
            rttm_close(handle.cast());
        }
        return RTTM_ERROR_OUT_OF_MEMORY;
    }
    // SAFETY: the caller has a place for the handle.
    unsafe { thread.write(handle) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_join(thread: *mut rttm_thread, milliseconds: u32) -> i32 {
    if with_own(|own| own.0 == thread) {
        return RTTM_ERROR_DEADLOCK;
    }
    // SAFETY: the handle is open.
    unsafe { Object::<Thread>::of(thread) }.wait(milliseconds, |state| state.has_returned, |_| ())
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_current(thread: *mut *mut rttm_thread) -> i32 {
    with_own(|own| {
        // SAFETY: the handle is open, and the caller has a place for it.
        unsafe {
            Object::<Thread>::reopen(own.0);
            thread.write(own.0);
        }
    });
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_retain(thread: *mut rttm_thread) {
    // SAFETY: the handle is open.
    unsafe { Object::<Thread>::reopen(thread) }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_name(thread: *const rttm_thread, length: *mut u32) -> *const c_char {
    // SAFETY: the handle is open, and the caller has a place for the length.
    unsafe {
        let name = &Object::<Thread>::of(thread).name;
        length.write(name.len() as u32);
        name.as_ptr().cast()
    }
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_park(milliseconds: u32) -> i32 {
    with_own(|own| own.record().wait(milliseconds, |state| state.is_unparked, |state| state.is_unparked = false))
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_unpark(thread: *mut rttm_thread) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Thread>::of(thread) }.change(|state| state.is_unparked = true);
    RTTM_OK as i32
}

/// See `rtt_mod.h`. No thread of a host's is suspended.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_suspend(_: *mut rttm_thread) -> i32 {
    RTTM_ERROR_BUSY
}

/// See `rtt_mod.h`. No thread of a host's is suspended.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_resume(_: *mut rttm_thread) -> i32 {
    RTTM_ERROR_BUSY
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_priority(thread: *const rttm_thread) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Thread>::of(thread) }.change(|state| state.priority as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_thread_set_priority(thread: *mut rttm_thread, priority: u32) -> i32 {
    // SAFETY: the handle is open.
    unsafe { Object::<Thread>::of(thread) }.change(|state| state.priority = priority);
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_thread_processors() -> i32 {
    std::thread::available_parallelism().map_or(1, |count| count.get() as i32)
}

/// See `rtt_mod.h`. A host's threads may wait.
#[unsafe(no_mangle)]
pub extern "C" fn rttm_may_wait() -> i32 {
    RTTM_OK as i32
}
