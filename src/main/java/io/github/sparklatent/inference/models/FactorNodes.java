package io.github.sparklatent.inference.models;

import io.github.sparklatent.learn.DivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Nodes for the sum over one or two standard normal factors of a product of logistic functions: a square lattice of
 * spacing h within a radius R. The trapezoidal sum converges exponentially (Trefethen and Weideman 2014, theorem 5.1).
 *
 * <pre>
 *   h ≤ 1.25 / √(1 + λ),   λ the greatest eigenvalue of ¼ Wᵀ W
 *   R ≥ 5 + the greatest norm of the mode of p(z | x) for any x
 * </pre>
 *
 * <p>The precision of p(z | x) is at most 1 + λ in any direction, so a Gaussian posterior has a relative error of at
 * most 2 l exp(−2 π² / 1.25²) = 1.3e-5 for l factors. The poles of a logistic function with loading w are π / |w| from
 * the real axis and |w| is at most 2 √λ, so they add at most 2 exp(−π² / 1.25) = 7e-4. Of the mass, at most exp(−5² /
 * 2) = 4e-6 is outside of R, because the precision is at least 1.
 *
 * <p>h and R are rounded to a few values, so that the nodes stay the same while the parameters change a little.
 *
 * @param points Q × l, one node in each row. Not to be modified.
 * @param logWeights log of the normal density of each node times h^l. Not to be modified.
 */
record FactorNodes(DMatrixRMaj points, double[] logWeights) {
    /** Most nodes; with 1,024 rows, their joint densities take 64 MiB. */
    static final int MAX_NODES = 8192;

    private static final double SPACING = 1.25;
    private static final double REACH = 5;
    private static final double TYPICAL_MODE = 4;
    private static final int DIRECTIONS = 16;
    private static final int HALVINGS = 20;

    /**
     * Returns the nodes for one model.
     *
     * @param loadings d × l. Not modified.
     * @param intercepts d numbers. Not modified.
     * @throws DivergedException if there would be too many nodes
     */
    static FactorNodes of(DMatrixRMaj loadings, double[] intercepts) {
        int l = loadings.numCols;
        double spacing = spacing(precision(loadings));
        double radius = Math.ceil(2 * (REACH + greatestMode(loadings, intercepts))) / 2;
        if (!(count(l, spacing, radius) <= MAX_NODES)) {
            throw new DivergedException(
                    "logistic-normal-factors with %d factors and %d columns: the loadings became so large (1 + |W|²/4 is %.3g) that the sum over the factors needs %.3g nodes, at most %d are possible; use fewer columns, model.settings.factors = 1 or a smaller model.settings.loadingDeviation"
                            .formatted(l, loadings.numRows, precision(loadings), count(l, spacing, radius), MAX_NODES));
        }
        return lattice(l, spacing, radius);
    }

    /** Returns about how many nodes a model of typical loadings needs. */
    static double typicalCount(int columns, int factors, double loadingDeviation) {
        double precision = 1 + 0.25 * columns * loadingDeviation * loadingDeviation;
        return count(factors, spacing(precision), REACH + TYPICAL_MODE);
    }

    private static double count(int factors, double spacing, double radius) {
        double ratio = radius / spacing;
        return factors == 1 ? 2 * ratio + 1 : Math.PI * ratio * ratio;
    }

    /** Returns the spacing, rounded down to a power of the fourth root of 2. */
    private static double spacing(double precision) {
        double octaves = StrictMath.log(SPACING / Math.sqrt(precision)) / StrictMath.log(2);
        return StrictMath.pow(2, Math.floor(4 * octaves) / 4);
    }

    /** Returns 1 + λ. */
    private static double precision(DMatrixRMaj loadings) {
        double[] products = new double[3];
        for (int j = 0; j < loadings.numRows; j++) {
            double first = loadings.get(j, 0);
            double second = loadings.numCols == 1 ? 0 : loadings.get(j, 1);
            products[0] += first * first;
            products[1] += first * second;
            products[2] += second * second;
        }
        double half = 0.5 * (products[0] - products[2]);
        double greatest = 0.5 * (products[0] + products[2]) + Math.hypot(half, products[1]);
        return 1 + 0.25 * greatest;
    }

    /**
     * Returns the greatest norm r of a mode. In its direction e, r = Σ_j (e·w_j) (x_j − σ(a_j)), which is greatest for
     * the x that has the signs of e·w_j.
     */
    private static double greatestMode(DMatrixRMaj loadings, double[] intercepts) {
        double greatest = 0;
        double[] along = new double[intercepts.length];
        for (int i = 0; i < DIRECTIONS; i++) {
            double angle = 2 * Math.PI * i / DIRECTIONS;
            for (int j = 0; j < along.length; j++) {
                along[j] = StrictMath.cos(angle) * loadings.get(j, 0);
                along[j] += loadings.numCols == 1 ? 0 : StrictMath.sin(angle) * loadings.get(j, 1);
            }
            greatest = Math.max(greatest, mode(along, intercepts));
        }
        return greatest;
    }

    private static double mode(double[] along, double[] intercepts) {
        double low = 0;
        double high = Arrays.stream(along).map(Math::abs).sum();
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            double slope = -middle;
            for (int j = 0; j < along.length; j++) {
                double size = Math.abs(along[j]);
                double logit = Math.signum(along[j]) * intercepts[j] + middle * size;
                slope += size / (1 + StrictMath.exp(logit));
            }
            low = slope > 0 ? middle : low;
            high = slope > 0 ? high : middle;
        }
        return high;
    }

    private static FactorNodes lattice(int factors, double spacing, double radius) {
        int reach = (int) Math.floor(radius / spacing);
        List<double[]> points = new ArrayList<>();
        for (int i = -reach; i <= reach; i++) {
            for (int j = factors == 1 ? 0 : -reach; j <= (factors == 1 ? 0 : reach); j++) {
                if (Math.hypot(i, j) * spacing <= radius) {
                    points.add(new double[] {i * spacing, j * spacing});
                }
            }
        }
        DMatrixRMaj matrix = new DMatrixRMaj(points.size(), factors);
        double[] logWeights = new double[points.size()];
        double constant = factors * StrictMath.log(spacing / Math.sqrt(2 * Math.PI));
        for (int i = 0; i < logWeights.length; i++) {
            double[] point = points.get(i);
            System.arraycopy(point, 0, matrix.data, i * factors, factors);
            logWeights[i] = constant - 0.5 * (point[0] * point[0] + point[1] * point[1]);
        }
        return new FactorNodes(matrix, logWeights);
    }
}
