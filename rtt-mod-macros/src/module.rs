//! What every module has: its first call, its heap and its note.

use std::{env, path::Path};

use proc_macro2::TokenStream;
use quote::quote;

use crate::options::Heap;

/// A module that asks of the kernel what the expression `app` says, with its heap and the items in `others`.
pub fn parts(app: &TokenStream, heap: Heap, others: &TokenStream) -> TokenStream {
    let [name, version, description] = package();
    let (arena_bytes, heap) = heap_parts(heap);
    let manifest = manifest();
    quote! {
        #manifest

        #[cfg(target_os = "none")]
        #[allow(unsafe_code)]
        const _: () = {
            use ::rtt_mod::__private as rtt;

            static APP: rtt::App = #app;

            #[unsafe(no_mangle)]
            extern "C" fn module_init(module: *mut rtt::rt_dlmodule) {
                // SAFETY: the loader calls this function, once, with the module that it loads.
                unsafe { rtt::init(module, &APP) }
            }

            #others

            #heap

            #[unsafe(no_mangle)]
            fn __rtt_mod_heap_figures() -> rtt::Figures {
                HEAP.figures()
            }

            #[used]
            #[unsafe(link_section = ".rtt_mod.note")]
            static NOTE: [u8; rtt::note_bytes(#name, #version, #description)] =
                rtt::note(&APP, #arena_bytes, #name, #version, #description);
        };
    }
}

/// The bytes of the arena, and the global allocator. The linker knows by the arena's name whether it is in use.
fn heap_parts(heap: Heap) -> (u32, TokenStream) {
    match heap {
        Heap::Arena(bytes) => {
            let arena = quote! {
                #[global_allocator]
                #[unsafe(export_name = "__rtt_mod_arena")]
                static HEAP: rtt::Heap<{ #bytes as usize }> = rtt::Heap::new();
            };
            (bytes, arena)
        }
        Heap::Kernel => {
            let allocator = quote! {
                #[global_allocator]
                static HEAP: rtt::KernelHeap = rtt::KernelHeap;
            };
            (0, allocator)
        }
    }
}

/// Makes the module depend on its `Cargo.toml`: the linker reads `[package.metadata.mkmod]`, for which alone cargo would
/// not link again.
fn manifest() -> Option<TokenStream> {
    let path = Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    let path = path.to_str().filter(|_| path.is_file())?;
    Some(quote! {
        #[cfg(target_os = "none")]
        const _: &[u8] = ::core::include_bytes!(#path);
    })
}

/// Name, version and description of what is being compiled, as cargo tells.
fn package() -> [String; 3] {
    let of_cargo = |key: &str| env::var(key).ok();
    let name =
        of_cargo("CARGO_BIN_NAME").or_else(|| of_cargo("CARGO_CRATE_NAME")).or_else(|| of_cargo("CARGO_PKG_NAME"));
    [name, of_cargo("CARGO_PKG_VERSION"), of_cargo("CARGO_PKG_DESCRIPTION")].map(Option::unwrap_or_default)
}
