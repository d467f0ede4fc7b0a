//! Where a word of a cue may begin: its first three bytes, folded to one of a few thousand numbers. The build
//! notes the numbers of all words; nearly every place of a message is turned away by one look at that list.

/// How many numbers there are.
pub(super) const COUNT: usize = 4096;

/// The number of three bytes.
pub(super) const fn number(first: u8, second: u8, third: u8) -> usize {
    let mixed = (first as usize) ^ ((second as usize) << 3) ^ ((third as usize) << 6);
    mixed % COUNT
}
