//! A load from its beginning to its end. Everything that is wrong is told before the load is given up.
#![forbid(unsafe_code)]

use crate::bindings::{RTTM_UNSAID, rttm_claims, rttm_functions, rttm_loaded, rttm_need};
use crate::kernel::Kernel;
use crate::load_error;
use crate::role::{Role, Roles};
use core::ptr;
use format::{Address, Diagnostic, Name, Span, Symbol, Table};
use loader::{Left, Refused, Tables};

#[cfg(target_arch = "riscv64")]
type Isa = format::Riscv64;
#[cfg(target_arch = "riscv32")]
type Isa = format::Riscv32;
#[cfg(all(target_arch = "arm", not(microcontroller)))]
type Isa = format::CortexA;
#[cfg(all(target_arch = "arm", microcontroller))]
type Isa = format::CortexM;

type Module<'k> = loader::Module<&'k Kernel<'k>, Isa>;
type Verified<'m, 'k> = loader::Verified<'m, &'k Kernel<'k>, Isa>;

/// Fills in `loaded`. `None`: the module is refused.
pub fn load(kernel: &Kernel<'_>, loaded: &mut rttm_loaded) -> Option<()> {
    let mut report = |diagnostic: &Diagnostic| kernel.refuse(&load_error::of(diagnostic));
    let module = Module::open(kernel, &mut report).ok()?;
    let find = |name: &Name| kernel.find(name);

    let is_accepted = accept(kernel, &module);
    let prepared = module.prepare(&mut |_| ());
    let image = match &prepared {
        Ok(prepared) => {
            let (image_bytes, code_bytes) = (prepared.image_size(), prepared.code_size());
            kernel.allocate(&rttm_need { image_bytes, code_bytes, alignment: prepared.alignment() })
        }
        Err(_) => None,
    };
    let (Ok(prepared), Some(image)) = (&prepared, image) else {
        tell_all(&module, &prepared, &find, &mut report);
        return None;
    };
    let base = image.as_ptr().addr() as Address;
    let Tables { constructors, destructors, .. } = *module.tables();
    let mut roles = Roles { constructors, destructors, ..Roles::default() };
    let mut exports = Exports { kernel, room: None, is_complete: true };
    let is_sealed = module.is_sealed();
    let mut each = |symbol: &Symbol, name: &Name, left| {
        if roles.add(symbol, name) == Role::Export && is_sealed {
            exports.keep(name, prepared.relocated(symbol.value, base), left);
        }
    };
    prepared.place_and_list(image, base, &find, &mut each, &mut report).ok()?;
    if !is_sealed && roles.exports > 0 {
        keep_again(prepared, &roles, base, &mut exports);
    }
    if !is_accepted || !exports.is_complete {
        return None;
    }
    let address = |symbol: Option<u32>| symbol.map_or(0, |value| prepared.relocated(value, base)) as usize;
    let functions = |array: Span| rttm_functions {
        first: prepared.relocated(array.start, base) as usize,
        count: array.size / size_of::<usize>() as u32,
    };
    let number = |symbol: Option<u32>, size| symbol.and_then(|value| prepared.number(image, value, size));
    *loaded = rttm_loaded {
        entry: prepared.entry(base).unwrap_or(0) as usize,
        constructors: functions(roles.constructors),
        destructors: functions(roles.destructors),
        init: address(roles.init),
        cleanup: address(roles.cleanup),
        priority: number(roles.priority, 2).unwrap_or(RTTM_UNSAID),
        stack_bytes: number(roles.stack_bytes, 4).unwrap_or(RTTM_UNSAID),
    };
    Some(())
}

/// Tells why a module is refused that was not placed. What is damaged says nothing reliable about what it needs.
#[inline(never)] // for the sake of the stack
fn tell_all(
    module: &Module<'_>,
    prepared: &Result<Verified<'_, '_>, Refused>,
    find: &dyn Fn(&Name) -> Option<Address>,
    report: &mut dyn FnMut(&Diagnostic),
) {
    let Ok(prepared) = prepared else {
        let _ = module.prepare(report);
        return;
    };
    let anything: &dyn Fn(&Name) -> Option<Address> = &|_| Some(1);
    let mut is_damaged = false;
    let _ = prepared.list_faults(anything, &mut |diagnostic| is_damaged |= load_error::is_damage(diagnostic));
    let _ = prepared.list_faults(if is_damaged { anything } else { find }, report);
}

/// Whether the module is for this kernel. If not, the kernel says so when the load has failed.
#[inline(never)] // for the sake of the stack
fn accept(kernel: &Kernel<'_>, module: &Module<'_>) -> bool {
    let mut name = Name::default();
    let claims = module.tables().claims.map(|claims| {
        let Ok(place) = claims.place.target(module.source());
        let has_target = place.is_some_and(|(start, end)| name.read(module.source(), start, end) == Ok(true));
        let target = if has_target { name.as_c_str() } else { ptr::null() };
        let is_in_memheap = claims.is_in_memheap && has_target && !name.is_cut();
        let Ok(build_id) = claims.place.build_id(module.source());
        rttm_claims {
            abi_major: claims.abi_major,
            abi_minor: claims.abi_minor,
            largest_frame: claims.largest_frame,
            stack_is_proven: claims.stack_is_proven.into(),
            timers_need_threads: claims.timers_need_threads.into(),
            is_in_memheap: is_in_memheap.into(),
            build_id,
            target,
        }
    });
    kernel.accepts(module.header().flags, claims.as_ref())
}

/// What the module exports, which the kernel keeps for `dlsym`.
struct Exports<'k> {
    kernel: &'k Kernel<'k>,
    /// What there is room for. `None` before the first export.
    room: Option<Left>,
    /// Whether there was room for all of them.
    is_complete: bool,
}

impl Exports<'_> {
    /// Keeps one. Before the first one, makes room for as much as is left.
    #[inline(never)] // for the sake of the size
    fn keep(&mut self, name: &Name, address: Address, left: Left) {
        let Left { symbols, name_bytes } = *self.room.get_or_insert_with(|| {
            self.is_complete = self.kernel.allocate_exports(left.symbols, left.name_bytes).is_some();
            if self.is_complete { left } else { Left::default() }
        });
        let room = symbols.checked_sub(1).zip(name_bytes.checked_sub(name.bytes_with_nul()));
        match room {
            Some((symbols, name_bytes)) => {
                self.room = Some(Left { symbols, name_bytes });
                self.kernel.keep(name, address);
            }
            None => self.is_complete = false,
        }
    }
}

/// Keeps what a module of another linker exports, whose names may overlap: their number and size were found first.
#[inline(never)] // for the sake of the stack
fn keep_again(verified: &Verified<'_, '_>, roles: &Roles, base: Address, exports: &mut Exports<'_>) {
    let module = verified.module();
    let (mut index, mut name) = (Table::count(&module.symbols()) - roles.symbols, Name::default());
    while let Ok(Some(symbol)) = module.next_symbol(&mut index, &mut name) {
        if Role::of(&symbol, &name) == Role::Export {
            let left = Left { symbols: roles.exports, name_bytes: roles.name_bytes };
            exports.keep(&name, verified.relocated(symbol.value, base), left);
        }
    }
}
