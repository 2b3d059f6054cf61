//! The part of the image into which the tables are read before it is filled.

use crate::{Module, image::Extent, window::Memory};
use format::{Isa, Source, Span, Workspace};

impl<S: Source, I: Isa> Module<S, I> {
    /// Where the workspace is in the image, and what it holds. It is empty if there is none.
    ///
    /// Other linkers put what is not relocated first.
    pub(crate) fn workspace(&self, image: &Extent) -> (Span, [u32; 3]) {
        let tables = &self.tables;
        let start = tables.claims.map_or(0, |claims| claims.workspace);
        let sizes = [tables.relocations[0].size, tables.symbols.size, tables.names.size];
        let workspace = Workspace::of(image.size, sizes).filter(|_| tables.relocations[1].size == 0);
        let span = workspace.map(|workspace| (Span { start, size: workspace.bytes() }, workspace.windows));
        let is_single = !self.is_sealed() || self.header().segment_count == 1;
        span.filter(|(span, _)| is_single && span.start.is_multiple_of(8) && span.is_within(image.size))
            .unwrap_or((Span { start: image.size, size: 0 }, [0; 3]))
    }
}

impl<'w> Memory<'w> {
    /// The windows in a workspace.
    pub fn of(workspace: &'w mut [u8], windows: [u32; 3]) -> Self {
        let [relocations, symbols, _] = windows.map(|size| usize::try_from(size).unwrap_or_default());
        let (relocations, rest) = workspace.split_at_mut_checked(relocations).unwrap_or_default();
        let (symbols, names) = rest.split_at_mut_checked(symbols).unwrap_or_default();
        Self { relocations, symbols, names }
    }
}
