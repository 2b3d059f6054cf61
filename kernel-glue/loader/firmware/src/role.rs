//! What a symbol of the module's is for.
#![forbid(unsafe_code)]

use format::{Binding, Name, Span, Symbol, SymbolKind, symbol};

/// What the kernel does with a symbol.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It has the addresses of what is called before all others.
    Constructors,
    /// It has the addresses of what is called last.
    Destructors,
    /// It is called when the module is loaded.
    Init,
    /// It is called when the module is unloaded.
    Cleanup,
    /// It holds the priority of the main thread.
    Priority,
    /// It holds the stack size of the main thread.
    StackBytes,
    /// `dlsym` finds it.
    Export,
    /// Nothing.
    None,
}

impl Role {
    pub fn of(symbol: &Symbol, name: &Name) -> Self {
        if !symbol.is_defined() || symbol.binding != Binding::GLOBAL || name.is_cut() {
            return Self::None;
        }
        let (known, otherwise) = match symbol.kind {
            SymbolKind::FUNCTION => (&FUNCTIONS[..], Self::Export),
            SymbolKind::DATA => (&VARIABLES[..], Self::None),
            _ => return Self::None,
        };
        let found = known.iter().find(|(known, _)| known.as_bytes() == name.as_bytes());
        found.map_or(otherwise, |&(_, role)| role)
    }
}

const FUNCTIONS: [(&str, Role); 2] = [("module_init", Role::Init), ("module_cleanup", Role::Cleanup)];

const VARIABLES: [(&str, Role); 4] = [
    (symbol::CONSTRUCTORS, Role::Constructors),
    (symbol::DESTRUCTORS, Role::Destructors),
    ("dlmodule_thread_priority", Role::Priority),
    ("dlmodule_thread_stacksize", Role::StackBytes),
];

/// What the symbols of a module are for. Addresses are those before relocation.
#[derive(Default)]
pub struct Roles {
    /// How many symbols were looked at.
    pub symbols: u32,
    pub constructors: Span,
    pub destructors: Span,
    pub init: Option<u32>,
    pub cleanup: Option<u32>,
    pub priority: Option<u32>,
    pub stack_bytes: Option<u32>,
    /// How many exports there are.
    pub exports: u32,
    /// The bytes of their names, each with its NUL.
    pub name_bytes: u32,
}

impl Roles {
    /// Adds the next symbol, and says what it is for.
    pub fn add(&mut self, symbol: &Symbol, name: &Name) -> Role {
        self.symbols += 1;
        let value = Some(symbol.value);
        let role = Role::of(symbol, name);
        match role {
            Role::Constructors => self.constructors = Span { start: symbol.value, size: symbol.size },
            Role::Destructors => self.destructors = Span { start: symbol.value, size: symbol.size },
            Role::Init => self.init = value,
            Role::Cleanup => self.cleanup = value,
            Role::Priority => self.priority = value,
            Role::StackBytes => self.stack_bytes = value,
            Role::Export => {
                self.exports += 1;
                self.name_bytes += name.as_bytes().len() as u32 + 1;
            }
            Role::None => {}
        }
        role
    }
}
