//! Sets of bytes, to look for several at once.

/// True at the bytes of `set`.
pub(crate) const fn table<const N: usize>(set: [u8; N]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < N {
        table[set[i] as usize] = true;
        i += 1;
    }
    table
}
