//! No panic is left when the library is linked.

use core::panic::PanicInfo;

#[expect(unsafe_code, reason = "a declaration of what is nowhere")]
unsafe extern "C" {
    safe fn the_loader_could_panic() -> !;
}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    the_loader_could_panic()
}
