//! Messages that wait in order: what mailboxes and queues have in common.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex},
};

use crate::{
    bindings::{RTTM_ERROR_EMPTY, RTTM_ERROR_FULL, RTTM_ERROR_TIMED_OUT},
    wait::wait_while,
};

pub struct Messages<T> {
    capacity: usize,
    waiting: Mutex<VecDeque<T>>,
    sent: Condvar,
    received: Condvar,
}

impl<T> Messages<T> {
    pub fn new(capacity: u32) -> Self {
        Messages {
            capacity: capacity as usize,
            waiting: Mutex::default(),
            sent: Condvar::new(),
            received: Condvar::new(),
        }
    }

    pub fn send(&self, message: T, milliseconds: u32) -> Result<(), i32> {
        self.put(message, milliseconds, VecDeque::push_back)
    }

    pub fn send_urgent(&self, message: T) -> Result<(), i32> {
        self.put(message, 0, VecDeque::push_front)
    }

    fn put(&self, message: T, milliseconds: u32, push: fn(&mut VecDeque<T>, T)) -> Result<(), i32> {
        let is_full = |messages: &mut VecDeque<T>| messages.len() == self.capacity;
        let messages = self.waiting.lock().expect("no test panics here");
        let mut messages = wait_while(messages, &self.received, milliseconds, is_full);
        if is_full(&mut messages) {
            return Err(if milliseconds == 0 { RTTM_ERROR_FULL } else { RTTM_ERROR_TIMED_OUT });
        }
        push(&mut messages, message);
        self.sent.notify_one();
        Ok(())
    }

    pub fn receive(&self, milliseconds: u32) -> Result<T, i32> {
        let messages = self.waiting.lock().expect("no test panics here");
        let mut messages = wait_while(messages, &self.sent, milliseconds, |messages| messages.is_empty());
        let message =
            messages.pop_front().ok_or(if milliseconds == 0 { RTTM_ERROR_EMPTY } else { RTTM_ERROR_TIMED_OUT });
        self.received.notify_one();
        message
    }
}
