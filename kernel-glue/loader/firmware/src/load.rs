//! A load from its beginning to its end. Everything that is wrong is told before the load is given up.
#![forbid(unsafe_code)]

use crate::bindings::{RTTM_UNSAID, rttm_claims, rttm_loaded, rttm_need};
use crate::kernel::Kernel;
use crate::{load_error, role::Role};
use core::ptr;
use format::{Address, Code, Diagnostic, Name, Subject};

#[cfg(target_arch = "riscv64")]
type Isa = format::Riscv64;
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

    // Of the first look it only matters whether the file is damaged.
    let mut is_damaged = false;
    let verified = module.verify(&mut |diagnostic| is_damaged |= load_error::is_damage(diagnostic));
    let image = if is_damaged { None } else { kernel.allocate(&need(&module)?) };
    let find = |name: &Name| kernel.find(name);
    let (Ok(verified), Some(image)) = (&verified, image) else {
        tell_all(kernel, &module, is_damaged, &find, &mut report);
        return None;
    };
    let copied = verified.copy(image, &mut report).ok()?;
    if !accept(kernel, &module) {
        let _ = module.find_missing(image, &find, &mut report);
        return None;
    }
    let base = image.as_ptr().addr() as Address;
    verified.relocate(&copied, image, base, &find, &mut report).ok()?;
    finish(kernel, verified, image, loaded);
    Some(())
}

/// Tells why a module is refused that was not placed. What is damaged says nothing reliable about what it needs.
#[inline(never)] // for the sake of the stack
fn tell_all(
    kernel: &Kernel<'_>,
    module: &Module<'_>,
    is_damaged: bool,
    find: &dyn Fn(&Name) -> Option<Address>,
    report: &mut dyn FnMut(&Diagnostic),
) {
    if let Some(claims) = &module.tables().claims {
        let (Ok(found), told) = (module.checksum(claims), claims.checksum);
        if found != told {
            report(&Diagnostic::new(Subject::File, Code::Checksum { found: found.into(), told: told.into() }));
            return;
        }
    }
    accept(kernel, module);
    let _ = module.verify(report);
    if !is_damaged {
        let _ = module.find_missing(&mut [], find, report);
    }
}

/// Whether the module is for this kernel.
#[inline(never)] // for the sake of the stack
fn accept(kernel: &Kernel<'_>, module: &Module<'_>) -> bool {
    let mut name = Name::default();
    let claims = module.tables().claims.map(|claims| {
        let Ok(place) = claims.place.target(module.source());
        let has_target = place.is_some_and(|(start, end)| name.read(module.source(), start, end) == Ok(true));
        let target = if has_target { name.as_c_str() } else { ptr::null() };
        let Ok(build_id) = claims.place.build_id(module.source());
        rttm_claims { abi_major: claims.abi_major, abi_minor: claims.abi_minor, build_id, target }
    });
    kernel.accepts(module.header().flags, claims.as_ref())
}

#[inline(never)] // for the sake of the stack
fn need(module: &Module<'_>) -> Option<rttm_need> {
    let (image_bytes, alignment) = module.image()?;
    let mut need = rttm_need { image_bytes, alignment, exports: 0, name_bytes: 0 };
    let (mut index, mut name) = (0, Name::default());
    while let Ok(Some(symbol)) = module.next_symbol(&mut index, &mut name) {
        if Role::of(&symbol, &name) == Role::Export {
            need.exports += 1;
            need.name_bytes += name.as_bytes().len() as u32 + 1;
        }
    }
    Some(need)
}

#[inline(never)] // for the sake of the stack
fn finish(kernel: &Kernel<'_>, verified: &Verified<'_, '_>, image: &[u8], loaded: &mut rttm_loaded) {
    let base = image.as_ptr().addr() as Address;
    *loaded = rttm_loaded {
        entry: verified.entry(base).unwrap_or(0) as usize,
        init: 0,
        cleanup: 0,
        priority: RTTM_UNSAID,
        stack_bytes: RTTM_UNSAID,
    };
    let (mut index, mut name) = (0, Name::default());
    while let Ok(Some(symbol)) = verified.module().next_symbol(&mut index, &mut name) {
        let address = verified.relocated(symbol.value, base);
        match Role::of(&symbol, &name) {
            Role::Init => loaded.init = address as usize,
            Role::Cleanup => loaded.cleanup = address as usize,
            Role::Export => kernel.keep(&name, address),
            Role::Priority => loaded.priority = verified.number(image, symbol.value, 2).unwrap_or(RTTM_UNSAID),
            Role::StackBytes => loaded.stack_bytes = verified.number(image, symbol.value, 4).unwrap_or(RTTM_UNSAID),
            Role::None => {}
        }
    }
}
