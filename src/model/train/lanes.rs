//! Arithmetic on one `f32` a class, side by side in vector registers.

use std::array::from_fn;

/// One value a class, padded to whole vector registers.
pub(super) type Lanes<const L: usize> = [f32; L];

/// The sum of all lanes; L is a multiple of 4.
#[inline]
pub(super) fn sum<const L: usize>(x: &Lanes<L>) -> f32 {
    let fours = x.as_chunks::<4>().0.iter();
    let [a, b, c, d] = fours.fold([0.0; 4], |sum, four| from_fn(|k| sum[k] + four[k]));
    (a + b) + (c + d)
}

/// The largest lane.
#[inline]
pub(super) fn largest<const L: usize>(x: &Lanes<L>) -> f32 {
    x.iter().fold(f32::NEG_INFINITY, |most, &x| if x > most { x } else { most })
}

/// exp of every lane, right to 3e-7 of it; 0 below -87, where `f32` ends. Sums and products alone, so that it has the
/// same bits on every machine. For lanes below 88.
#[inline]
pub(super) fn exp<const L: usize>(x: &Lanes<L>) -> Lanes<L> {
    // Added and taken away again, it rounds to a whole number, which stands in the lowest bits in between.
    const WHOLE: f32 = 12_582_912.0;
    // ln 2 in two parts, of which the first has so few bits that multiples of it are exact.
    const LN_2: (f32, f32) = (0.693_359_4, -2.121_944_4e-4);
    from_fn(|k| {
        let x = x[k];
        let shifted = x * std::f32::consts::LOG2_E + WHOLE;
        let n = shifted - WHOLE;
        let r = (x - n * LN_2.0) - n * LN_2.1;
        // In pairs, which do not wait for each other.
        let square = r * r;
        let (low, middle, high) = (1.0 + r, 0.5 + r * (1.0 / 6.0), 1.0 / 24.0 + r * (1.0 / 120.0));
        let exp_r = low + square * (middle + square * (high + square * (1.0 / 720.0)));
        let two_to_n = f32::from_bits((shifted.to_bits() << 23).wrapping_add(1.0_f32.to_bits()));
        if x < -87.0 { 0.0 } else { exp_r * two_to_n }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponentials_are_those_of_f64() {
        let (mut x, mut worst) = (-87.0_f32, 0.0_f64);
        while x < 87.9 {
            let exact = libm::exp(f64::from(x));
            worst = worst.max((f64::from(exp(&[x; 4])[2]) / exact - 1.0).abs());
            x += 0.001_3;
        }
        assert!(worst < 3e-7, "{worst}");
        let ends = exp(&[0.0, -87.5, -1e4, f32::NEG_INFINITY]);
        assert_eq!(ends.map(f32::to_bits), [1.0_f32, 0.0, 0.0, 0.0].map(f32::to_bits));
    }

    #[test]
    fn sums_and_maxima_take_in_every_lane() {
        let lanes: Lanes<8> = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];
        let found = [sum(&lanes), largest(&lanes), largest(&[-3.0, -1.0, -2.0, -9.0])];
        assert_eq!(found.map(f32::to_bits), [255.0_f32, 128.0, -1.0].map(f32::to_bits));
    }
}
