//! The walk over the relocations: each is verified and, where there is an image, applied.

use crate::{
    Module,
    image::Extent,
    imports::Resolve,
    module::name_in,
    report::{Part, Told},
    tables::last_byte,
    window::{Through, Window},
};
use format::{
    Addend, Address, Bytes, Class, Code, Detail, Diagnostic, Isa, Layout, Operation, Relocation, Source, Span, Subject,
    Symbol, Table, class::size, fields::Fields,
};

/// The bytes of relocations that are read at a time where there is no workspace.
pub(crate) const FEW: usize = 48;

/// The largest distance of an address from a symbol of the kernel's that it is based on. More is no address but code, say.
const ADDEND_MAX: Address = 16 << 20;

/// The image, of which a part in the middle may be in use for something else.
#[derive(Default)]
pub(crate) struct Halves<'i> {
    pub low: &'i mut [u8],
    /// How far the second half is from the start of the image.
    pub high_start: u32,
    pub high: &'i mut [u8],
}

impl Halves<'_> {
    /// The word that is `distance` bytes from the start of the image, a multiple of a word. `None` if it is in neither half.
    #[inline(always)]
    fn word<C: Class>(&mut self, distance: u32) -> Option<&mut C::Word> {
        let number = |distance: u32| usize::try_from(distance.checked_div(C::WORD)?).ok();
        match C::Word::all_in_mut(self.low).get_mut(number(distance)?) {
            Some(word) => Some(word),
            None => C::Word::all_in_mut(self.high).get_mut(number(distance.wrapping_sub(self.high_start))?),
        }
    }
}

/// The symbol of the last relocation that had one.
#[derive(Clone, Copy, Default)]
struct Last {
    index: u32,
    symbol: Option<Symbol>,
    /// Where it is. `None`: the kernel does not have it.
    address: Option<Address>,
}

/// A walk over the relocations of a module.
pub(crate) struct Walk<'a, 'w, S, I> {
    pub module: &'a Module<S, I>,
    pub extent: &'a Extent,
    /// What is added to an address before relocation.
    shift: Address,
    pub resolve: Resolve<'a>,
    pub symbols: Through<'a, 'w, S>,
    pub names: Through<'a, 'w, S>,
    /// The distance that the next place must have at least, in a module of `mkmod`.
    next: u32,
    /// What of that counts: nothing in another module.
    order: u32,
    last: Last,
    /// How many imports of a module of `mkmod` were used.
    pub used: u32,
    /// The part of the table with the relocations that could not be applied yet.
    pub deferred: Span,
}

impl<'a, 'w, S: Source, I: Isa> Walk<'a, 'w, S, I> {
    /// A walk over `module`, whose symbols and names are read through these pieces of memory.
    pub fn new(
        module: &'a Module<S, I>,
        extent: &'a Extent,
        base: Address,
        resolve: Resolve<'a>,
        symbols: &'w mut [u8],
        names: &'w mut [u8],
    ) -> Self {
        Self {
            module,
            extent,
            resolve,
            symbols: Through::new(module.source(), symbols, module.tables.symbols),
            names: Through::new(module.source(), names, module.tables.names),
            shift: base.wrapping_sub(extent.start.into()),
            next: 0,
            order: if module.is_sealed() { u32::MAX } else { 0 },
            last: Last::default(),
            used: 0,
            deferred: Span::default(),
        }
    }

    /// Walks over the relocations in `table`, which are read through `window`.
    #[inline(never)] // for the sake of the stack
    pub fn walk_table(
        &mut self,
        window: &mut Window<'_>,
        table: Span,
        image: &mut Halves<'_>,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let size = u32::from(size::<I::Class, Relocation<I::Addend>>());
        let record = usize::try_from(size).unwrap_or_default();
        let end =
            table.start.saturating_add(table.size.saturating_sub(table.size.checked_rem(size).unwrap_or_default()));
        let mut offset = table.start;
        while offset < end {
            let Some(bytes) = window.from(self.module.source(), offset, record)? else {
                break;
            };
            for record in <I::Class as Layout<Relocation<I::Addend>>>::Bytes::all_in(bytes) {
                if !self.add_base(record.as_ref(), image) {
                    self.other(record.as_ref(), offset, image, told)?;
                }
                offset = offset.wrapping_add(size);
            }
        }
        Ok(())
    }

    /// The relocation that is the most frequent by far: the address of the image is added. `false`: it is another one, or
    /// something is wrong.
    #[inline(always)]
    fn add_base(&mut self, record: &[u8], image: &mut Halves<'_>) -> bool {
        let relocation = <I::Class as Layout<Relocation<I::Addend>>>::parse(Fields::new(record));
        let distance = relocation.place.wrapping_sub(self.extent.start);
        let Some(word) = image.word::<I::Class>(distance) else {
            return false;
        };
        let before = I::Class::word(word.as_ref());
        let addend = relocation.addend.of(before);
        if !I::is_relative(record)
            || distance < self.next
            || !relocation.place.is_multiple_of(I::Class::WORD)
            || !relocation.addend.agrees_with(before)
            || !self.is_in_image(addend)
        {
            return false;
        }
        I::Class::change(word.as_mut(), |_| addend.wrapping_add(self.shift));
        self.go_on(distance);
        true
    }

    /// The place of the next relocation is behind this one, in a module of `mkmod`.
    #[inline(always)]
    fn go_on(&mut self, distance: u32) {
        self.next = distance.wrapping_add(I::Class::WORD) & self.order;
    }

    /// Leaves the relocation at `offset` for later.
    fn defer(&mut self, offset: u32) {
        if self.deferred.size == 0 {
            self.deferred.start = offset;
        }
        let end = offset.wrapping_add(size::<I::Class, Relocation<I::Addend>>().into());
        self.deferred.size = end.wrapping_sub(self.deferred.start);
    }

    /// Any relocation.
    #[inline(never)] // for the sake of the stack
    fn other(
        &mut self,
        record: &[u8],
        offset: u32,
        image: &mut Halves<'_>,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let relocation = &<I::Class as Layout<Relocation<I::Addend>>>::parse(Fields::new(record));
        let operation = I::operation(relocation.kind);
        if operation == Some(Operation::Nothing) {
            return Ok(());
        }
        let is_in_order = self.look_up(relocation.symbol, told)?;
        let symbol = self.last.symbol;
        let distance = relocation.place.wrapping_sub(self.extent.start);
        let fault = fault::<I>(operation, relocation, symbol.as_ref(), self.extent)
            .or_else(|| self.order_fault(distance, is_in_order));
        if let Some(code) = fault {
            return self.module.tell_relocation(relocation, symbol.as_ref(), code, told);
        }
        self.go_on(distance);
        let (Some(operation), Some(address)) = (operation, self.last.address) else {
            return Ok(());
        };
        match image.word::<I::Class>(distance) {
            None => self.defer(offset),
            Some(word) => {
                if !self.apply(relocation, operation, address, word.as_mut()) {
                    self.module.tell_relocation(relocation, None, Code::NotAnAddress, told)?;
                }
            }
        }
        Ok(())
    }

    /// Makes the symbol at `index` the last one, and reports what is wrong with it, once. `false`: in a module of `mkmod`, another
    /// one was to be used first.
    fn look_up(&mut self, index: u32, told: &mut Told<'_>) -> Result<bool, S::Error> {
        if index == 0 {
            self.last = Last { address: Some(self.module_address(0)), ..Last::default() };
            return Ok(true);
        }
        if index == self.last.index {
            return Ok(true);
        }
        let is_sealed = self.module.is_sealed();
        let is_first_use = is_sealed && index > self.used;
        if is_first_use {
            self.used = self.used.wrapping_add(1);
        }
        self.last = Last { index, symbol: self.symbol(index)?, address: None };
        let Some(symbol) = self.last.symbol else {
            return Ok(true);
        };
        if is_first_use {
            self.module.tell_symbol_fault(index, &symbol, self.extent, told)?;
        }
        self.last.address = match symbol.is_import() {
            true => self.import_address(&symbol)?,
            false => Some(self.module_address(symbol.value)),
        };
        if self.last.address.is_none() && (is_first_use || !is_sealed) {
            self.module.tell_symbol(index, &symbol, Code::Missing, told)?;
        }
        Ok(!is_first_use || index == self.used && symbol.is_import())
    }

    /// The symbol at `index`, or `None` past the last one.
    fn symbol(&mut self, index: u32) -> Result<Option<Symbol>, S::Error> {
        let symbols = self.module.symbols();
        if let Some(offset) = symbols.offset(index)
            && let Some(bytes) = self.symbols.get(offset, size::<I::Class, Symbol>().into())?
        {
            return Ok(Some(<I::Class as Layout<Symbol>>::parse(Fields::new(bytes))));
        }
        symbols.get(index)
    }

    /// Reads the name of a symbol. `false`: it has none.
    #[inline(never)] // for the sake of the size
    pub fn name(&mut self, symbol: &Symbol, name: &mut format::Name) -> Result<bool, S::Error> {
        let Some((start, end)) = name_in(self.module.tables.names, symbol.name) else {
            return Ok(false);
        };
        match self.names.get(start, format::Name::room(start, end))? {
            Some(bytes) => Ok(name.copy(bytes)),
            None => name.read(self.module.source(), start, end),
        }
    }

    fn module_address(&self, address: u32) -> Address {
        self.shift.wrapping_add(address.into())
    }

    /// In a module of `mkmod`, places are in their order, and symbols, which are imports, in that of their first use: so no
    /// word is changed twice, and each table is read once.
    fn order_fault(&self, distance: u32, is_in_order: bool) -> Option<Code> {
        if distance < self.next && distance.wrapping_add(I::Class::WORD) == self.next {
            Some(Code::PlaceTwice)
        } else {
            (distance < self.next || !is_in_order).then_some(Code::OutOfOrder)
        }
    }

    /// `false`: the word can't be an address.
    fn apply(
        &self,
        relocation: &Relocation<I::Addend>,
        operation: Operation,
        address: Address,
        word: &mut [u8],
    ) -> bool {
        let before = I::Class::word(word);
        let sum = address.wrapping_add(relocation.addend.of(before));
        let value = match operation {
            Operation::Symbol => address,
            Operation::SymbolFromPlace => sum.wrapping_sub(self.module_address(relocation.place)),
            _ => sum,
        };
        I::Class::change(word, |_| value);
        self.is_address(operation, before, relocation.addend)
    }

    /// Whether the word at the place of a relocation can be what it takes it for. What is left of a branch or of a thunk is not.
    fn is_address(&self, operation: Operation, word: Address, addend: I::Addend) -> bool {
        let distance = addend.of(word);
        match operation {
            Operation::Nothing => true,
            Operation::BasePlusAddend => addend.agrees_with(word) && self.is_in_image(distance),
            Operation::Symbol => word == 0 || self.is_in_image(word),
            Operation::SymbolPlusAddend | Operation::SymbolFromPlace => {
                addend.agrees_with(word) && I::Class::magnitude(distance) <= ADDEND_MAX
            }
        }
    }

    /// Whether an address before relocation is one of the image, or its end.
    #[inline(always)]
    fn is_in_image(&self, address: Address) -> bool {
        u32::try_from(address).is_ok_and(|address| address.wrapping_sub(self.extent.start) <= self.extent.size)
    }

    /// Whether the last of the names does not end.
    fn is_unterminated(&mut self) -> Result<bool, S::Error> {
        let mut last = [1];
        let Some(at) = last_byte(self.module.tables.names) else {
            return Ok(true);
        };
        match self.names.get(at, 1)? {
            Some(bytes) => Ok(bytes != [0]),
            None => self.module.source().read(at, &mut last).map(|()| last != [0]),
        }
    }

    /// The symbols that no relocation uses: in a module of `mkmod` its exports. Each is verified and handed out with its name.
    #[inline(never)] // for the sake of the stack
    pub fn rest(&mut self, each: EachSymbol<'_>, told: &mut Told<'_>) -> Result<(), S::Error> {
        let mut index = if self.module.is_sealed() { self.used.wrapping_add(1) } else { 0 };
        let mut name = format::Name::default();
        // Where the name of the next symbol begins at the earliest, in a module of `mkmod`.
        let mut next_name = 0;
        while let Some(symbol) = self.symbol(index)? {
            let is_sealed = self.module.is_sealed();
            if is_sealed && (symbol.is_import() || symbol.name < next_name) {
                let code = if symbol.is_import() { Code::Unused } else { Code::OutOfOrder };
                self.module.tell_symbol(index, &symbol, code, told)?;
            }
            self.module.tell_symbol_fault(index, &symbol, self.extent, told)?;
            if self.name(&symbol, &mut name)? {
                next_name = symbol.name.saturating_add(name.bytes_with_nul());
                let symbols = Table::count(&self.module.symbols()).saturating_sub(index);
                let name_bytes = self.module.tables.names.size.saturating_sub(symbol.name);
                each(&symbol, &name, Left { symbols, name_bytes });
            }
            index = index.wrapping_add(1);
        }
        if self.module.is_sealed() && self.is_unterminated()? {
            told.tell(Part::Section(2), Code::Unterminated);
        }
        Ok(())
    }
}

/// What is done with each symbol that has a name, and how much may follow.
pub type EachSymbol<'e> = &'e mut dyn FnMut(&Symbol, &format::Name, Left);

/// How much is left of the tables of a module of `mkmod` from a symbol on: room for as much holds all that follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Symbols, this one among them.
    pub symbols: u32,
    /// Bytes of names, each with its NUL.
    pub name_bytes: u32,
}

impl<S: Source, I: Isa> Module<S, I> {
    #[inline(never)] // for the sake of the stack
    pub(crate) fn tell_relocation(
        &self,
        relocation: &Relocation<I::Addend>,
        symbol: Option<&Symbol>,
        code: Code,
        told: &mut Told<'_>,
    ) -> Result<(), S::Error> {
        let Relocation { place, kind, .. } = *relocation;
        let name = |symbol| self.symbol_name(symbol).map(Option::unwrap_or_default).map(Some);
        let symbol = Detail::find(|| symbol.map_or(Ok(None), name))?;
        told.pass_on(&Diagnostic::new(Subject::Relocation { place, kind, symbol }, code));
        Ok(())
    }
}

fn fault<I: Isa>(
    operation: Option<Operation>,
    relocation: &Relocation<I::Addend>,
    symbol: Option<&Symbol>,
    image: &Extent,
) -> Option<Code> {
    let Some(operation) = operation else {
        return Some(Code::Unsupported);
    };
    match (operation, symbol) {
        _ if !image.holds_word::<I>(relocation.place) => Some(Code::PlaceOutsideImage),
        _ if !relocation.place.is_multiple_of(I::Class::WORD) => Some(Code::PlaceUnaligned),
        (_, None) if relocation.symbol != 0 => Some(Code::NoSuchSymbol),
        (Operation::BasePlusAddend, Some(_)) => Some(Code::HasSymbol),
        (Operation::BasePlusAddend, None) => None,
        (_, None) => Some(Code::NeedsSymbol),
        (_, Some(symbol)) if symbol.is_import() => None,
        (_, Some(symbol)) if !symbol.is_defined() => Some(Code::SymbolNowhere),
        (_, Some(symbol)) if image.offset(symbol.value, 0).is_none() => Some(Code::SymbolOutsideImage),
        _ => None,
    }
}
