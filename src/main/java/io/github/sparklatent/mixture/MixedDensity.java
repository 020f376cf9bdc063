package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.gaussian.BlockDensities;
import io.github.sparklatent.mixture.gaussian.MixtureFactors;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A mixture ready to compute densities. The driver prepares it once a round and sends it to the workers. Each discrete
 * column has a table of log densities, k × levels.
 */
public final class MixedDensity implements Responsibilities {
    /** Bytes of the objects that hold the numbers. */
    private static final long OBJECT_BYTES = 1024;

    private final MixedMixture mixture;
    private final MixtureFactors gaussian;
    private final double[] logWeights;
    private final List<DMatrixRMaj> tables;

    private transient volatile CellCumulants cumulants;

    /** Prepares a mixture on all cores. For the driver, while all workers wait for it. */
    public MixedDensity(MixedMixture mixture) {
        this(mixture, MixtureFactors::inParallel, logs(mixture.weights()));
    }

    /** Prepares a mixture with other log weights, which need not be those of numbers of sum 1; else as above. */
    public MixedDensity(MixedMixture mixture, double[] logWeights) {
        this(mixture, numbers -> MixtureFactors.inParallel(numbers, logWeights), logWeights);
    }

    /** Prepares a mixture on one core. For a task. */
    public static MixedDensity inTask(MixedMixture mixture) {
        return new MixedDensity(mixture, MixtureFactors::of, logs(mixture.weights()));
    }

    private MixedDensity(
            MixedMixture mixture, Function<MixtureParameters, MixtureFactors> factors, double[] logWeights) {
        this.mixture = mixture;
        this.gaussian = mixture.gaussian() == null ? null : factors.apply(mixture.gaussian());
        this.logWeights = logWeights;
        this.tables = new ArrayList<>();
        int[] discrete = mixture.columns().discrete();
        for (int t = 0; t < discrete.length; t++) {
            tables.add(
                    table(mixture.columns().get(discrete[t]), mixture.discrete().get(t)));
        }
    }

    private static double[] logs(double[] weights) {
        return Arrays.stream(weights).map(StrictMath::log).toArray();
    }

    private static DMatrixRMaj table(MixedColumns.Column column, DMatrixRMaj parameters) {
        DMatrixRMaj table = new DMatrixRMaj(parameters.numRows, column.levels());
        for (int k = 0; k < table.numRows; k++) {
            double[] ofComponent = Rows.row(parameters, k);
            double[] levels = DiscreteCells.logDensities(column.family(), ofComponent, table.numCols);
            for (int x = 0; x < levels.length; x++) {
                double width = column.bins() == null ? 0 : column.bins().logDensity(x);
                table.set(k, x, width + levels[x]);
            }
        }
        return table;
    }

    public MixedMixture mixture() {
        return mixture;
    }

    /**
     * Returns the approximate number of bytes in memory besides the mixture. The tables of counts and categories with
     * many levels are the largest part.
     */
    public long bytes() {
        long numbers = tables.stream().mapToLong(DMatrixRMaj::getNumElements).sum();
        if (mixture.gaussian() != null) { // the factors have the shapes of the covariances
            numbers += mixture.gaussian().means().getNumElements();
            for (DMatrixRMaj covariance : mixture.gaussian().covariances()) {
                numbers += covariance.getNumElements();
            }
        }
        return OBJECT_BYTES + Double.BYTES * numbers;
    }

    /** Returns the cumulants of the cells, which the tasks of a process share. */
    CellCumulants cumulants() {
        if (cumulants == null) {
            cumulants = new CellCumulants(this);
        }
        return cumulants;
    }

    /** Returns the factors of the Gaussian columns, or null if there are none. */
    public MixtureFactors gaussian() {
        return gaussian;
    }

    /** Returns log π_k of a component. */
    double logWeight(int component) {
        return logWeights[component];
    }

    /** Returns the log densities of the levels of a discrete column, k × levels. Not to be modified. */
    DMatrixRMaj table(int table) {
        return tables.get(table);
    }

    public int components() {
        return mixture.components();
    }

    @Override
    public Assigner assigner() {
        return rows();
    }

    @Override
    public Assigner assigner(EvaluatedRows rows) {
        return rows;
    }

    /**
     * Returns log p(x) of each row, in nats.
     *
     * @param rows n × d; a missing cell is NaN. Not modified.
     */
    public double[] logDensities(DMatrixRMaj rows) {
        double[] logDensities = new double[rows.numRows];
        assigner().assign(Block.of(rows), new DMatrixRMaj(0, 0), logDensities);
        return logDensities;
    }

    /** Returns the buffers of one task. */
    public EvaluatedRows rows() {
        return new EvaluatedRows();
    }

    /** The rows of one block under each component. Holds buffers; used by one thread. */
    public final class EvaluatedRows implements Assigner {
        private final BlockDensities densities = gaussian == null ? null : gaussian.densities();
        private final int[] discrete = mixture.columns().discrete();
        private final int[] student = mixture.columns().student();
        private final int[][] codes = new int[discrete.length][0];

        private final DistinctValues[] studentValues =
                Stream.generate(DistinctValues::new).limit(student.length).toArray(DistinctValues[]::new);

        /** log(1 + δ² / ν) of the values of each t distribution, k × values. */
        private final double[][] studentLogs = new double[student.length][0];

        private double[] studentDensities = new double[0];

        /** Log densities of the levels in one component, then 0 and −∞; see {@link #encode}. */
        private final double[][] levelDensities = new double[discrete.length][];

        private Block block;
        private Block numbers;

        EvaluatedRows() {
            for (int t = 0; t < discrete.length; t++) {
                int levels = tables.get(t).numCols;
                levelDensities[t] = new double[levels + 2];
                levelDensities[t][levels + 1] = Double.NEGATIVE_INFINITY;
            }
        }

        @Override
        public void assign(Block rows, DMatrixRMaj responsibilities, double[] logLikelihoods) {
            load(rows);
            joint(responsibilities);
            LogSumExp.normalizeColumns(responsibilities, logLikelihoods);
        }

        /** Reads a block, which the other methods then refer to. */
        void load(Block rows) {
            block = rows;
            numbers = gaussian == null ? null : mixture.columns().gaussian(rows);
            for (int t = 0; t < discrete.length; t++) {
                if (codes[t].length < rows.size()) {
                    codes[t] = new int[rows.size()];
                }
                encode(discrete[t], codes[t]);
            }
            for (int t = 0; t < student.length; t++) {
                studentValues[t].load(rows, student[t]);
            }
        }

        /** Writes the place in the table of each cell; see {@link MixedColumns.Column#code}. */
        private void encode(int number, int[] to) {
            MixedColumns.Column column = mixture.columns().get(number);
            int d = block.width();
            double[] x = block.rows().data;
            for (int i = 0; i < block.size(); i++) {
                to[i] = column.code(x[i * d + number]);
            }
        }

        /** Returns the Gaussian columns of the block, or null if there are none. */
        public Block numbers() {
            return numbers;
        }

        /** Returns the densities of the Gaussian columns, or null if there are none. */
        public BlockDensities densities() {
            return densities;
        }

        /** Returns the values of a column with a t distribution. */
        public DistinctValues studentValues(int t) {
            return studentValues[t];
        }

        /** Returns log(1 + δ² / ν) of the values of a t distribution, k × values, after {@link #joint}. */
        public double[] studentLogs(int t) {
            return studentLogs[t];
        }

        /** Returns the place of each cell of a discrete column in its table. */
        public int[] codes(int table) {
            return codes[table];
        }

        /**
         * Writes out_kn = log π_k + log p(x_n | k), in nats.
         *
         * @param out k × n; its shape is set. Modified.
         */
        void joint(DMatrixRMaj out) {
            int n = block.size();
            if (densities != null) {
                densities.apply(numbers, out);
            } else {
                out.reshape(logWeights.length, n);
                for (int k = 0; k < logWeights.length; k++) {
                    Arrays.fill(out.data, k * n, (k + 1) * n, logWeights[k]);
                }
            }
            if (mixture.chains() != null) {
                addChains(out);
                return;
            }
            for (int k = 0; k < logWeights.length; k++) { // a row of out stays in the cache
                for (int t = 0; t < discrete.length; t++) {
                    addDiscrete(t, k, out);
                }
            }
            for (int t = 0; t < discrete.length; t++) {
                if (mixture.columns().get(discrete[t]).bins() != null) {
                    addTails(t, out);
                } else if (mixture.columns().get(discrete[t]).family().isCount()) {
                    addBeyond(t, out);
                }
            }
            for (int t = 0; t < student.length; t++) {
                addStudent(t, out);
            }
        }

        /** Adds the log densities of chains, which are one component. */
        private void addChains(DMatrixRMaj out) {
            ColumnChains chains = mixture.chains();
            int d = block.width();
            double[] row = new double[d];
            int[] own = new int[d];
            double[] logs = new double[chains.chains().size()];
            for (int i = 0; i < block.size(); i++) {
                System.arraycopy(block.rows().data, i * d, row, 0, d);
                for (int t = 0; t < discrete.length; t++) {
                    own[discrete[t]] = codes[t][i];
                }
                chains.markUnseen(own);
                out.data[i] += chains.logDensity(mixture.columns(), row, own, logs);
            }
        }

        /**
         * Adds the log densities of a discrete column in one component.
         *
         * @param out k × n. Modified.
         */
        private void addDiscrete(int t, int component, DMatrixRMaj out) {
            int n = block.size();
            int levels = tables.get(t).numCols;
            double[] ofComponent = levelDensities[t];
            System.arraycopy(tables.get(t).data, component * levels, ofComponent, 0, levels);
            int[] places = codes[t];
            int from = component * n;
            for (int i = 0; i < n; i++) {
                out.data[from + i] += ofComponent[places[i]];
            }
        }

        /** Adds the log densities of counts that are greater than those of the training rows. */
        private void addBeyond(int t, DMatrixRMaj out) {
            CellFamily family = mixture.columns().get(discrete[t]).family();
            int levels = tables.get(t).numCols;
            for (int i = 0; i < block.size(); i++) {
                double x = block.rows().get(i, discrete[t]);
                if (codes[t][i] == levels && x >= levels) {
                    for (int k = 0; k < out.numRows; k++) {
                        double[] ofComponent = Rows.row(mixture.discrete().get(t), k);
                        out.data[k * out.numCols + i] += DiscreteCells.logDensity(family, ofComponent, x);
                    }
                }
            }
        }

        /** Corrects the log densities of numbers outside the bins of a histogram. */
        private void addTails(int t, DMatrixRMaj out) {
            HistogramBins bins = mixture.columns().get(discrete[t]).bins();
            for (int i = 0; i < block.size(); i++) {
                double x = block.rows().get(i, discrete[t]);
                if (bins.isBeyond(x)) {
                    double more = bins.logDensity(x) - bins.logDensity(codes[t][i]);
                    for (int k = 0; k < out.numRows; k++) {
                        out.data[k * out.numCols + i] += more;
                    }
                }
            }
        }

        /** Adds the log densities of a column with a t distribution. */
        private void addStudent(int t, DMatrixRMaj out) {
            int n = block.size();
            DistinctValues of = studentValues[t];
            int count = of.count();
            int[] places = of.places();
            DMatrixRMaj parameters = mixture.student().get(t);
            if (studentLogs[t].length < parameters.numRows * count) {
                studentLogs[t] = new double[parameters.numRows * count];
            }
            if (studentDensities.length < count) {
                studentDensities = new double[count];
            }
            double[] logs = studentLogs[t];
            for (int k = 0; k < parameters.numRows; k++) {
                double location = parameters.get(k, StudentCells.LOCATION);
                double scale = parameters.get(k, StudentCells.SCALE);
                double degrees = parameters.get(k, StudentCells.DEGREES);
                double constant = StudentCells.constant(scale, degrees);
                double power = -0.5 * (degrees + 1);
                for (int v = 0; v < count; v++) {
                    double y = of.values()[v] - location;
                    double log = StrictMath.log1p(y * y / (degrees * scale));
                    logs[k * count + v] = log;
                    studentDensities[v] = constant + power * log;
                }
                for (int i = 0; i < n; i++) {
                    if (places[i] >= 0) {
                        out.data[k * n + i] += studentDensities[places[i]];
                    }
                }
            }
        }
    }
}
