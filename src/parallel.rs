//! Work that is handed to all processors; in a web page, which has one, it is done in turn by the same words.
//!
//! The machinery that hands work out would take a twentieth of a page's bytes, and never hand any out.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use rayon::{current_num_threads, prelude};

#[cfg(target_arch = "wasm32")]
pub(crate) fn current_num_threads() -> usize {
    1
}

#[cfg(target_arch = "wasm32")]
pub(crate) mod prelude {
    use std::iter::FlatMap;

    pub(crate) trait IntoParallelIterator: IntoIterator + Sized {
        fn into_par_iter(self) -> Self::IntoIter {
            self.into_iter()
        }
    }

    impl<T: IntoIterator> IntoParallelIterator for T {}

    pub(crate) trait IntoParallelRefIterator<'a> {
        type Iter: Iterator;

        fn par_iter(&'a self) -> Self::Iter;
    }

    impl<'a, T: ?Sized + 'a> IntoParallelRefIterator<'a> for T
    where
        &'a T: IntoIterator,
    {
        type Iter = <&'a T as IntoIterator>::IntoIter;

        fn par_iter(&'a self) -> Self::Iter {
            self.into_iter()
        }
    }

    pub(crate) trait ParallelIterator: Iterator + Sized {
        fn with_min_len(self, _: usize) -> Self {
            self
        }

        fn with_max_len(self, _: usize) -> Self {
            self
        }

        fn flat_map_iter<U: IntoIterator, F: FnMut(Self::Item) -> U>(self, each: F) -> FlatMap<Self, U, F> {
            self.flat_map(each)
        }
    }

    impl<T: Iterator> ParallelIterator for T {}

    pub(crate) trait ParallelExtend<T>: Extend<T> {
        fn par_extend(&mut self, more: impl IntoIterator<Item = T>) {
            self.extend(more);
        }
    }

    impl<T, U: Extend<T>> ParallelExtend<T> for U {}
}
