//! The same promises on real folders: readers beside a writer, two writers, what a killed one left, folders of others,
//! and a file system that is really full.
