//! Memory that is free goes back to the system.
//!
//! The preview runs all day, and makes and drops most of a site at every save. The allocator of glibc
//! keeps what was dropped for later; pieces that live on lie between, so that its heaps grow although
//! what is in use does not (measured over 120 edits: 36 MB held, 25 MB in use).

/// Gives back what is free. Does nothing where the allocator does so by itself.
pub(super) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim(3) may be called at any time, from any thread; 0 keeps no spare memory at the top.
    unsafe {
        libc::malloc_trim(0);
    }
}
