//! Points, rectangles and curves: the geometry of a picture, in pixels. Knows nothing of graphs.

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A rectangle by its upper left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) w: f64,
    pub(super) h: f64,
}

/// A side of a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// A cubic curve: its ends and, between them, the points that it bends towards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Curve(pub(super) [Point; 4]);

impl Point {
    pub(super) const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }

    pub(super) fn times(self, factor: f64) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }

    pub(super) fn minus(self, other: Self) -> Self {
        self.plus(other.times(-1.0))
    }

    pub(super) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The same direction with length one; zero stays zero.
    pub(super) fn unit(self) -> Self {
        let length = self.length();
        if length > 0.0 { self.times(1.0 / length) } else { self }
    }

    /// What lies to the left of somebody who goes in this direction.
    pub(super) const fn left(self) -> Self {
        Self::new(self.y, -self.x)
    }
}

impl Rect {
    pub(super) const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// A rectangle around a point.
    pub(super) fn around(middle: Point, w: f64, h: f64) -> Self {
        Self::new(middle.x - w / 2.0, middle.y - h / 2.0, w, h)
    }

    pub(super) fn right(self) -> f64 {
        self.x + self.w
    }

    pub(super) fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub(super) fn middle(self) -> Point {
        Point::new(self.x + self.w / 2.0, self.y + self.h / 2.0)
    }

    pub(super) fn moved(self, by: Point) -> Self {
        Self::new(self.x + by.x, self.y + by.y, self.w, self.h)
    }

    /// The rectangle with a margin all round.
    pub(super) fn grown(self, by: f64) -> Self {
        Self::new(self.x - by, self.y - by, self.w + 2.0 * by, self.h + 2.0 * by)
    }

    pub(super) fn contains(self, point: Point) -> bool {
        point.x > self.x && point.x < self.right() && point.y > self.y && point.y < self.bottom()
    }

    pub(super) fn meets(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// The smallest rectangle around both.
    pub(super) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// The middle of a side, shifted along it.
    pub(super) fn port(self, side: Side, shift: Point) -> Point {
        let middle = self.middle();
        let on_side = match side {
            Side::Left => Point::new(self.x, middle.y),
            Side::Right => Point::new(self.right(), middle.y),
            Side::Top => Point::new(middle.x, self.y),
            Side::Bottom => Point::new(middle.x, self.bottom()),
        };
        on_side.plus(shift)
    }
}

impl Side {
    /// The direction that leads out through it.
    pub(super) const fn outwards(self) -> Point {
        match self {
            Self::Left => Point::new(-1.0, 0.0),
            Self::Right => Point::new(1.0, 0.0),
            Self::Top => Point::new(0.0, -1.0),
            Self::Bottom => Point::new(0.0, 1.0),
        }
    }
}

impl Curve {
    /// The point after this share of the way, from 0 to 1.
    pub(super) fn at(&self, t: f64) -> Point {
        let [a, b, c, d] = self.0;
        let u = 1.0 - t;
        a.times(u * u * u)
            .plus(b.times(3.0 * u * u * t))
            .plus(c.times(3.0 * u * t * t))
            .plus(d.times(t * t * t))
    }

    /// Points along it, without its ends.
    pub(super) fn samples(&self) -> impl Iterator<Item = Point> {
        (1..STEPS).map(|step| self.at(f64::from(step) / f64::from(STEPS)))
    }

    /// The smallest rectangle that surely holds it.
    pub(super) fn bounds(&self) -> Rect {
        let [first, ..] = self.0;
        self.0
            .iter()
            .fold(Rect::around(first, 0.0, 0.0), |all, point| all.with(Rect::around(*point, 0.0, 0.0)))
    }

    /// How long it is, roughly.
    pub(super) fn length(&self) -> f64 {
        let [a, b, c, d] = self.0;
        b.minus(a).length() + c.minus(b).length() + d.minus(c).length()
    }

    /// In how many places it crosses another one, roughly.
    pub(super) fn crossings(&self, other: &Self) -> usize {
        if !self.bounds().grown(1.0).meets(other.bounds().grown(1.0)) {
            return 0;
        }
        let points = |curve: &Self| curve.samples().step_by(2).collect::<Vec<_>>();
        let (ours, theirs) = (points(self), points(other));
        let pairs =
            |points: &[Point]| points.iter().copied().zip(points.iter().copied().skip(1)).collect::<Vec<_>>();
        let theirs = pairs(&theirs);
        pairs(&ours).iter().map(|one| theirs.iter().filter(|two| cross(*one, **two)).count()).sum()
    }
}

/// Pieces that a curve is looked at in.
const STEPS: u32 = 24;

fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let side = |from: Point, to: Point, point: Point| {
        let (way, off) = (to.minus(from), point.minus(from));
        way.x * off.y - way.y * off.x
    };
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_cross_where_they_cross() {
        let line = |a: (f64, f64), b: (f64, f64)| {
            let (a, b) = (Point::new(a.0, a.1), Point::new(b.0, b.1));
            let way = b.minus(a);
            Curve([a, a.plus(way.times(0.3)), a.plus(way.times(0.7)), b])
        };
        assert_eq!(line((0.0, 0.0), (10.0, 9.0)).crossings(&line((0.0, 10.0), (10.0, 0.0))), 1);
        assert_eq!(line((0.0, 0.0), (10.0, 0.0)).crossings(&line((0.0, 1.0), (10.0, 1.0))), 0);
    }

    #[test]
    fn left_is_up_for_who_goes_right() {
        assert_eq!(Side::Right.outwards().left(), Point::new(0.0, -1.0));
    }
}
