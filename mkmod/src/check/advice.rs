//! What to do about a name that the kernel does not export, by what the name is.

/// Beginnings of the names of compilers' helpers.
const COMPILER: [&str; 13] = [
    "__adddf3",
    "__addsf3",
    "__aeabi_",
    "__clz",
    "__ctz",
    "__div",
    "__fix",
    "__float",
    "__gnu_thumb1_case_",
    "__mod",
    "__mul",
    "__popcount",
    "__udiv",
];

/// The functions of the C mathematics library. Each has a second form for `float`, with an `f` at its end.
const MATHEMATICS: [&str; 36] = [
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "copysign", "cos", "cosh", "exp",
    "exp2", "fabs", "floor", "fma", "fmax", "fmin", "fmod", "frexp", "hypot", "ldexp", "log", "log10", "log2", "modf",
    "pow", "round", "sin", "sinh", "sqrt", "tan", "tanh", "tgamma", "trunc",
];

/// A rule: which names it is for, and what to do about them.
struct Rule {
    is_for: fn(&str) -> bool,
    advice: &'static str,
}

/// The first one that is for a name counts.
const RULES: [Rule; 12] = [
    Rule {
        is_for: |name| ["__aeabi_read_tp", "__tls_get_addr"].contains(&name),
        advice: "a thread-local variable needs it; use one that all threads share",
    },
    Rule {
        is_for: |name| name.starts_with("__aeabi_unwind_cpp_pr") || name.starts_with("_Unwind_"),
        advice: "it unwinds the stack; compile with -fno-exceptions -fno-unwind-tables -fno-asynchronous-unwind-tables",
    },
    Rule {
        is_for: |name| ["__aeabi_atexit", "__cxa_atexit", "__dso_handle"].contains(&name),
        advice: "a static object with a destructor needs it; give the object none, or make it with `new` and never delete it",
    },
    Rule {
        is_for: |name| name.starts_with("__cxa_guard_"),
        advice: "a static object in a function needs it; compile with -fno-threadsafe-statics, or move the object out",
    },
    Rule {
        is_for: |name| ["__cxa_pure_virtual", "__cxa_deleted_virtual"].contains(&name),
        advice: "it is called where a virtual function is not defined; define it in the module, as a function that ends it",
    },
    Rule {
        is_for: |name| {
            ["__cxa_", "__gxx_personality", "_ZTVN10__cxxabiv1", "_ZSt"].iter().any(|prefix| name.starts_with(prefix))
        },
        advice: "it is a part of the C++ runtime; compile with -fno-exceptions -fno-rtti, and without the C++ library",
    },
    Rule {
        is_for: |name| name.starts_with("_Znw") || name.starts_with("_Zna"),
        advice: "it is `operator new`; define it in the module with rt_malloc",
    },
    Rule {
        is_for: |name| name.starts_with("_ZdlPv") || name.starts_with("_ZdaPv"),
        advice: "it is `operator delete`; define it in the module with rt_free",
    },
    Rule {
        is_for: |name| COMPILER.iter().any(|helper| name.starts_with(helper)),
        advice: "it is a helper of the compiler; link the module with libgcc: put -lgcc behind its objects",
    },
    Rule {
        is_for: |name| ["__errno", "errno"].contains(&name),
        advice: "it is the `errno` of the C library, which each program has of its own; use rt_get_errno, or the results of \
                 the functions",
    },
    Rule {
        is_for: |name| {
            let long = name.strip_suffix('f').unwrap_or(name);
            MATHEMATICS.contains(&name) || MATHEMATICS.contains(&long)
        },
        advice: "it is a function of the C mathematics library; link the module with -lm, or in Rust use the crate `libm`",
    },
    Rule {
        is_for: |name| ["__stack_chk_fail", "__stack_chk_guard"].contains(&name),
        advice: "the compiler guards stacks with it; compile with -fno-stack-protector",
    },
];

/// What to do about a name that no firmware should have to export. `None`: it may well be one of the kernel's.
pub fn of(name: &str) -> Option<&'static str> {
    RULES.iter().find(|rule| (rule.is_for)(name)).map(|rule| rule.advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_name_has_its_own_advice() {
        let names = [
            "__aeabi_uldivmod",
            "__udivdi3",
            "__aeabi_unwind_cpp_pr0",
            "__aeabi_atexit",
            "__cxa_guard_acquire",
            "__cxa_pure_virtual",
            "__cxa_throw",
            "_Znwj",
            "_ZdlPvj",
            "__errno",
            "sqrt",
            "sqrtf",
            "__stack_chk_fail",
            "__aeabi_read_tp",
        ];
        let lines = names.map(|name| format!("{name}: {}", of(name).unwrap_or("nothing")));
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn functions_of_kernels_have_none() {
        for name in ["rt_pin_write", "led_toggle", "memcpy", "printf", "off", "rttm_pin_write"] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
