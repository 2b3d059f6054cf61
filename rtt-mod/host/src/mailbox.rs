//! Mailboxes.

use crate::{
    bindings::{RTTM_OK, rttm_mailbox},
    handle::Object,
    messages::Messages,
};

type Mailbox = Messages<usize>;

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mailbox_new(capacity: u32, mailbox: *mut *mut rttm_mailbox) -> i32 {
    // SAFETY: the caller has a place for the handle.
    unsafe { mailbox.write(Object::open(Mailbox::new(capacity))) };
    RTTM_OK as i32
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mailbox_send(mailbox: *mut rttm_mailbox, mail: usize, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let mailbox = unsafe { Object::<Mailbox>::of(mailbox) };
    mailbox.send(mail, milliseconds).map_or_else(|error| error, |()| RTTM_OK as i32)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_mailbox_receive(mailbox: *mut rttm_mailbox, mail: *mut usize, milliseconds: u32) -> i32 {
    // SAFETY: the handle is open.
    let mailbox = unsafe { Object::<Mailbox>::of(mailbox) };
    match mailbox.receive(milliseconds) {
        Ok(received) => {
            // SAFETY: the caller has a place for the mail.
            unsafe { mail.write(received) };
            RTTM_OK as i32
        }
        Err(error) => error,
    }
}
