//! Chance that is the same in every run: a seeded generator, and draws from it.

/// The generator SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

/// Above this mean a draw is taken from the normal distribution, which is as good and takes no loop.
const LARGE: f64 = 60.0;

impl Dice {
    /// A generator for one run.
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to below 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        // 53 bits are what a float holds.
        (mixed >> 11) as f64 / (1u64 << 53) as f64
    }

    /// How many events happen in a day on which so many are expected, each by itself.
    pub(super) fn events(&mut self, mean: f64) -> f64 {
        if mean <= 0.0 || !mean.is_finite() {
            return 0.0;
        }
        if mean > LARGE {
            // Box and Muller.
            let (one, other) = (1.0 - self.share(), self.share());
            let normal = (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos();
            return (mean + mean.sqrt() * normal).round().max(0.0);
        }
        // Knuth.
        let least = (-mean).exp();
        let (mut count, mut product) = (0.0, self.share());
        while product > least {
            count += 1.0;
            product *= self.share();
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_have_their_mean_and_spread() {
        for mean in [0.2, 3.0, 40.0, 61.0, 5000.0] {
            let mut dice = Dice::new(7);
            let draws: Vec<f64> = (0..20_000).map(|_| dice.events(mean)).collect();
            let average = draws.iter().sum::<f64>() / draws.len() as f64;
            let spread = draws.iter().map(|draw| (draw - average).powi(2)).sum::<f64>() / draws.len() as f64;
            // Four standard errors of each.
            let count = draws.len() as f64;
            assert!((average - mean).abs() < 4.0 * (mean / count).sqrt(), "{mean}: {average}");
            let error = ((2.0 * mean * mean + mean) / count).sqrt();
            assert!((spread - mean).abs() < 4.0 * error, "{mean}: {spread}");
            assert!(draws.iter().all(|draw| draw.fract() == 0.0 && *draw >= 0.0));
        }
        assert_eq!(Dice::new(1).events(f64::INFINITY), 0.0);
    }
}
