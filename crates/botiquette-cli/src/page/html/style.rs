//! The style of a page, and the digest by which the page allows this style and no other.

pub(super) const STYLE: &str = include_str!("style.css");

/// SHA-256 of the style, in Base64.
pub(super) const STYLE_DIGEST: &str = "0J2sSW88JG2umq9kawdEeHF6wqyHHezEWI5xscyILZc=";

#[cfg(test)]
mod tests {
    use super::*;

    /// Without this the page would come without any style.
    #[test]
    fn the_digest_is_that_of_the_style() {
        assert_eq!(STYLE_DIGEST, base64(&sha256(STYLE.as_bytes())));
        assert_eq!(base64(&sha256(b"abc")), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert!(!STYLE.contains("</"), "the style cannot end its own element");
    }

    /// SHA-256 by its standard, FIPS 180-4; its constants are the first bits of roots of primes.
    fn sha256(message: &[u8]) -> Vec<u8> {
        let primes: Vec<u32> = (2..312).filter(|n| (2..*n).all(|d| n % d != 0)).collect();
        let bits = |root: f64| ((root.fract()) * 4_294_967_296.0) as u32;
        // Cube roots need more digits than a float has behind the point: by whole numbers instead.
        let cube = |prime: u32| {
            let wanted = u128::from(prime) << 96;
            let mut root = 0u128;
            for bit in (0..36).rev() {
                let next = root | (1 << bit);
                if next * next * next <= wanted {
                    root = next;
                }
            }
            (root & 0xffff_ffff) as u32
        };
        let constants: Vec<u32> = primes.iter().take(64).map(|prime| cube(*prime)).collect();
        let mut state: Vec<u32> = primes.iter().take(8).map(|prime| bits(f64::from(*prime).sqrt())).collect();
        let mut padded = message.to_vec();
        padded.push(0x80);
        while padded.len() % 64 != 56 {
            padded.push(0);
        }
        padded.extend((message.len() as u64 * 8).to_be_bytes());
        for block in padded.chunks(64) {
            let mut words: Vec<u32> = block
                .chunks(4)
                .map(|four| four.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte)))
                .collect();
            for at in 16..64 {
                let (one, other) = (words[at - 15], words[at - 2]);
                let small = one.rotate_right(7) ^ one.rotate_right(18) ^ (one >> 3);
                let large = other.rotate_right(17) ^ other.rotate_right(19) ^ (other >> 10);
                words
                    .push(words[at - 16].wrapping_add(small).wrapping_add(words[at - 7]).wrapping_add(large));
            }
            let mut now = state.clone();
            for (word, constant) in words.iter().zip(&constants) {
                let mixed = now[4].rotate_right(6) ^ now[4].rotate_right(11) ^ now[4].rotate_right(25);
                let chosen = (now[4] & now[5]) ^ (!now[4] & now[6]);
                let first =
                    [mixed, chosen, *constant, *word].iter().fold(now[7], |sum, add| sum.wrapping_add(*add));
                let turned = now[0].rotate_right(2) ^ now[0].rotate_right(13) ^ now[0].rotate_right(22);
                let most = (now[0] & now[1]) ^ (now[0] & now[2]) ^ (now[1] & now[2]);
                now.rotate_right(1);
                now[4] = now[4].wrapping_add(first);
                now[0] = first.wrapping_add(turned).wrapping_add(most);
            }
            state.iter_mut().zip(now).for_each(|(state, now)| *state = state.wrapping_add(now));
        }
        state.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    fn base64(bytes: &[u8]) -> String {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::new();
        for three in bytes.chunks(3) {
            let number =
                (0..3).fold(0u32, |sum, at| (sum << 8) | u32::from(three.get(at).copied().unwrap_or(0)));
            for at in 0..4 {
                let letter = LETTERS[((number >> (18 - 6 * at)) & 63) as usize];
                text.push(if at <= three.len() { char::from(letter) } else { '=' });
            }
        }
        text
    }
}
