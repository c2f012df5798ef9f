//! What the allocator keeps of memory that is free: all of it in a build, which ends soon, and little in the
//! preview, which runs all day.
//!
//! The preview makes and drops most of a site at every save. The allocator of glibc keeps what was dropped for later;
//! pieces that live on lie between, so that its heaps grow although what is in use does not (measured over 120 edits:
//! 36 MB held, 25 MB in use).
//!
//! Nothing here does anything where the allocator is another one, and it does not know what memory is used for. What each
//! limit means: mallopt(3).

/// Of more than so many bytes the preview asks each piece of the system by itself, and it goes back when it is dropped;
/// and so much stays at most at the end of a heap. By itself glibc makes both limits the larger the larger the pieces
/// are that come and go, and what is at the end of a heap is given back by none of its functions (malloc_trim(3)):
/// after fonts had been cut, that was 30 MB.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LITTLE: libc::c_int = 4 << 20;

/// What a build asks of the system at a time. It is also the most that glibc lets lie in a heap as one piece.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const MUCH: libc::c_int = 32 << 20;

/// Keeps what is dropped for what comes next, from now on, and asks for much at a time.
pub fn keep_all() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: mallopt(3) may be called at any time; what it is not able to set it leaves as it is.
    unsafe {
        libc::mallopt(libc::M_TOP_PAD, MUCH);
        libc::mallopt(libc::M_MMAP_THRESHOLD, MUCH);
        libc::mallopt(libc::M_TRIM_THRESHOLD, libc::c_int::MAX);
    }
}

/// Keeps little of what is dropped, from now on.
pub fn keep_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: as above.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LITTLE);
        libc::mallopt(libc::M_TRIM_THRESHOLD, LITTLE);
    }
}

/// Gives back what is free.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: malloc_trim(3) may be called at any time, from any thread; 0 keeps no spare memory at the top.
    unsafe {
        libc::malloc_trim(0);
    }
}
