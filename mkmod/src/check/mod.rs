//! Whether a module loads on a kernel, and if not, why and what mends it.
