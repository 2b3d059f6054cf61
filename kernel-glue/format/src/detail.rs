//! What a message shows of a diagnostic, and a small firmware does without.

use core::{convert::Infallible, marker::PhantomData};

/// A figure or a name in a diagnostic. Without the feature `details` it is empty: nothing is computed or copied for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail<T> {
    #[cfg(feature = "details")]
    value: T,
    kind: PhantomData<T>,
}

impl<T: Clone + Default> Detail<T> {
    /// What `find` finds. It is not called without the feature.
    ///
    /// # Errors
    /// When `find` fails.
    pub fn find<E>(find: impl FnOnce() -> Result<T, E>) -> Result<Self, E> {
        #[cfg(not(feature = "details"))]
        drop(find);
        Ok(Self {
            #[cfg(feature = "details")]
            value: find()?,
            kind: PhantomData,
        })
    }

    /// The figure or the name. Without the feature it is the default of its type.
    pub fn get(&self) -> T {
        #[cfg(feature = "details")]
        return self.value.clone();
        #[cfg(not(feature = "details"))]
        T::default()
    }
}

impl<T: Clone + Default> From<T> for Detail<T> {
    fn from(value: T) -> Self {
        let Ok(detail) = Self::find(|| Ok::<_, Infallible>(value));
        detail
    }
}
