extern crate std;

use core::time::Duration;
use std::{boxed::Box, rc::Rc, thread, vec::Vec};

use super::*;

#[test]
fn messages_come_in_order_and_after_the_senders_have_gone() {
    let (sender, receiver) = channel();
    let other = sender.clone();
    sender.send(1).unwrap();
    other.send(2).unwrap();
    assert_eq!(receiver.recv(), Ok(1));
    drop((sender, other));
    assert_eq!(receiver.try_recv(), Ok(2));
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Disconnected));
    assert_eq!(receiver.recv_timeout(Duration::MAX), Err(RecvTimeoutError::Disconnected));
    assert_eq!(receiver.recv(), Err(RecvError));
}

#[test]
fn without_a_message_nobody_waits_longer_than_told() {
    let (_sender, receiver) = channel::<()>();
    assert_eq!(receiver.try_recv(), Err(TryRecvError::Empty));
    assert_eq!(receiver.recv_timeout(Duration::from_millis(1)), Err(RecvTimeoutError::Timeout));
    assert_eq!(receiver.try_iter().count(), 0);
}

#[test]
fn without_a_receiver_messages_come_back() {
    let (sender, receiver) = channel();
    drop(receiver);
    assert_eq!(sender.send(7), Err(SendError(7)));
    let (sender, receiver) = sync_channel(0);
    drop(receiver);
    assert_eq!(sender.send(7), Err(SendError(7)));
    assert_eq!(sender.try_send(7), Err(TrySendError::Disconnected(7)));
}

#[test]
fn what_is_left_is_dropped_with_the_receiver() {
    let value = Rc::new(());
    let (sender, receiver) = channel();
    (0..3).for_each(|_| sender.send(Rc::clone(&value)).unwrap());
    drop(receiver);
    assert_eq!(Rc::strong_count(&value), 1);
}

#[test]
fn a_full_channel_makes_senders_wait() {
    let (sender, receiver) = sync_channel(1);
    assert_eq!(sender.try_send(0), Ok(()));
    assert_eq!(sender.try_send(1), Err(TrySendError::Full(1)));
    let sending = thread::spawn(move || (1..20).for_each(|n| sender.send(n).unwrap()));
    assert!(receiver.iter().eq(0..20));
    sending.join().unwrap();
}

#[test]
fn a_channel_without_room_hands_over() {
    let (sender, receiver) = sync_channel(0);
    assert_eq!(sender.try_send(0), Err(TrySendError::Full(0)));
    thread::scope(|scope| {
        for n in 0..3 {
            let sender = sender.clone();
            scope.spawn(move || (0..5).for_each(|m| sender.send(5 * n + m).unwrap()));
        }
        drop(sender);
        let mut received: Vec<_> = receiver.into_iter().collect();
        received.sort();
        assert!(received.into_iter().eq(0..15));
    });
}

#[test]
fn what_was_to_be_handed_over_comes_back() {
    let (sender, receiver) = sync_channel(0);
    thread::scope(|scope| {
        let sending = scope.spawn(|| sender.send(Box::new(7)));
        thread::yield_now();
        drop(receiver);
        assert_eq!(sending.join().unwrap(), Err(SendError(Box::new(7))));
    });
}

#[test]
fn many_threads_send_to_one() {
    let (sender, receiver) = channel();
    thread::scope(|scope| {
        for n in 0..4 {
            let sender = sender.clone();
            scope.spawn(move || (0..10).for_each(|m| sender.send(Box::new(10 * n + m)).unwrap()));
        }
        drop(sender);
        let mut received: Vec<_> = receiver.iter().map(|message| *message).collect();
        received.sort();
        assert!(received.into_iter().eq(0..40));
    });
}
