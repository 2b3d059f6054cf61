//! What a module is and what it costs.
