//! Steps of the free intercepts of a logistic regression, one an epoch.
//!
//! A Newton step, its length corrected by how far the last one moved the gradient: the weights follow the intercepts, so
//! that the curvature in the intercepts alone is too large, often a hundred times.

/// Newton steps for the intercepts with a secant correction of their length.
pub(super) struct InterceptStep {
    last_pull: Vec<f64>,
    last_move: Vec<f64>,
    last_curvature: Vec<f64>,
    length: f64,
    epochs: usize,
}

/// The most by which the length of steps grows an epoch, in the first [`EARLY`] epochs and afterwards, when the
/// intercepts are about right and the rows move the gradient more than they do.
const GROWTH: (f64, f64) = (16.0, 2.0);
const EARLY: usize = 4;
/// The least by which it is multiplied.
const SHRINKING: f64 = 1.0 / 16.0;

impl InterceptStep {
    pub(super) fn new(classes: usize) -> Self {
        Self {
            last_pull: vec![0.0; classes],
            last_move: vec![0.0; classes],
            last_curvature: vec![1.0; classes],
            length: 1.0,
            epochs: 0,
        }
    }

    /// Moves the intercepts along their pull. Returns about how much the objective can fall by it.
    pub(super) fn apply(&mut self, intercepts: &mut [f64], pull: &[f64], curvature: &[f64]) -> f64 {
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let growth = if self.epochs < EARLY { GROWTH.0 } else { GROWTH.1 };
        self.epochs += 1;
        let wanted: f64 = self.last_move.iter().zip(&self.last_curvature).map(|(m, c)| m * m * c).sum();
        if wanted > 0.0 {
            let seen = dot(&self.last_move, &self.last_pull) - dot(&self.last_move, pull);
            let ratio = if seen > 0.0 { wanted / seen } else { GROWTH.1 * self.length };
            self.length = ratio.clamp(SHRINKING * self.length, growth * self.length).clamp(0.1, 1000.0);
        }
        let moves: Vec<f64> =
            pull.iter().zip(curvature).map(|(g, c)| self.length * g / c.max(1e-12)).collect();
        for (b, m) in intercepts.iter_mut().zip(&moves) {
            *b += m;
        }
        let gain = 0.5 * dot(&moves, pull).abs();
        self.last_pull = pull.to_vec();
        self.last_move = moves;
        self.last_curvature = curvature.to_vec();
        gain
    }
}
