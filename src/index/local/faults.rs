//! Faults injected below the index.
