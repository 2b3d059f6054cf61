//! Puts a module's image together at its address: places the segments and relocates.

use crate::{
    Refused, Verified,
    checksum::Sums,
    imports::Resolve,
    relocations::{EachSymbol, FEW, Halves, Walk},
    report::{Part, Report, Told},
    window::{Memory, Window},
};
use format::{Address, Checksum, Code, Isa, Source, Span};

/// Where an image is put together, and what the module may use of its surroundings.
struct Site<'s> {
    image: &'s mut [u8],
    /// The address that the image is or will be at.
    base: Address,
    resolve: Resolve<'s>,
    each: EachSymbol<'s>,
}

impl<S: Source, I: Isa> Verified<'_, S, I> {
    /// Fills `image`, which is or will be at the address `base`, and reports all that is wrong.
    ///
    /// The image is complete when nothing was reported. The caller then cleans its caches.
    ///
    /// # Errors
    /// When something was reported.
    pub fn place(
        &self,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        report: Report<'_>,
    ) -> Result<(), Refused> {
        self.place_and_list(image, base, resolve, &mut |_, _, _| (), report)
    }

    /// The same, and hands out the symbols that no relocation uses, with their names: the exports among them. What was handed
    /// out before something was reported is of no use; it may come twice.
    ///
    /// # Errors
    /// When something was reported.
    pub fn place_and_list(
        &self,
        image: &mut [u8],
        base: Address,
        resolve: Resolve<'_>,
        each: EachSymbol<'_>,
        report: Report<'_>,
    ) -> Result<(), Refused> {
        let mut told = Told::new(report);
        if !self.fits(image, base) {
            let code = Code::Memory { size: self.image_size().into(), alignment: self.alignment().into() };
            told.tell(Part::Image, code);
            return Err(Refused);
        }
        let mut site = Site { image, base, resolve, each };
        let done = self.place_and_check(&mut site, &mut told);
        told.finish(done)
    }

    /// Reports all that is wrong, and all that the kernel does not have, where there is no memory for the image.
    ///
    /// # Errors
    /// When something was reported.
    pub fn list_faults(&self, resolve: Resolve<'_>, report: Report<'_>) -> Result<(), Refused> {
        let mut told = Told::new(report);
        let mut site = Site { image: &mut [], base: 0, resolve, each: &mut |_, _, _| () };
        let done = self.place_once(&mut site, &mut told).map(drop);
        told.finish(done)
    }

    /// Verifies relocations, symbols and names.
    pub(crate) fn verify_tables(&self, told: &mut Told<'_>) -> Result<(), S::Error> {
        let anything: Resolve<'_> = &|_| Some(1);
        let mut site = Site { image: &mut [], base: 0, resolve: anything, each: &mut |_, _, _| () };
        self.place_once(&mut site, told).map(drop)
    }

    fn fits(&self, image: &[u8], base: Address) -> bool {
        u32::try_from(image.len()) == Ok(self.image_size()) && base.is_multiple_of(self.alignment().into())
    }

    /// Only when something is wrong, the file is read again to say what: of a file with a wrong checksum nothing else is said.
    fn place_and_check(&self, site: &mut Site<'_>, told: &mut Told<'_>) -> Result<(), S::Error> {
        let mut silent = Told::silent();
        let (found, is_same) = self.place_once(site, &mut silent)?;
        if let Some(claims) = self.module.tables.claims.filter(|claims| claims.checksum != found) {
            told.tell(Part::File, Code::Checksum { found: found.into(), told: claims.checksum.into() });
        } else if silent.is_refused || !is_same {
            self.place_once(site, told)?;
            if !told.is_refused {
                told.tell(Part::File, Code::Changed);
            }
        }
        Ok(())
    }

    /// Reads each byte of a module of `mkmod` once, in the order of the file. The answer is the checksum of what was read, and
    /// whether the file was the same all the time.
    #[inline(never)] // for the sake of the stack
    fn place_once(&self, site: &mut Site<'_>, told: &mut Told<'_>) -> Result<(u32, bool), S::Error> {
        if !self.module.is_sealed() && !site.image.is_empty() {
            self.verify_places(site.image, told)?;
        }
        let mut sums = Sums { head: self.head, ..Sums::default() };
        let (workspace, windows) = self.module.workspace(&self.image);
        let end = workspace.start.saturating_add(workspace.size);
        let behind = Span { start: end, size: self.image.size.saturating_sub(end) };
        self.fill(site.image, Span { start: 0, size: workspace.start }, &mut sums.image)?;
        self.fill(site.image, behind, &mut sums.image)?;
        let (deferred, is_reread) = self.relocate(workspace, windows, site, &mut sums, told)?;
        self.fill(site.image, workspace, &mut sums.image)?;
        if deferred.size > 0 && !told.is_refused {
            self.relocate_deferred(deferred, workspace, site, told)?;
        }
        let is_same = !is_reread || self.module.is_unchanged()?;
        Ok((sums.value(self.module.source().length()), is_same))
    }

    /// Relocates what is not in the workspace, into which the tables are read. The answer is which relocations are left, and
    /// whether something was or will be read twice.
    #[inline(never)] // for the sake of the stack
    fn relocate(
        &self,
        workspace: Span,
        windows: [u32; 3],
        site: &mut Site<'_>,
        sums: &mut Sums,
        told: &mut Told<'_>,
    ) -> Result<(Span, bool), S::Error> {
        let is_dry = site.image.is_empty();
        let (mut image, middle) = halves(site.image, workspace);
        let source = self.module.source();
        let memory = Memory::of(middle, windows);
        let mut walk = self.walk(site.base, site.resolve, memory.symbols, memory.names);
        let mut few = [0; FEW];
        let memory = if memory.relocations.is_empty() { &mut few[..] } else { memory.relocations };
        for table in self.module.tables.relocations {
            let mut window = Window::new(memory, table);
            walk.walk_table(&mut window, table, &mut image, told)?;
            if !is_dry {
                sums.relocations.add_part(window.sum(source)?);
            }
        }
        walk.rest(site.each, told)?;
        if is_dry {
            return Ok((Span::default(), false));
        }
        sums.symbols = walk.symbols.sum()?;
        sums.names = walk.names.sum()?;
        let is_reread = walk.deferred.size > 0 || walk.symbols.is_reread || walk.names.is_reread;
        Ok((walk.deferred, is_reread))
    }

    /// Relocates what is in the workspace.
    #[inline(never)] // for the sake of the stack
    fn relocate_deferred(
        &self,
        table: Span,
        workspace: Span,
        site: &mut Site<'_>,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let (_, middle) = halves(site.image, workspace);
        let mut image = Halves { low: &mut [], high_start: workspace.start, high: middle };
        let mut few = [0; FEW];
        let mut walk = self.walk(site.base, site.resolve, &mut [], &mut []);
        walk.used = u32::MAX; // they were verified before
        walk.walk_table(&mut Window::new(&mut few, table), table, &mut image, told)
    }

    #[inline(never)] // for the sake of the size
    fn walk<'w>(
        &'w self,
        base: Address,
        resolve: Resolve<'w>,
        symbols: &'w mut [u8],
        names: &'w mut [u8],
    ) -> Walk<'w, 'w, S, I> {
        Walk::new(self.module, &self.image, base, resolve, symbols, names)
    }

    /// Fills a part of the image from the file.
    #[inline(never)] // for the sake of the stack
    fn fill(&self, image: &mut [u8], part: Span, sum: &mut Checksum) -> Result<(), S::Error> {
        let end = part.start.saturating_add(part.size);
        let mut at = part.start;
        for index in 0.. {
            let Some(segment) = self.module.segment(index)?.filter(|_| !image.is_empty()) else {
                break;
            };
            let start = segment.address.wrapping_sub(self.image.start);
            let (first, last) = (start.max(at), start.saturating_add(segment.file_size).min(end));
            if !segment.is_loaded() || first >= last {
                continue;
            }
            zero(image, at, first);
            let bytes = bytes_mut(image, first, last);
            self.module.source().read(segment.file_offset.wrapping_add(first.wrapping_sub(start)), bytes)?;
            sum.add(bytes);
            at = last;
        }
        zero(image, at, end);
        Ok(())
    }
}

/// The image without its workspace, and the workspace.
fn halves(image: &mut [u8], workspace: Span) -> (Halves<'_>, &mut [u8]) {
    let [start, size] = [workspace.start, workspace.size].map(|at| usize::try_from(at).unwrap_or_default());
    let (low, rest) = image.split_at_mut_checked(start).unwrap_or_default();
    let (middle, high) = rest.split_at_mut_checked(size).unwrap_or_default();
    (Halves { low, high_start: workspace.start.saturating_add(workspace.size), high }, middle)
}

fn bytes_mut(image: &mut [u8], start: u32, end: u32) -> &mut [u8] {
    match (usize::try_from(start), usize::try_from(end)) {
        (Ok(start), Ok(end)) => image.get_mut(start..end).unwrap_or_default(),
        _ => &mut [],
    }
}

fn zero(image: &mut [u8], start: u32, end: u32) {
    bytes_mut(image, start, end).fill(0);
}
