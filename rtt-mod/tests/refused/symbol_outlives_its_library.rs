use rtt_mod::dl::Library;

fn main() {
    let library = Library::open("sums.mo").unwrap();
    // SAFETY: none of this runs.
    let add = unsafe { library.get_unchecked::<extern "C" fn(i32, i32) -> i32>("add") }.unwrap();
    drop(library);
    add(1, 2);
}
