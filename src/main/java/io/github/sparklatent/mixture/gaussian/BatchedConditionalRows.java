package io.github.sparklatent.mixture.gaussian;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.linalg.Products;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Incomplete rows under full or tied components whose covariances are well conditioned. With P = Σ⁻¹, with z = x − μ in
 * which missing values are 0, with g = P z, and with the missing columns m,
 *
 * <pre>
 *   P_mm = L Lᵀ,     v = L⁻¹ g_m,     a = −L⁻ᵀ v      the conditional mean of z_m
 *   zᵀ g − |v|²                                       the squared distance of the observed part
 *   log det Σ_oo = log det Σ + 2 Σ_i log l_ii
 *   P_mm⁻¹                                            the conditional covariance
 * </pre>
 *
 * <p>Source: Ghahramani and Jordan 1994, with the inverse of the partitioned matrix P (Bishop 2006, eq. 2.73 and 2.75),
 * so that matrices of the missing columns are factorised, not of the observed ones. zᵀ g is a sum of terms that are λ
 * times as large as the result, see {@link Centres}.
 *
 * <p>A pattern of missing columns is factorised once in a block ({@link PatternBatch}), whatever the number of its
 * rows. Rows are solved side by side as patterns are factorised. What was computed of a block is kept until the next
 * block, so that the M-step finds the results of the E-step. Rows and factors of all components are kept if they have
 * no more than {@value #MAX_KEPT} numbers each; otherwise they are computed again.
 */
final class BatchedConditionalRows implements ConditionalRows {
    /** Numbers in the rows, and in the factors, of a block that are kept: 16 MiB each. */
    private static final int MAX_KEPT = 1 << 21;

    private final DMatrixRMaj means;
    private final List<DMatrixRMaj> whitenings;
    private final double[] constants;
    private final boolean tied;
    private final DMatrixRMaj[] precisions;
    private final Products products = new Products();
    private final int height;

    /** The incomplete rows with 0 where a value is missing, and 1 where one is observed. */
    private final DMatrixRMaj values = new DMatrixRMaj(0, 0);

    private final DMatrixRMaj observed = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj gradients = new DMatrixRMaj(0, 0);

    /** The patterns of the block, and whether rows and factors of all components are kept. */
    private MissingCells current;

    private boolean keepsRows;
    private boolean keepsFactors;

    /** Results by component; only the first is used if they are not kept. */
    private final Evaluated[] results;

    private Evaluated last;

    /** Factors by precision matrix and batch; only the first is used if they are not kept. */
    private final PatternBatch[][] batches;

    /** Whether the factors of a precision matrix are those of the block. */
    private final boolean[] factorized;

    /** Missing columns of a batch of rows: the i-th of each row, and the first row with one. */
    private int[][] columns = new int[0][];

    private int[] starts = new int[0];

    /** L of a batch of rows, if it is not that of their patterns. */
    private double[][] expanded = new double[0][];

    /** v of a batch of rows, then −a; an array of rows for each missing column. */
    private double[][] solutions = new double[0][];

    private final double[] squares;
    private final int[] lanes;
    private final double[] patternWeights;

    /** The values of the incomplete rows under a component. */
    private static final class Evaluated {
        final DMatrixRMaj centred = new DMatrixRMaj(0, 0);
        double[] logDensities = new double[0];
        double[] peaks = new double[0];

        /** The component, or −1 if nothing is known yet. */
        int component = -1;
    }

    /**
     * Creates the buffers.
     *
     * @param whitenings U of each component, d × d; one and the same matrix if they are tied. Not modified.
     * @param constants log density of each component at its mean, with the logarithm of its weight
     * @param tied whether the components have the same covariance
     */
    BatchedConditionalRows(DMatrixRMaj means, List<DMatrixRMaj> whitenings, double[] constants, boolean tied) {
        this.means = means;
        this.whitenings = whitenings;
        this.constants = constants;
        this.tied = tied;
        this.height = PatternBatch.height(means.numCols);
        this.squares = new double[height];
        this.lanes = new int[height];
        this.patternWeights = new double[height];
        this.precisions = new DMatrixRMaj[tied ? 1 : whitenings.size()];
        this.batches = new PatternBatch[precisions.length][0];
        this.factorized = new boolean[precisions.length];
        this.results = new Evaluated[whitenings.size()];
    }

    private DMatrixRMaj precision(int index) {
        if (precisions[index] == null) {
            DMatrixRMaj whitening = whitenings.get(index);
            precisions[index] = new DMatrixRMaj(whitening.numRows, whitening.numRows);
            products.addOuter(whitening, whitening, precisions[index]);
        }
        return precisions[index];
    }

    @Override
    public void evaluate(Block block, int component, DMatrixRMaj weights, DMatrixRMaj sum) {
        MissingCells missing = block.missing();
        if (missing != current) {
            prepare(block);
        }
        int index = tied ? 0 : component;
        last = result(component);
        boolean evaluates = last.component != component;
        if (evaluates) {
            begin(component, precision(index));
        }
        // The covariances of tied components are the same, so they are added with the first.
        boolean adds = sum != null && !(tied && component > 0);
        for (int first = 0; first < missing.patterns() && (evaluates || adds); first += height) {
            int count = Math.min(height, missing.patterns() - first);
            PatternBatch batch = batch(index, first / height);
            if (!(keepsFactors && factorized[index])) {
                batch.factorize(missing, first, count, precision(index));
            }
            if (evaluates) {
                solve(batch, first, count, component);
            }
            if (adds) {
                weigh(weights, component, first, count);
                batch.addCovariances(patternWeights, sum);
            }
        }
        factorized[index] = true;
        last.component = component;
    }

    private void prepare(Block block) {
        current = block.missing();
        int[] rows = current.incompleteRows();
        int d = means.numCols;
        observe(block.rows(), rows);
        gradients.reshape(rows.length, d);
        long ofRows = (long) results.length * rows.length * d;
        long ofFactors = 0;
        int patterns = current.patterns();
        for (int first = 0; first < patterns; first += height) {
            int end = Math.min(first + height, patterns);
            int most = current.columns(end - 1).length;
            ofFactors += (long) precisions.length * PatternBatch.triangle(most) * height;
        }
        keepsRows = ofRows <= MAX_KEPT;
        keepsFactors = ofFactors <= MAX_KEPT;
        Arrays.fill(factorized, false);
        for (Evaluated result : results) {
            if (result != null) {
                result.component = -1;
            }
        }
    }

    private void observe(DMatrixRMaj x, int[] rows) {
        int d = x.numCols;
        values.reshape(rows.length, d);
        observed.reshape(rows.length, d);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                double value = x.data[rows[i] * d + j];
                boolean isMissing = Double.isNaN(value);
                values.data[i * d + j] = isMissing ? 0 : value;
                observed.data[i * d + j] = isMissing ? 0 : 1;
            }
        }
    }

    private Evaluated result(int component) {
        int index = keepsRows ? component : 0;
        if (results[index] == null) {
            results[index] = new Evaluated();
        }
        return results[index];
    }

    private PatternBatch batch(int index, int number) {
        int precision = keepsFactors ? index : 0;
        int place = keepsFactors ? number : 0;
        PatternBatch[] own = batches[precision];
        if (own.length <= place) {
            batches[precision] = Arrays.copyOf(own, place + 1);
        }
        if (batches[precision][place] == null) {
            batches[precision][place] = new PatternBatch(height);
        }
        return batches[precision][place];
    }

    /** Computes z and g of all rows. */
    private void begin(int component, DMatrixRMaj precision) {
        DMatrixRMaj centred = last.centred;
        int d = means.numCols;
        centred.reshape(values.numRows, d);
        for (int from = 0; from < values.getNumElements(); from += d) {
            for (int j = 0; j < d; j++) {
                double difference = values.data[from + j] - means.data[component * d + j];
                centred.data[from + j] = observed.data[from + j] * difference;
            }
        }
        if (last.logDensities.length < values.numRows) {
            last.logDensities = new double[values.numRows];
            last.peaks = new double[values.numRows];
        }
        gradients.zero();
        products.addProduct(centred, precision, gradients);
    }

    /** Sums the weights of the rows of each pattern, over all components if they are tied. */
    private void weigh(DMatrixRMaj weights, int component, int first, int count) {
        int[] rows = current.incompleteRows();
        int from = tied ? 0 : component;
        int to = tied ? weights.numRows : component + 1;
        for (int lane = 0; lane < count; lane++) {
            double sum = 0;
            for (int i = current.start(first + lane); i < current.end(first + lane); i++) {
                for (int k = from; k < to; k++) {
                    sum += weights.get(k, rows[i]);
                }
            }
            patternWeights[lane] = sum;
        }
    }

    /** Computes log densities and conditional means of the rows of some patterns. */
    private void solve(PatternBatch batch, int firstPattern, int count, int component) {
        int end = current.end(firstPattern + count - 1);
        for (int first = current.start(firstPattern); first < end; first += height) {
            int size = Math.min(height, end - first);
            int p = current.columnsOf(first + size - 1).length;
            index(first, size, p, firstPattern);
            solve(factors(batch, size, p), first, size, p);
            for (int lane = 0; lane < size; lane++) {
                int place = first + lane;
                double distance = Rows.product(last.centred, gradients, place) - squares[lane];
                last.peaks[place] = constants[component]
                        + 0.5 * current.columnsOf(place).length * MixtureFactors.LOG_TWO_PI
                        - batch.logDeterminant(lanes[lane]);
                last.logDensities[place] = last.peaks[place] - 0.5 * distance;
            }
            complete(first, size, p);
        }
    }

    /** Copies the missing columns of a batch of rows, and finds their patterns. */
    private void index(int first, int size, int p, int firstPattern) {
        if (columns.length < p) {
            columns = new int[p][height];
            starts = new int[p];
        }
        solutions = PatternBatch.grown(solutions, p, height);
        Arrays.fill(starts, 0, p, 0);
        for (int lane = 0; lane < size; lane++) {
            int pattern = current.pattern(first + lane);
            lanes[lane] = pattern - firstPattern;
            int[] own = current.columns(pattern);
            for (int i = 0; i < own.length; i++) {
                columns[i][lane] = own[i];
            }
            for (int i = own.length; i < p; i++) {
                starts[i] = lane + 1;
            }
        }
    }

    /** Returns L of each row of a batch. */
    private double[][] factors(PatternBatch batch, int size, int p) {
        if (lanes[0] == 0 && lanes[size - 1] == size - 1) {
            return batch.factors();
        }
        int count = PatternBatch.triangle(p);
        expanded = PatternBatch.grown(expanded, count, height);
        for (int at = 0; at < count; at++) {
            double[] ofPatterns = batch.factors()[at];
            double[] ofRows = expanded[at];
            for (int lane = 0; lane < size; lane++) {
                ofRows[lane] = ofPatterns[lanes[lane]];
            }
        }
        return expanded;
    }

    /** Computes |v|² and −a of a batch of rows. */
    private void solve(double[][] l, int first, int size, int p) {
        int d = means.numCols;
        for (int i = 0; i < p; i++) {
            Arrays.fill(solutions[i], 0, starts[i], 0);
            for (int lane = starts[i]; lane < size; lane++) {
                solutions[i][lane] = gradients.data[(first + lane) * d + columns[i][lane]];
            }
        }
        Arrays.fill(squares, 0, size, 0);
        for (int i = 0; i < p; i++) {
            int row = PatternBatch.triangle(i);
            for (int t = 0; t < i; t++) {
                PatternBatch.subtract(l[row + t], solutions[t], solutions[i], size);
            }
            PatternBatch.multiply(solutions[i], l[row + i], size);
            PatternBatch.add(solutions[i], solutions[i], squares, size);
        }
        for (int i = p - 1; i >= 0; i--) {
            for (int t = i + 1; t < p; t++) {
                PatternBatch.subtract(l[PatternBatch.triangle(t) + i], solutions[t], solutions[i], size);
            }
            PatternBatch.multiply(solutions[i], l[PatternBatch.triangle(i) + i], size);
        }
    }

    /** Writes the conditional means into z. */
    private void complete(int first, int size, int p) {
        int d = means.numCols;
        for (int i = 0; i < p; i++) {
            for (int lane = starts[i]; lane < size; lane++) {
                last.centred.data[(first + lane) * d + columns[i][lane]] = -solutions[i][lane];
            }
        }
    }

    @Override
    public double logDensity(int place) {
        return last.logDensities[place];
    }

    @Override
    public double peak(int place) {
        return last.peaks[place];
    }

    @Override
    public DMatrixRMaj centred() {
        return last.centred;
    }
}
