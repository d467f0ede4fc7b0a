//! How strongly a cycle feeds itself: the spectral radius of its gains. Below one it dies out.

use super::network::EPSILON;

/// Sweeps over the gains of one component; the reference method does as many.
const SWEEPS: usize = 2000;

/// Single gains that may be looked at for one component, so that huge ones end as well.
const WORK: usize = 20_000_000;

/// The spectral radius of a non-negative matrix, given as (source, target, gain) over `size` numbers.
///
/// Power iteration on the matrix plus the identity, minus one: on a pure cycle plain iteration would only
/// go round. By Collatz and Wielandt the radius lies between the least and the largest growth of a sweep;
/// the upper end is returned, as soon as both agree or the work is used up.
#[must_use]
pub(super) fn spectral_radius(size: usize, gains: &[(usize, usize, f64)]) -> f64 {
    let mut vector = vec![1.0; size];
    let mut upper = 1.0_f64;
    let sweeps = SWEEPS.min(WORK / gains.len().max(1)).max(50);
    for _ in 0..sweeps {
        let mut image = vector.clone();
        for (source, target, gain) in gains {
            if let (Some(from), Some(to)) = (vector.get(*source), image.get_mut(*target)) {
                *to += from * gain;
            }
        }
        let growth = image.iter().zip(&vector).filter(|(_, old)| **old > 0.0).map(|(new, old)| new / old);
        let (low, high) =
            growth.fold((f64::INFINITY, 0.0_f64), |(low, high), growth| (low.min(growth), high.max(growth)));
        let largest = image.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        vector = image.into_iter().map(|value| value / largest).collect();
        upper = high;
        if high - low < EPSILON * 1e-4 * high {
            break;
        }
    }
    upper - 1.0
}

/// Whether a gain keeps a cycle going for ever.
#[must_use]
pub(super) fn never_ends(radius: f64) -> bool {
    radius >= 1.0 - EPSILON
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radii_of_small_matrices() {
        for (size, gains, radius) in [
            (1, vec![(0, 0, 0.3)], 0.3),
            (2, vec![(0, 1, 0.15), (1, 0, 100.0)], 15.0_f64.sqrt()),
            (3, vec![(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)], 1.0),
            (2, vec![(0, 1, 0.85), (1, 0, 1.0)], 0.85_f64.sqrt()),
            (2, vec![(0, 0, 1.0), (0, 1, 2.0), (1, 0, 1.0)], 2.0),
        ] {
            let found = spectral_radius(size, &gains);
            assert!((found - radius).abs() < 1e-6, "{gains:?}: {found}, not {radius}");
        }
    }
}
