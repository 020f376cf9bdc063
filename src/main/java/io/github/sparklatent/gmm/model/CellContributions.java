package io.github.sparklatent.gmm.model;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Says which cells make a row unlikely: −log p(x_j | all other observed cells of the row), and the
 * distribution of each cell given the others.
 *
 * <pre>
 *   P_k = Σ_k⁻¹,   e_kj = (P_k (x − μ_k))_j / P_kjj,   v_kj = 1 / P_kjj
 *   p(x_j | x_rest, k) = N(x_j; x_j − e_kj, v_kj)
 *   log π_k p(x_rest | k) = log π_k p(x | k) − log p(x_j | x_rest, k)
 *   log p(x_j | x_rest)   = log Σ_k π_k p(x | k) − log Σ_k π_k p(x_rest | k)
 * </pre>
 *
 * So the terms of all columns cost one product of the rows by P_k for each component (Bishop 2006,
 * eq. 2.73 and 2.96). Columns that are missing in a row are left out of Σ_k.
 *
 * <p>Holds 2 k n d numbers for a block of n rows, so blocks should be small. One thread only.
 */
public final class CellContributions {
    private static final double LOG_TWO_PI = StrictMath.log(2 * Math.PI);

    private final Mixture mixture;
    private final BlockDensities densities;
    private final List<ComponentPrecision> complete;
    private final Products products = new Products();
    private final DMatrixRMaj joint = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj product = new DMatrixRMaj(0, 0);
    private DMatrixRMaj rows;

    /** e_kj of each row, k blocks of n × d; NaN where a cell is missing. */
    private double[] residuals = new double[0];

    /** v_kj of each row, in the same order. */
    private double[] variances = new double[0];

    /**
     * Prepares the precisions of complete rows.
     *
     * @throws IllegalArgumentException if a covariance is not positive definite
     */
    public CellContributions(Mixture mixture) {
        this.mixture = mixture;
        this.densities = MixtureFactors.of(mixture).densities();
        this.complete = precisions(IntStream.range(0, mixture.dimension()).toArray());
    }

    private List<ComponentPrecision> precisions(int[] columns) {
        boolean tied = mixture.type() == CovarianceType.TIED;
        ComponentPrecision first = ComponentPrecision.of(mixture, 0, columns);
        return IntStream.range(0, mixture.components())
                .mapToObj(k -> k == 0 || tied ? first : ComponentPrecision.of(mixture, k, columns))
                .toList();
    }

    /**
     * Evaluates some rows.
     *
     * @param block n × d, NaN where a value is missing. Kept until the next call, not copied.
     */
    public void evaluate(DMatrixRMaj block) {
        rows = block;
        Block packed = Block.of(block);
        densities.apply(packed, joint);
        int length = mixture.components() * block.getNumElements();
        if (residuals.length < length) {
            residuals = new double[length];
            variances = new double[length];
        }
        Arrays.fill(residuals, 0, length, Double.NaN);
        Arrays.fill(variances, 0, length, Double.NaN);
        int[] all = IntStream.range(0, block.numCols).toArray();
        if (packed.isComplete()) {
            terms(IntStream.range(0, block.numRows).toArray(), all, complete);
            return;
        }
        MissingCells missing = packed.missing();
        terms(missing.completeRows(), all, complete);
        for (int pattern = 0; pattern < missing.patterns(); pattern++) {
            int[] absent = missing.columns(pattern);
            int[] observed =
                    Arrays.stream(all)
                            .filter(j -> Arrays.stream(absent).noneMatch(i -> i == j))
                            .toArray();
            if (observed.length > 0) {
                int[] some =
                        Arrays.copyOfRange(
                                missing.incompleteRows(),
                                missing.start(pattern),
                                missing.end(pattern));
                terms(some, observed, precisions(observed));
            }
        }
    }

    /** Computes e and v of rows whose observed columns are the same. */
    private void terms(int[] some, int[] columns, List<ComponentPrecision> precisions) {
        centred.reshape(some.length, columns.length);
        for (int k = 0; k < precisions.size() && some.length > 0; k++) {
            for (int i = 0; i < some.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    centred.unsafe_set(
                            i,
                            j,
                            rows.get(some[i], columns[j]) - mixture.means().get(k, columns[j]));
                }
            }
            ComponentPrecision precision = precisions.get(k);
            precision.multiply(centred, products, product);
            for (int i = 0; i < some.length; i++) {
                for (int j = 0; j < columns.length; j++) {
                    int at = at(k, some[i], columns[j]);
                    variances[at] = 1 / precision.diagonal(j);
                    residuals[at] = product.unsafe_get(i, j) * variances[at];
                }
            }
        }
    }

    private int at(int component, int row, int column) {
        return (component * rows.numRows + row) * rows.numCols + column;
    }

    /** Returns log p(x_j | x_rest, k), in nats. */
    private double logDensity(int component, int row, int column) {
        int at = at(component, row, column);
        double squared = residuals[at] * residuals[at] / variances[at];
        return -0.5 * (LOG_TWO_PI + StrictMath.log(variances[at]) + squared);
    }

    /**
     * Returns −log p(x_j | x_rest) of a cell, in nats: the greater, the less the cell fits the
     * others. NaN if the cell is missing, or if the row is so far from all components that its
     * density underflows.
     */
    public double contribution(int row, int column) {
        double[] rest = logDensitiesOfRest(row, column);
        double[] whole = new double[rest.length];
        Arrays.setAll(whole, k -> joint.get(k, row));
        return logSumExp(rest) - logSumExp(whole);
    }

    /** Returns log π_k p(x_rest | k), k numbers. */
    private double[] logDensitiesOfRest(int row, int column) {
        double[] rest = new double[mixture.components()];
        Arrays.setAll(rest, k -> joint.get(k, row) - logDensity(k, row, column));
        return rest;
    }

    /**
     * Returns the distribution of an observed cell given the other observed cells of its row. A
     * component counts with p(k | x_rest).
     */
    public ConditionalCell cell(int row, int column) {
        double[] weights = logDensitiesOfRest(row, column);
        double[] means = new double[weights.length];
        double[] spread = new double[weights.length];
        double sum = logSumExp(weights);
        for (int k = 0; k < weights.length; k++) {
            int at = at(k, row, column);
            weights[k] = StrictMath.exp(weights[k] - sum);
            means[k] = rows.get(row, column) - residuals[at];
            spread[k] = variances[at];
        }
        return new ConditionalCell(weights, means, spread);
    }

    private static double logSumExp(double[] terms) {
        double greatest = Arrays.stream(terms).max().orElseThrow();
        double sum = 0;
        for (double term : terms) {
            sum += StrictMath.exp(term - greatest);
        }
        return greatest + StrictMath.log(sum);
    }
}
