//! Memory that is free goes back to the system.
//!
//! The preview runs all day, and makes and drops most of a site at every save. The allocator of glibc
//! keeps what was dropped for later; pieces that live on lie between, so that its heaps grow although
//! what is in use does not (measured over 120 edits: 36 MB held, 25 MB in use).

/// Of more than so many bytes each piece is asked of the system by itself, and goes back when it is dropped; and so
/// much stays at most at the end of a heap. By itself glibc makes both limits the larger the larger the pieces are that
/// come and go, and what is at the end of a heap is given back by none of its functions (mallopt(3), malloc_trim(3)):
/// after fonts had been cut, that was 30 MB.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 4 << 20;

/// Keeps little of what is dropped, from now on. Does nothing where the allocator does so by itself.
pub(super) fn keep_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: mallopt(3) may be called at any time; what it is not able to set it leaves as it is.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, LARGE);
    }
}

/// Gives back what is free. Does nothing where the allocator does so by itself.
pub(super) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim(3) may be called at any time, from any thread; 0 keeps no spare memory at the top.
    unsafe {
        libc::malloc_trim(0);
    }
}
