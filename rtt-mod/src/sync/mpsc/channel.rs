//! The channel: what senders and receiver share.

use alloc::collections::VecDeque;
use core::time::Duration;

use super::{RecvTimeoutError, TryRecvError, TrySendError};
use crate::sync::{Condvar, Mutex, MutexGuard};

/// The messages, and which ends exist.
#[derive(Debug)]
pub struct Channel<T> {
    /// 0: a send returns when its message was received.
    bound: usize,
    state: Mutex<State<T>>,
    /// Notified when a message was sent, or the last sender was dropped.
    for_receiver: Condvar,
    /// Notified when a message was received, or the receiver was dropped.
    for_senders: Condvar,
}

#[derive(Debug)]
struct State<T> {
    messages: VecDeque<T>,
    senders: usize,
    has_receiver: bool,
    receiver_waits: bool,
    /// The number of messages that were received.
    received: usize,
}

impl<T> Channel<T> {
    /// A channel with one sender and the receiver.
    pub fn new(bound: usize) -> Self {
        let state =
            State { messages: VecDeque::new(), senders: 1, has_receiver: true, receiver_waits: false, received: 0 };
        Channel { bound, state: Mutex::new(state), for_receiver: Condvar::new(), for_senders: Condvar::new() }
    }

    /// With a bound of 0 there is room for the message that is being passed.
    fn room(&self) -> usize {
        self.bound.max(1)
    }

    #[track_caller]
    pub fn send(&self, message: T) -> Result<(), T> {
        let state = self.state.lock();
        let mut state =
            self.for_senders.wait_while(state, |state| state.has_receiver && state.messages.len() >= self.room());
        if !state.has_receiver {
            return Err(message);
        }
        state.messages.push_back(message);
        let place = state.received.wrapping_add(state.messages.len());
        drop(state);
        self.for_receiver.notify_one();
        if self.bound == 0 { self.wait_until_received(place) } else { Ok(()) }
    }

    /// The message is the only one in the channel. If the receiver is dropped, it comes back.
    #[track_caller]
    fn wait_until_received(&self, place: usize) -> Result<(), T> {
        let is_received = |state: &State<T>| state.received.wrapping_sub(place) as isize >= 0;
        let state = self.state.lock();
        let mut state = self.for_senders.wait_while(state, |state| state.has_receiver && !is_received(state));
        if is_received(&state) {
            return Ok(());
        }
        state.messages.pop_front().map_or(Ok(()), Err)
    }

    #[track_caller]
    pub fn try_send(&self, message: T) -> Result<(), TrySendError<T>> {
        let mut state = self.state.lock();
        if !state.has_receiver {
            return Err(TrySendError::Disconnected(message));
        }
        let is_wanted = self.bound > 0 || state.receiver_waits;
        if !is_wanted || state.messages.len() >= self.room() {
            return Err(TrySendError::Full(message));
        }
        state.messages.push_back(message);
        drop(state);
        self.for_receiver.notify_one();
        Ok(())
    }

    #[track_caller]
    pub fn try_receive(&self) -> Result<T, TryRecvError> {
        self.take(self.state.lock()).map_err(|is_connected| match is_connected {
            true => TryRecvError::Empty,
            false => TryRecvError::Disconnected,
        })
    }

    /// The next message; `None` when there is none and the last sender was dropped.
    #[track_caller]
    pub fn receive(&self) -> Option<T> {
        let mut state = self.state.lock();
        state.receiver_waits = true;
        let mut state = self.for_receiver.wait_while(state, |state| state.messages.is_empty() && state.senders > 0);
        state.receiver_waits = false;
        self.take(state).ok()
    }

    #[track_caller]
    pub fn receive_timeout(&self, timeout: Duration) -> Result<T, RecvTimeoutError> {
        let mut state = self.state.lock();
        state.receiver_waits = true;
        let is_idle = |state: &mut State<T>| state.messages.is_empty() && state.senders > 0;
        let mut state = self.for_receiver.wait_timeout_while(state, timeout, is_idle).0;
        state.receiver_waits = false;
        self.take(state).map_err(|is_connected| match is_connected {
            true => RecvTimeoutError::Timeout,
            false => RecvTimeoutError::Disconnected,
        })
    }

    /// Takes the oldest message. If there is none, the error tells whether senders exist.
    fn take(&self, mut state: MutexGuard<'_, State<T>>) -> Result<T, bool> {
        let Some(message) = state.messages.pop_front() else {
            return Err(state.senders > 0);
        };
        state.received = state.received.wrapping_add(1);
        drop(state);
        match self.bound {
            usize::MAX => (),
            // Senders that wait for room and senders that wait for their message's receipt use the same condition.
            0 => self.for_senders.notify_all(),
            _ => self.for_senders.notify_one(),
        }
        Ok(message)
    }

    #[track_caller]
    pub fn add_sender(&self) {
        self.state.lock().senders += 1;
    }

    pub fn remove_sender(&self) {
        let mut state = self.state.lock();
        state.senders -= 1;
        let was_last = state.senders == 0;
        drop(state);
        if was_last {
            self.for_receiver.notify_one();
        }
    }

    /// Drops the messages that are left. With a bound of 0, the sender takes its message back.
    pub fn remove_receiver(&self) {
        let mut state = self.state.lock();
        state.has_receiver = false;
        let left = if self.bound == 0 { VecDeque::new() } else { core::mem::take(&mut state.messages) };
        drop(state);
        self.for_senders.notify_all();
        drop(left);
    }
}
