//! The border between the page and the compiler: bytes in, bytes out, through plain functions of C.
//!
//! The page asks for room, writes a question there, hands it over and gets the place of the answer, which it reads and gives
//! back. What is unsafe in this project is on this page alone; WebAssembly has one thread and bounds every access by the
//! module's own memory.

use std::cell::RefCell;

use jixiao::browser::PageDesk;

thread_local! {
    static DESK: RefCell<PageDesk> = RefCell::default();
}

/// Room for so many bytes. It is given back by [`release`], or by [`answer`] as a question.
#[unsafe(no_mangle)]
pub extern "C" fn room(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Gives room back.
///
/// # Safety
/// `place` and `length` are those of one [`room`] or [`answer`] that was not given back yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn release(place: *mut u8, length: usize) {
    // Safety: by the contract this is the whole of a box that was let go of.
    drop(unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(place, length)) });
}

/// Answers the question in a room, which it takes back: the place of the answer in the low half, its length in the high one.
///
/// # Safety
/// As of [`release`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn answer(place: *mut u8, length: usize) -> u64 {
    // Safety: by the contract this is the whole of a box that was let go of.
    let question = unsafe { Box::from_raw(std::ptr::slice_from_raw_parts_mut(place, length)) };
    let answer = DESK.with_borrow_mut(|desk| desk.answer(&question)).into_boxed_slice();
    let length = answer.len() as u64;
    let place = Box::into_raw(answer).cast::<u8>() as usize as u64;
    length << 32 | place
}
