//! What a kernel exports, and what it is made for.
