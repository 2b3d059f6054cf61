//! A mailbox of the kernel.

use super::{
    bindings::{self, rttm_mailbox},
    handle::LazyHandle,
};
use crate::Result;

/// A mailbox with room for `capacity` mails. The kernel makes it when it is first used.
#[derive(Debug)]
pub struct Mailbox {
    capacity: u32,
    handle: LazyHandle<rttm_mailbox>,
}

impl Mailbox {
    pub const fn new(capacity: u32) -> Self {
        Mailbox { capacity, handle: LazyHandle::new() }
    }

    pub fn set_name(&self, name: &str) -> Result<()> {
        // SAFETY: on success the function gives a new handle, of a kind that has a name.
        unsafe { self.handle.set_name(name, |place| bindings::rttm_mailbox_new(self.capacity, place)) }
    }

    fn call(&self, call: impl FnOnce(*mut rttm_mailbox) -> i32) -> Result<u32> {
        // SAFETY: on success the function gives a new handle.
        unsafe { self.handle.call(|place| bindings::rttm_mailbox_new(self.capacity, place), call) }
    }

    pub fn send(&self, mail: usize, milliseconds: u32) -> Result<()> {
        // SAFETY: the handle is open.
        self.call(|handle| unsafe { bindings::rttm_mailbox_send(handle, mail, milliseconds) }).map(drop)
    }

    pub fn receive(&self, milliseconds: u32) -> Result<usize> {
        let mut mail = 0;
        // SAFETY: the handle is open, and `mail` a place for a mail.
        self.call(|handle| unsafe { bindings::rttm_mailbox_receive(handle, &mut mail, milliseconds) })?;
        Ok(mail)
    }
}
