package io.github.sparklatent.mixture;

import static io.github.sparklatent.onnx.ElementType.INT64;

import io.github.sparklatent.gmm.model.GaussianGraph;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;

/**
 * The densities of a mixture as operators of an ONNX graph, with the formulas of {@link MixedDensity}. Rows of one call
 * miss the same cells.
 */
public final class MixtureGraph {
    private final MixedMixture mixture;
    private final MixedDensity density;
    private final GaussianGraph gaussian;
    private final int k;
    private final int d;

    public MixtureGraph(MixedMixture mixture) {
        this.mixture = mixture;
        this.density = new MixedDensity(mixture);
        this.gaussian = mixture.gaussian() == null ? null : new GaussianGraph(mixture.gaussian());
        this.k = mixture.components();
        this.d = mixture.columns().size();
    }

    /**
     * Adds log π_k + log p(x_o | k), n × k, in nats.
     *
     * @param rows n × d, of any finite number where a cell is missing
     * @param observed d numbers: 1 if the cells of a column are observed in these rows, 0 if they are missing; null if
     *     no cell is missing
     */
    public Value joint(Graph g, Value rows, Value observed) {
        int[] numbers = mixture.columns().gaussian();
        Value sum = gaussian == null
                ? g.add(g.constant(logWeights(), 1, k), g.multiply(g.slice(rows, 1, 0, 1), g.scalar(0.0))) // n × k
                : gaussian.joint(g, columns(g, rows, numbers, 1), columns(g, observed, numbers, 0));
        int[] discrete = mixture.columns().discrete();
        for (int t = 0; t < discrete.length; t++) {
            sum = g.add(sum, seen(g, discrete(g, t, cell(g, rows, discrete[t])), observed, discrete[t]));
        }
        int[] student = mixture.columns().student();
        for (int t = 0; t < student.length; t++) {
            sum = g.add(sum, seen(g, student(g, t, cell(g, rows, student[t])), observed, student[t]));
        }
        return mixture.missing().isInformative() ? g.add(sum, missing(g, observed)) : sum;
    }

    private double[] logWeights() {
        double[] logWeights = new double[k];
        Arrays.setAll(logWeights, density::logWeight);
        return logWeights;
    }

    private Value columns(Graph g, Value all, int[] chosen, int axis) {
        if (all == null || chosen.length == d) {
            return all;
        }
        return g.gather(all, g.list(Arrays.stream(chosen).asLongStream().toArray()), axis);
    }

    /** Returns the cells of a column, n × 1. */
    private static Value cell(Graph g, Value rows, int column) {
        return g.slice(rows, 1, column, column + 1L);
    }

    /** Returns log densities, or 0 if the cells are missing. */
    private static Value seen(Graph g, Value logDensities, Value observed, int column) {
        if (observed == null) {
            return logDensities;
        }
        Value isSeen = g.less(g.scalar(0.5), g.slice(observed, 0, column, column + 1L));
        return g.where(isSeen, logDensities, g.scalar(0.0));
    }

    /** Returns the log probabilities that cells are missing, or are not, 1 × k. */
    private Value missing(Graph g, Value observed) {
        double[] complete = new double[k];
        double[] more = new double[k * d];
        density.missingShares(complete, more);
        Value constant = g.constant(complete, 1, k);
        if (observed == null) {
            return constant;
        }
        Value missing = g.unsqueeze(g.subtract(g.scalar(1.0), observed), 0); // 1 × d
        return g.add(constant, g.product(missing, g.transpose(g.constant(more, k, d), 1, 0)));
    }

    /** Returns log p(x | k) of a level, count or bin, n × k. */
    private Value discrete(Graph g, int table, Value x) {
        MixedColumns.Column column = mixture.columns().get(mixture.columns().discrete()[table]);
        DMatrixRMaj densities = density.table(table);
        int levels = densities.numCols;
        double[] turned = new double[(levels + 1) * k]; // by level; the last one is none
        for (int level = 0; level < levels; level++) {
            for (int i = 0; i < k; i++) {
                turned[level * k + i] = densities.get(i, level);
            }
        }
        Arrays.fill(turned, levels * k, turned.length, Double.NEGATIVE_INFINITY);
        Value tables = g.constant(turned, levels + 1, k);
        if (column.bins() != null) {
            return histogram(g, column.bins(), tables, x);
        }
        Value isLevel = g.and(
                g.and(g.lessOrEqual(g.scalar(0.0), x), g.less(x, g.scalar((double) levels))),
                g.equal(x, g.op("Floor", x)));
        Value code = g.cast(g.where(isLevel, x, g.scalar((double) levels)), INT64);
        Value known = g.gather(tables, g.squeeze(code, 1), 0);
        if (!column.family().isCount()) {
            return known;
        }
        Value isBeyond = g.and(g.lessOrEqual(g.scalar((double) levels), x), g.equal(x, g.op("Floor", x)));
        Value far = g.where(isBeyond, x, g.scalar((double) levels));
        return g.where(isBeyond, count(g, column.family(), mixture.discrete().get(table), far), known);
    }

    private Value histogram(Graph g, HistogramBins bins, Value tables, Value x) {
        int count = bins.count();
        double[] lefts = new double[count];
        double[] inside = new double[count];
        for (int l = 0; l < count; l++) {
            lefts[l] = bins.knots().knot(bins.starts()[l]);
            inside[l] = bins.logDensity(l);
        }
        Value notBelow = Functions.count(g, g.constant(lefts, count), count, null, x, true);
        Value bin = g.greatest(g.subtract(notBelow, g.scalar(1L)), g.scalar(0L));
        Value known = g.gather(tables, g.squeeze(bin, 1), 0);
        double least = bins.knots().least();
        double upper = bins.end();
        double range = upper - least;
        Value distance = g.greatest(g.subtract(g.scalar(least), x), g.subtract(x, g.scalar(upper)));
        Value tail = g.subtract(
                g.scalar(bins.logTailFactor()),
                g.multiply(g.scalar(2.0), g.op("Log", g.add(g.scalar(range), g.greatest(distance, g.scalar(0.0))))));
        Value more = g.subtract(tail, g.gather(g.constant(inside, count), bin, 0));
        return g.where(g.less(g.scalar(0.0), distance), g.add(known, more), known);
    }

    /** Returns log p(x | k) of counts, n × k, with the formulas of {@link DiscreteCells}. */
    private Value count(Graph g, CellFamily family, DMatrixRMaj parameters, Value x) {
        boolean isPoisson = family == CellFamily.POISSON || family == CellFamily.ZERO_INFLATED_POISSON;
        double[] logMeans = new double[k];
        double[] constants = new double[k];
        double[] sizes = new double[k];
        double[] logSums = new double[k];
        for (int i = 0; i < k; i++) {
            double[] own = MixedMixture.row(parameters, i);
            logMeans[i] = StrictMath.log(own[0]);
            if (isPoisson) {
                constants[i] = -own[0];
            } else {
                sizes[i] = own[1];
                logSums[i] = StrictMath.log(own[1] + own[0]);
                constants[i] = -own[1] * StrictMath.log1p(own[0] / own[1]) - Gamma.logGamma(own[1]);
            }
            boolean isInflated =
                    family == CellFamily.ZERO_INFLATED_POISSON || family == CellFamily.ZERO_INFLATED_NEGATIVE_BINOMIAL;
            constants[i] += isInflated ? StrictMath.log1p(-own[own.length - 1]) : 0;
        }
        Value powers = g.multiply(x, g.constant(logMeans, 1, k));
        Value sum =
                g.subtract(g.add(powers, g.constant(constants, 1, k)), Functions.logGamma(g, g.add(x, g.scalar(1.0))));
        if (isPoisson) {
            return sum;
        }
        Value rising = g.subtract(
                Functions.logGamma(g, g.add(x, g.constant(sizes, 1, k))), g.multiply(x, g.constant(logSums, 1, k)));
        return g.add(sum, rising);
    }

    private Value student(Graph g, int place, Value x) {
        DMatrixRMaj parameters = mixture.student().get(place);
        double[] locations = new double[k];
        double[] scales = new double[k];
        double[] constants = new double[k];
        double[] powers = new double[k];
        for (int i = 0; i < k; i++) {
            double scale = parameters.get(i, StudentCells.SCALE);
            double degrees = parameters.get(i, StudentCells.DEGREES);
            locations[i] = parameters.get(i, StudentCells.LOCATION);
            scales[i] = degrees * scale;
            constants[i] = StudentCells.constant(scale, degrees);
            powers[i] = -0.5 * (degrees + 1);
        }
        Value y = g.subtract(x, g.constant(locations, 1, k));
        Value ratio = g.divide(g.square(y), g.constant(scales, 1, k));
        return g.add(g.constant(constants, 1, k), g.multiply(g.constant(powers, 1, k), Functions.logOnePlus(g, ratio)));
    }
}
