//! A load from its beginning to its end. Whatever speaks against it is told before it is given up.
#![forbid(unsafe_code)]

use crate::bindings::{RTTM_UNSAID, rttm_claims, rttm_loaded, rttm_need};
use crate::kernel::Kernel;
use crate::{reason, role::Role};
use core::{cell::Cell, ptr};
use loader::{Address, Name, Problem, note::Claims};

#[cfg(target_arch = "riscv64")]
type Isa = loader::Riscv64;
#[cfg(all(target_arch = "arm", not(microcontroller)))]
type Isa = loader::CortexA;
#[cfg(all(target_arch = "arm", microcontroller))]
type Isa = loader::CortexM;

type Module<'k> = loader::Module<&'k Kernel<'k>, Isa>;
type Verified<'k> = loader::Verified<'k, &'k Kernel<'k>, Isa>;

/// Fills in `loaded`. `None`: the module is refused.
pub fn load(kernel: &Kernel<'_>, loaded: &mut rttm_loaded) -> Option<()> {
    let module = Module::read(kernel).map_err(|error| kernel.refuse(&reason::of_header(error))).ok()?;
    let is_accepted = accept(kernel, &module)?;

    let is_damaged = Cell::new(false);
    let mut report = |problem: &Problem| {
        is_damaged.set(is_damaged.get() | reason::is_damage(problem));
        kernel.refuse(&reason::of(problem));
    };
    let verified = module.verify(&mut report).ok();
    if is_damaged.get() {
        return None;
    }

    let find = |name: &Name| kernel.find(name);
    let image = kernel.allocate(&need(&module)?);
    let (Some(verified), Some(image), true) = (verified, image, is_accepted) else {
        let _ = module.find_missing(&find, &mut report);
        return None;
    };
    let base = image.as_ptr().addr() as Address;
    verified.place(image, base, &find, &mut report).ok()?;
    finish(kernel, &verified, image, loaded);
    Some(())
}

/// Whether the module is for this kernel. `None`: it is not what it was when its note was written, and nothing of it says
/// any more what it should be.
#[inline(never)] // for the sake of the stack
fn accept(kernel: &Kernel<'_>, module: &Module<'_>) -> Option<bool> {
    match module.claims() {
        Ok(None) => Some(kernel.accepts(module.header().flags, None)),
        Ok(Some(claims)) if module.checksum(claims.place) == Ok(claims.checksum) => {
            Some(accept_note(kernel, module, &claims))
        }
        Ok(Some(_)) => {
            kernel.refuse(&reason::checksum());
            None
        }
        Err(error) => {
            kernel.refuse(&reason::of_note(error));
            None
        }
    }
}

#[inline(never)] // for the sake of the stack
fn accept_note(kernel: &Kernel<'_>, module: &Module<'_>, claims: &Claims) -> bool {
    let mut name = Name::default();
    let Ok(has_target) = module.target(claims.place, &mut name);
    let target = if has_target { name.as_c_str() } else { ptr::null() };
    let claims = rttm_claims { abi_major: claims.abi_major, abi_minor: claims.abi_minor, target };
    kernel.accepts(module.header().flags, Some(&claims))
}

#[inline(never)] // for the sake of the stack
fn need(module: &Module<'_>) -> Option<rttm_need> {
    let (image_bytes, alignment) = module.image()?;
    let mut need = rttm_need { image_bytes, alignment, exports: 0, name_bytes: 0 };
    let Ok(()) = module.each_dynamic_symbol(&mut |symbol, name| {
        if Role::of(symbol, name) == Role::Export {
            need.exports += 1;
            need.name_bytes += name.as_bytes().len() as u32 + 1;
        }
    });
    Some(need)
}

#[inline(never)] // for the sake of the stack
fn finish(kernel: &Kernel<'_>, verified: &Verified<'_>, image: &[u8], loaded: &mut rttm_loaded) {
    let base = image.as_ptr().addr() as Address;
    *loaded = rttm_loaded {
        entry: verified.entry(base).unwrap_or(0) as usize,
        init: 0,
        cleanup: 0,
        priority: RTTM_UNSAID,
        stack_bytes: RTTM_UNSAID,
    };
    let Ok(()) = verified.module().each_dynamic_symbol(&mut |symbol, name| {
        let address = verified.relocated(symbol.value, base);
        match Role::of(symbol, name) {
            Role::Init => loaded.init = address as usize,
            Role::Cleanup => loaded.cleanup = address as usize,
            Role::Export => kernel.keep(name, address),
            Role::Priority => loaded.priority = verified.number(image, symbol.value, 2).unwrap_or(RTTM_UNSAID),
            Role::StackBytes => loaded.stack_bytes = verified.number(image, symbol.value, 4).unwrap_or(RTTM_UNSAID),
            Role::None => {}
        }
    });
}
