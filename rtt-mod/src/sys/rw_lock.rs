//! A value that many threads read or one thread writes.
//!
//! A thread that unlocks hands the lock over to waiting threads: it counts them as the new owners, and releases the
//! semaphore that they wait for. So no other thread can take the lock in between.

use core::{
    cell::UnsafeCell,
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

use super::{interrupt::Shared, mutex::OnlyItsThreadUnlocksIt, semaphore::Semaphore, time::FOREVER};
use crate::{Error, Result, error::expect};

/// A value and the threads that have it.
#[derive(Debug)]
pub struct RwLock<T: ?Sized> {
    owners: Shared<Owners>,
    readers: Semaphore,
    writers: Semaphore,
    value: UnsafeCell<T>,
}

// SAFETY: the value moves with the lock.
unsafe impl<T: ?Sized + Send> Send for RwLock<T> {}
// SAFETY: writers send the value to each other, readers share it, and both never happen at once.
unsafe impl<T: ?Sized + Send + Sync> Sync for RwLock<T> {}

#[derive(Debug, Clone, Copy)]
struct Owners {
    is_writing: bool,
    reading: u32,
    waiting_to_read: u32,
    waiting_to_write: u32,
}

impl<T> RwLock<T> {
    pub const fn new(value: T) -> Self {
        let owners = Owners { is_writing: false, reading: 0, waiting_to_read: 0, waiting_to_write: 0 };
        RwLock {
            owners: Shared::new(owners),
            readers: Semaphore::new(0),
            writers: Semaphore::new(0),
            value: UnsafeCell::new(value),
        }
    }

    pub fn into_inner(self) -> T {
        self.value.into_inner()
    }
}

impl<T: ?Sized> RwLock<T> {
    pub fn read(&self) -> Result<ReadGuard<'_, T>> {
        if !self.owners.update(Owners::read_or_wait) {
            self.readers.take(FOREVER)?;
        }
        Ok(ReadGuard { lock: self, of_this_thread: PhantomData })
    }

    pub fn try_read(&self) -> Result<ReadGuard<'_, T>> {
        match self.owners.update(Owners::read) {
            true => Ok(ReadGuard { lock: self, of_this_thread: PhantomData }),
            false => Err(Error::TimedOut),
        }
    }

    pub fn write(&self) -> Result<WriteGuard<'_, T>> {
        if !self.owners.update(Owners::write_or_wait) {
            self.writers.take(FOREVER)?;
        }
        Ok(WriteGuard { lock: self, of_this_thread: PhantomData })
    }

    pub fn try_write(&self) -> Result<WriteGuard<'_, T>> {
        match self.owners.update(Owners::write) {
            true => Ok(WriteGuard { lock: self, of_this_thread: PhantomData }),
            false => Err(Error::TimedOut),
        }
    }

    pub fn get_mut(&mut self) -> &mut T {
        self.value.get_mut()
    }

    /// Wakes the threads that `owners` has counted as the next owners.
    fn hand_over(&self, next: Next) {
        match next {
            Next::Nobody => (),
            Next::Writer => expect(self.writers.release()),
            Next::Readers(count) => (0..count).for_each(|_| expect(self.readers.release())),
        }
    }
}

/// The next owners of the lock after it was unlocked.
enum Next {
    Nobody,
    Writer,
    Readers(u32),
}

impl Owners {
    /// A waiting writer goes first. Otherwise readers could keep it waiting for ever.
    fn read(&mut self) -> bool {
        let may_read = !self.is_writing && self.waiting_to_write == 0 && self.reading < u32::MAX;
        self.reading += u32::from(may_read);
        may_read
    }

    fn read_or_wait(&mut self) -> bool {
        let may_read = self.read();
        self.waiting_to_read += u32::from(!may_read);
        may_read
    }

    fn write(&mut self) -> bool {
        let may_write = !self.is_writing && self.reading == 0;
        self.is_writing |= may_write;
        may_write
    }

    fn write_or_wait(&mut self) -> bool {
        let may_write = self.write();
        self.waiting_to_write += u32::from(!may_write);
        may_write
    }

    fn end_read(&mut self) -> Next {
        self.reading -= 1;
        if self.reading == 0 { self.next_writer() } else { Next::Nobody }
    }

    /// After a writer, the waiting readers go first.
    fn end_write(&mut self) -> Next {
        self.is_writing = false;
        if self.waiting_to_read == 0 {
            return self.next_writer();
        }
        self.reading = core::mem::take(&mut self.waiting_to_read);
        Next::Readers(self.reading)
    }

    fn next_writer(&mut self) -> Next {
        if self.waiting_to_write == 0 {
            return Next::Nobody;
        }
        self.waiting_to_write -= 1;
        self.is_writing = true;
        Next::Writer
    }
}

/// Access to the value for one of its readers.
#[derive(Debug)]
pub struct ReadGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    of_this_thread: PhantomData<dyn OnlyItsThreadUnlocksIt>,
}

// SAFETY: `&ReadGuard` gives access to nothing but `&T`.
unsafe impl<T: ?Sized + Sync> Sync for ReadGuard<'_, T> {}

impl<T: ?Sized> Deref for ReadGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody writes the value while `owners` counts this reader.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> Drop for ReadGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.hand_over(self.lock.owners.update(Owners::end_read));
    }
}

/// Access to the value for its only writer.
#[derive(Debug)]
pub struct WriteGuard<'a, T: ?Sized> {
    lock: &'a RwLock<T>,
    of_this_thread: PhantomData<dyn OnlyItsThreadUnlocksIt>,
}

// SAFETY: `&WriteGuard` gives access to nothing but `&T`.
unsafe impl<T: ?Sized + Sync> Sync for WriteGuard<'_, T> {}

impl<T: ?Sized> Deref for WriteGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: nobody else accesses the value while `owners` says that it is being written.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T: ?Sized> DerefMut for WriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T: ?Sized> Drop for WriteGuard<'_, T> {
    fn drop(&mut self) {
        self.lock.hand_over(self.lock.owners.update(Owners::end_write));
    }
}
