//! What a number may be, as far as words and rounding leave it open; sums over such bounds.

use crate::amount::{Amount, Ratio};

/// From the least to the most that a number may be, neither below zero; `None` for no upper bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub low: Ratio,
    pub high: Option<Ratio>,
}

impl Bounds {
    /// One number.
    pub fn exactly(n: Ratio) -> Bounds {
        Bounds { low: n, high: Some(n) }
    }

    /// What a written amount may stand for: its hedges, and half the worth of its last digit.
    pub fn of(amount: &Amount) -> Bounds {
        let wide = amount.rounded();
        Bounds { low: wide.low.unwrap_or(Ratio::ZERO).max(Ratio::ZERO), high: wide.high }
    }

    /// The number widened by a part of itself either way.
    pub fn about(n: Ratio, part: Ratio) -> Option<Bounds> {
        let by = n.mul(part)?;
        Some(Bounds { low: n.sub(by)?.max(Ratio::ZERO), high: Some(n.add(by)?) })
    }

    /// The product.
    pub fn mul(self, other: Bounds) -> Option<Bounds> {
        let high = self.high.zip(other.high).map_or(Some(None), |(x, y)| x.mul(y).map(Some))?;
        Some(Bounds { low: self.low.mul(other.low)?, high })
    }

    /// The quotient.
    pub fn div(self, by: Bounds) -> Option<Bounds> {
        let low = by.high.map_or(Some(Ratio::ZERO), |h| self.low.div(h))?;
        let high = if by.low <= Ratio::ZERO { None } else { self.high.map_or(Some(None), |h| h.div(by.low).map(Some))? };
        Some(Bounds { low, high })
    }

    /// How far the two are apart, whichever is the larger.
    pub fn difference(self, other: Bounds) -> Option<Bounds> {
        let gap = |x: Bounds, y: Bounds| Some(y.high.map_or(Ratio::ZERO, |h| x.low.sub(h).unwrap_or(Ratio::ZERO)).max(Ratio::ZERO));
        let low = gap(self, other)?.max(gap(other, self)?);
        let most = |x: Bounds, y: Bounds| x.high.map(|h| h.sub(y.low).unwrap_or(Ratio::ZERO));
        let high = most(self, other).zip(most(other, self)).map(|(x, y)| x.max(y));
        Some(Bounds { low, high })
    }

    /// Whether one number can be both.
    pub fn meets(self, other: Bounds) -> bool {
        self.high.is_none_or(|h| h >= other.low) && other.high.is_none_or(|h| h >= self.low)
    }
}

/// A number rounded half up to a multiple of a step.
pub(crate) fn round(n: Ratio, step: Ratio) -> Option<Ratio> {
    let steps: Ratio = n.div(step)?;
    let whole = steps.to_decimal(0).parse::<i128>().ok()?;
    Ratio::whole(whole).mul(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn b(low: i128, high: i128) -> Bounds {
        Bounds { low: Ratio::whole(low), high: Some(Ratio::whole(high)) }
    }

    #[test]
    fn bounds_widen_as_they_are_joined() {
        assert_eq!(b(2, 3).mul(b(4, 5)), Some(b(8, 15)));
        assert_eq!(b(8, 12).div(b(2, 4)), Some(b(2, 6)));
        assert_eq!(b(8, 12).difference(b(2, 4)), Some(b(4, 10)));
        assert_eq!(b(2, 6).difference(b(4, 9)), Some(b(0, 7)));
        assert_eq!(b(8, 12).div(b(0, 4)), Some(Bounds { low: Ratio::whole(2), high: None }));
    }

    #[test]
    fn what_has_no_upper_bound_meets_all_above() {
        let open = Bounds { low: Ratio::whole(5), high: None };
        assert!(open.meets(b(7, 8)) && b(1, 5).meets(open) && !b(1, 4).meets(open));
    }
}
