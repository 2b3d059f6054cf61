//! The parts of every module: its registration with the kernel, its heap and its note.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{Error, ItemFn, Result};

use crate::{
    about::About,
    entries,
    level::Level,
    options::{Heap, Panic, Stack},
};

/// The expansion of the attribute `name` on the entry of a module, or the error.
pub fn begin_with(
    name: &str,
    function: TokenStream,
    expand: impl FnOnce(&ItemFn) -> Result<TokenStream>,
) -> TokenStream {
    if let Err(error) = entries::refuse_another(&format!("`#[rtt_mod::{name}]`"), Span::call_site()) {
        return error.into_compile_error();
    }
    let function = match syn::parse2::<ItemFn>(function) {
        Ok(function) => function,
        Err(error) => {
            let message = format!("`#[rtt_mod::{name}]` can only be used on `fn {name}`");
            return Error::new(error.span(), message).into_compile_error();
        }
    };
    expand(&function).unwrap_or_else(|error| {
        let error = error.into_compile_error();
        // With a `main`, the compiler does not report a second error.
        quote! {
            #error
            #[cfg(not(target_os = "none"))]
            fn main() {}
        }
    })
}

/// The properties of a module.
pub struct Module<'a> {
    /// An expression for the `App`, without what is in `about`.
    pub app: TokenStream,
    /// The stack of its main thread, which is in `app` too.
    pub stack: Stack,
    /// The heap of the module.
    pub heap: Heap,
    /// What a panic prints.
    pub panic: Panic,
    /// Its name and description, and when it starts.
    pub about: &'a About,
    /// When the kernel's initialization loads it, if it is built in.
    pub level: Option<Level>,
    /// The C function that is called once the module is loaded.
    pub init: Option<TokenStream>,
    /// More items.
    pub items: TokenStream,
}

impl Module<'_> {
    /// The items that make a module of a crate.
    pub fn parts(&self) -> TokenStream {
        let items = &self.items;
        let [name, version, description] = self.texts();
        let (arena_bytes, heap) = heap_parts(self.heap);
        let prints_messages = self.panic == Panic::Message;
        let manifest = manifest();
        let (app_type, app, short_app) = self.app();
        let note = quote!(rtt::note(#short_app, #arena_bytes, #name, #version, #description));
        let note = match self.stack {
            Stack::Automatic => quote!(rtt::with_automatic_stack(#note)),
            Stack::Bytes(_) | Stack::Nothing => note,
        };
        let note = match self.level {
            Some(Level { number }) => quote!(rtt::at_init_level(#note, #number)),
            None => note,
        };
        quote! {
            #manifest

            // The compiler names it when a crate has two entries.
            #[cfg(target_os = "none")]
            #[doc(hidden)]
            #[allow(dead_code)]
            const A_MODULE_HAS_ONE_ENTRY: () = ();

            // A module of tests has the entry of the crate `rtt-mod-test`.
            #[cfg(all(target_os = "none", not(test)))]
            #[allow(unsafe_code)]
            const _: () = {
                use ::rtt_mod::__private as rtt;

                static APP: #app_type = #app;

                #[unsafe(no_mangle)]
                extern "C" fn module_init(module: *mut rtt::rt_dlmodule) {
                    // SAFETY: the loader calls this function, once, with the module that it loads.
                    unsafe { rtt::init(module, &APP) }
                }

                #items

                #heap

                // The compiler names it when two modules of a crate have an entry. It is the first of the names that are there twice.
                #[unsafe(export_name = "#[rtt_mod::main], init or library!, of which a program has one,")]
                static ENTRY: () = ();

                #[unsafe(no_mangle)]
                unsafe fn __rtt_mod_allocate(layout: ::core::alloc::Layout) -> *mut u8 {
                    // SAFETY: the caller keeps the promises of `GlobalAlloc`.
                    unsafe { ::core::alloc::GlobalAlloc::alloc(&HEAP, layout) }
                }

                #[unsafe(no_mangle)]
                unsafe fn __rtt_mod_free(block: *mut u8, layout: ::core::alloc::Layout) {
                    // SAFETY: the caller keeps the promises of `GlobalAlloc`.
                    unsafe { ::core::alloc::GlobalAlloc::dealloc(&HEAP, block, layout) }
                }

                #[unsafe(no_mangle)]
                fn __rtt_mod_heap_statistics() -> rtt::Statistics {
                    HEAP.statistics()
                }

                #[unsafe(no_mangle)]
                fn __rtt_mod_panic_prints_messages() -> bool {
                    #prints_messages
                }

                #[used]
                #[unsafe(link_section = ".rtt_mod.note")]
                static NOTE: [u8; rtt::note_bytes(#name, #version, #description)] =
                    #note;
            };
        }
    }

    /// Type and value of the static `APP`, and its part that every module has. Modules without description and `init`
    /// have the short form, which is smaller.
    fn app(&self) -> (TokenStream, TokenStream, TokenStream) {
        let Module { app, about, .. } = self;
        let at_boot = about.runs_at_boot.then(|| quote!(.started_at_boot()));
        let command = about.is_command.then(|| quote!(.installed_as_command()));
        let app = quote!(#app #at_boot #command);
        if about.description.is_none() && self.init.is_none() {
            return (quote!(rtt::App), app, quote!(&APP));
        }
        let description = about.description.as_deref().unwrap_or_default();
        let init = match &self.init {
            Some(init) => quote!(::core::option::Option::Some(#init)),
            None => quote!(::core::option::Option::None),
        };
        (quote!(rtt::LongApp), quote!(rtt::LongApp::new(#app, #description, #init)), quote!(&APP.app))
    }

    /// Name, version and description: those of the attribute, otherwise those of the crate.
    fn texts(&self) -> [String; 3] {
        let of_cargo = |key: &str| env::var(key).ok();
        let name =
            of_cargo("CARGO_BIN_NAME").or_else(|| of_cargo("CARGO_CRATE_NAME")).or_else(|| of_cargo("CARGO_PKG_NAME"));
        let name = self.about.name.clone().or(name);
        let description = self.about.description.clone().or_else(|| of_cargo("CARGO_PKG_DESCRIPTION"));
        [name, of_cargo("CARGO_PKG_VERSION"), description].map(Option::unwrap_or_default)
    }
}

/// The size of the arena, and the heap. The linker finds the arena by its name, to tell whether it is used.
fn heap_parts(heap: Heap) -> (u32, TokenStream) {
    match heap {
        Heap::Arena(bytes) => {
            let arena = quote! {
                #[unsafe(export_name = "__rtt_mod_arena")]
                static HEAP: rtt::Heap<{ #bytes as usize }> = rtt::Heap::new();
            };
            (bytes, arena)
        }
        Heap::Kernel => {
            let allocator = quote! {
                static HEAP: rtt::KernelHeap = rtt::KernelHeap;
            };
            (0, allocator)
        }
    }
}

/// The number that the kernel gets for `returned`. `report` makes it of most types. As a pointer, it is checked only once.
pub fn code(returned: &TokenStream, report: &TokenStream) -> TokenStream {
    quote! {{
        #[allow(unused_imports)]
        use ::rtt_mod::__private::ReturnedOther as _;
        let report: fn(_) -> i32 = #report;
        ::rtt_mod::__private::Returned(#returned).code(report)
    }}
}

/// The `main` of a program for a PC, which runs `items`.
///
/// With `#![no_main]`, it is called by its C name, by the `main` of `rtt-mod-host`. Only programs have that name: other
/// crates may have several entries, as examples in documentation do.
pub fn on_the_host(items: &TokenStream) -> TokenStream {
    let by_name = env::var_os("CARGO_BIN_NAME").map(|_| {
        quote! {
            #[cfg(not(target_os = "none"))]
            #[allow(unsafe_code)]
            const _: () = {
                #[unsafe(no_mangle)]
                extern "C" fn rtt_mod_host_main() {
                    #[cfg(test)]
                    ::rtt_mod::__private::host::tests_need_a_main();
                    #[cfg(not(test))]
                    main()
                }
            };
        }
    });
    let without_test_crate = without_test_crate();
    quote! {
        #[cfg(not(target_os = "none"))]
        #[allow(dead_code)]
        fn main() {
            #items
        }
        #by_name
        #without_test_crate
    }
}

/// rustc says only that a crate `test` is missing. What is done about it is said where no manifest may name one.
fn without_test_crate() -> Option<TokenStream> {
    let text = fs::read_to_string(manifest_path()?).ok()?;
    let may_name_it = ["rtt-mod-test", "test =", "test=", "test."].iter().any(|name| text.contains(name));
    (!may_name_it).then(|| {
        quote! {
            #[cfg(all(test, target_os = "none"))]
            ::core::compile_error!(
                "tests on the board need the crate rtt-mod-test: add `test = { package = \"rtt-mod-test\", version = \"0.1\" }` to \
                 `[target.'cfg(target_os = \"none\")'.dev-dependencies]`, or run the tests on the PC, with \
                 `cargo test --target host-tuple`"
            );
        }
    })
}

/// Makes the module depend on its `Cargo.toml`. The linker reads `[package.metadata.mkmod]`, and cargo would not link
/// again when only that has changed.
fn manifest() -> Option<TokenStream> {
    let path = manifest_path()?;
    let path = path.to_str()?;
    Some(quote! {
        #[cfg(target_os = "none")]
        const _: &[u8] = ::core::include_bytes!(#path);
    })
}

fn manifest_path() -> Option<PathBuf> {
    let path = Path::new(&env::var_os("CARGO_MANIFEST_DIR")?).join("Cargo.toml");
    path.is_file().then_some(path)
}
