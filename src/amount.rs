//! Exact numbers: what is written, and the bounds within which the words put it.

use std::cmp::Ordering;
use std::fmt;

/// An exact fraction of two `i128`, in lowest terms, its denominator positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i128,
    den: i128,
}

#[expect(clippy::should_implement_trait, reason = "the operators cannot say that a result is too large")]
impl Ratio {
    /// Zero.
    pub const ZERO: Ratio = Ratio { num: 0, den: 1 };
    /// One.
    pub const ONE: Ratio = Ratio { num: 1, den: 1 };

    /// A whole number.
    pub const fn whole(n: i128) -> Ratio {
        Ratio { num: n, den: 1 }
    }

    /// A fraction; `None` where the denominator is zero or the numbers are too large.
    pub fn new(num: i128, den: i128) -> Option<Ratio> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return None;
        }
        let g = gcd(num.unsigned_abs(), den.unsigned_abs()).max(1) as i128;
        let sign = if den < 0 { -1 } else { 1 };
        Some(Ratio { num: sign * num / g, den: sign * den / g })
    }

    /// Ten to the power of `exponent`, which may be negative; `None` beyond ±37.
    pub fn power_of_ten(exponent: i32) -> Option<Ratio> {
        let p = 10i128.checked_pow(exponent.unsigned_abs())?;
        if exponent < 0 { Ratio::new(1, p) } else { Some(Ratio::whole(p)) }
    }

    /// The sum, or `None` where it is too large.
    pub fn add(self, other: Ratio) -> Option<Ratio> {
        let a = self.num.checked_mul(other.den)?;
        let b = other.num.checked_mul(self.den)?;
        Ratio::new(a.checked_add(b)?, self.den.checked_mul(other.den)?)
    }

    /// The difference, or `None` where it is too large.
    pub fn sub(self, other: Ratio) -> Option<Ratio> {
        self.add(Ratio { num: other.num.checked_neg()?, den: other.den })
    }

    /// The product, or `None` where it is too large.
    pub fn mul(self, other: Ratio) -> Option<Ratio> {
        // Across first, so that large numbers with common factors stay small.
        let a = Ratio::new(self.num, other.den)?;
        let b = Ratio::new(other.num, self.den)?;
        Ratio::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }

    /// The quotient, or `None` where the divisor is zero or the result too large.
    pub fn div(self, other: Ratio) -> Option<Ratio> {
        self.mul(Ratio::new(other.den, other.num)?)
    }

    /// Whether it is a whole number, and which.
    pub fn as_whole(self) -> Option<i128> {
        (self.den == 1).then_some(self.num)
    }

    /// The number above the line, in lowest terms.
    pub fn numerator(self) -> i128 {
        self.num
    }

    /// The number below the line, in lowest terms; it is positive.
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// The decimal notation with at most `places` digits after the point, rounded half up, trailing zeros dropped.
    pub fn to_decimal(self, places: u32) -> String {
        let negative = self.num < 0;
        let n = self.num.unsigned_abs();
        let d = self.den.unsigned_abs();
        let mut whole = n / d;
        let mut rest = n % d;
        let mut digits = Vec::new();
        for _ in 0..places {
            if rest == 0 || rest > u128::MAX / 10 {
                break;
            }
            rest *= 10;
            digits.push((rest / d) as u8);
            rest %= d;
        }
        if rest >= d.div_ceil(2) && rest > 0 {
            // Carry the rounding up through the nines.
            let mut carry = true;
            for digit in digits.iter_mut().rev() {
                if *digit == 9 {
                    *digit = 0;
                } else {
                    *digit += 1;
                    carry = false;
                    break;
                }
            }
            if carry {
                whole += 1;
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let mut out = String::new();
        if negative && (whole > 0 || !digits.is_empty()) {
            out.push('-');
        }
        out.push_str(&whole.to_string());
        if !digits.is_empty() {
            out.push('.');
            out.extend(digits.iter().map(|d| char::from(b'0' + d)));
        }
        out
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl Ord for Ratio {
    fn cmp(&self, other: &Ratio) -> Ordering {
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Beyond i128 the whole parts decide; where they agree so do, to the last digit that a story prints, the numbers.
            _ => (self.num.div_euclid(self.den)).cmp(&other.num.div_euclid(other.den)),
        }
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Ratio) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The shortest decimal notation, of at most twelve places.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_decimal(12))
    }
}

/// A number as worded: « près de 1,2 million » is written 1 200 000, bounded by 1 080 000 and 1 200 000, precise to 100 000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number that the words say.
    pub written: Ratio,
    /// The least that the words allow; `None` for no bound.
    pub low: Option<Ratio>,
    /// The most that the words allow; `None` for no bound.
    pub high: Option<Ratio>,
    /// The worth of the last digit given: 100 000 for « 1,2 million ».
    pub precision: Ratio,
}

impl Amount {
    /// A number that is given as it is.
    pub fn exact(written: Ratio, precision: Ratio) -> Amount {
        Amount { written, low: Some(written), high: Some(written), precision }
    }

    /// A whole number that is given as it is.
    pub fn whole(n: i128) -> Amount {
        Amount::exact(Ratio::whole(n), Ratio::ONE)
    }

    /// Whether words bound or blur the number.
    pub fn is_exact(&self) -> bool {
        self.low == Some(self.written) && self.high == Some(self.written)
    }

    /// Whether one number can satisfy both, as worded, with neither rounded.
    pub fn overlaps(&self, other: &Amount) -> bool {
        let below = |low: Option<Ratio>, high: Option<Ratio>| low.zip(high).is_none_or(|(l, h)| l <= h);
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// The bounds widened by half the worth of the last digit given: what a rounded number may stand for.
    #[must_use]
    pub fn rounded(&self) -> Amount {
        let half = self.precision.div(Ratio::whole(2)).unwrap_or(Ratio::ZERO);
        Amount { low: self.low.and_then(|l| l.sub(half)), high: self.high.and_then(|h| h.add(half)), ..*self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(n: i128, d: i128) -> Ratio {
        Ratio::new(n, d).unwrap()
    }

    #[test]
    fn fractions_are_exact_and_reduced() {
        assert_eq!(r(6, -4), r(-3, 2));
        assert_eq!(r(1, 3).add(r(1, 6)), Some(r(1, 2)));
        assert_eq!(r(1, 3).mul(r(3, 4)), Some(r(1, 4)));
        assert_eq!(r(1, 3).div(Ratio::ZERO), None);
        assert_eq!(Ratio::whole(i128::MAX).add(Ratio::ONE), None);
        assert!(r(1, 3) < r(34, 100));
    }

    #[test]
    fn decimals_round_half_up() {
        assert_eq!(r(1, 3).to_decimal(2), "0.33");
        assert_eq!(r(2, 3).to_decimal(2), "0.67");
        assert_eq!(r(999, 1000).to_decimal(2), "1");
        assert_eq!(r(-1, 8).to_decimal(2), "-0.13");
        assert_eq!(Ratio::whole(48_200_000).to_decimal(2), "48200000");
    }

    #[test]
    fn bounds_meet_or_do_not() {
        let at_least_12 = Amount { high: None, ..Amount::whole(12) };
        assert!(at_least_12.overlaps(&Amount::whole(14)));
        assert!(!at_least_12.overlaps(&Amount::whole(11)));
        assert!(!Amount::whole(12).overlaps(&Amount::whole(14)));
        let percent = Amount::whole(33).rounded();
        assert!(percent.overlaps(&Amount::exact(r(100, 3), Ratio::ONE)));
    }
}
