//! Iterators over received messages.

use super::Receiver;

/// An iterator over messages, which waits for each. [`Receiver::iter`] returns it.
///
/// ```no_run
/// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
/// let sum: u32 = receiver.iter().take(4).sum();
/// ```
#[derive(Debug)]
pub struct Iter<'a, T>(&'a Receiver<T>);

impl<'a, T> Iter<'a, T> {
    pub(super) fn new(receiver: &'a Receiver<T>) -> Self {
        Iter(receiver)
    }
}

impl<T> Iterator for Iter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

/// An iterator over messages, which does not wait. [`Receiver::try_iter`] returns it.
///
/// ```no_run
/// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
/// let waiting = receiver.try_iter().count();
/// ```
#[derive(Debug)]
pub struct TryIter<'a, T>(&'a Receiver<T>);

impl<'a, T> TryIter<'a, T> {
    pub(super) fn new(receiver: &'a Receiver<T>) -> Self {
        TryIter(receiver)
    }
}

impl<T> Iterator for TryIter<'_, T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.try_recv().ok()
    }
}

/// An iterator over messages that owns its [`Receiver`].
///
/// ```no_run
/// # let (sender, receiver) = rtt_mod::sync::mpsc::channel::<u32>();
/// for message in receiver {
///     rtt_mod::println!("{message}");
/// }
/// ```
#[derive(Debug)]
pub struct IntoIter<T>(Receiver<T>);

impl<T> Iterator for IntoIter<T> {
    type Item = T;

    #[track_caller]
    fn next(&mut self) -> Option<T> {
        self.0.recv().ok()
    }
}

impl<T> IntoIterator for Receiver<T> {
    type Item = T;
    type IntoIter = IntoIter<T>;

    fn into_iter(self) -> IntoIter<T> {
        IntoIter(self)
    }
}

impl<'a, T> IntoIterator for &'a Receiver<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}
