package io.github.sparklatent.mixture.robust;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Expectation-maximisation of a mixture over the rows that it describes best.
 *
 * <pre>
 *   l(θ) = max over sets A of weight (1 − α) Σ w:   Σ_{n in A} w_n log p(x_n | θ) / Σ_{n in A} w_n
 * </pre>
 *
 * The best set under θ holds the rows of greatest density. An E-step finds these rows, and the M-step maximises their
 * likelihood, so no round lowers l (Neykov and Neytchev 1990; for one component these are the concentration steps of
 * Rousseeuw and Van Driessen 1999). As in {@link MixtureEm}, this is exact for a regularization of 0. The
 * {@code CovariancePrior} keeps components from collapsing, as the bound of eigenvalue ratios does in TCLUST
 * (García-Escudero et al. 2008).
 *
 * <p>An empty component keeps its mean and its weight near 0. The rows at which it could be re-initialised are those
 * that the fit leaves out.
 *
 * <p>If values are missing, {@link RankedDensities} says which rows have the greatest density, and a round can lower l.
 * In l, a missing value counts as one of a Gaussian with the variance of its column over all rows counts on average, −½
 * log(2πe σ²), and a missing cell of a discrete column as one of the whole table: otherwise a fit would seem better
 * because it keeps rows with fewer values.
 */
public final class TrimmedEm implements ExpectationMaximization<MixedMixture> {
    private static final double LOG_2_PI_E = StrictMath.log(2 * Math.PI) + 1;

    private final MixtureEm em;
    private final RowBlocks data;
    private final double trim;
    private final DensityQuantile quantile;

    /** Addends of l for a missing value of each column; null until they are needed. */
    private double[] typical;

    /**
     * Creates the problem.
     *
     * @param em updates of the mixture; without acceleration and draws
     * @param data the rows of all rounds
     * @param trim α, share of their weight that each round leaves out
     */
    public TrimmedEm(MixtureEm em, RowBlocks data, double trim) {
        this.em = em;
        this.data = data;
        this.trim = trim;
        this.quantile = new DensityQuantile(data, description() + ", densities of the rows");
    }

    @Override
    public String description() {
        return "trimmed " + em.description();
    }

    /** Finds the rows that are kept under the mixture, and returns the E-step over them. */
    @Override
    public Expectation expectation(MixedMixture mixture) {
        MixedDensity density = new MixedDensity(mixture);
        var threshold = quantile.of(density, trim, typicalLogDensity(density));
        return MixtureExpectation.under(density, new KeptRows(density, threshold, typical()));
    }

    private double[] typical() {
        if (typical == null && data.isComplete()) {
            typical = new double[0];
        }
        if (typical == null) {
            typical = ColumnMoments.variances(data, ColumnMoments.means(data));
            Arrays.setAll(typical, j -> -0.5 * (LOG_2_PI_E + StrictMath.log(typical[j] > 0 ? typical[j] : 1)));
            int[] discrete = em.layout().columns().discrete();
            for (int t = 0; t < discrete.length; t++) {
                typical[discrete[t]] = em.prior().totals().meanLogDensity(t);
            }
        }
        return typical;
    }

    /**
     * Returns the log density of the mixture near that of a row which is typical of its first component in the Gaussian
     * columns and has no others, in nats.
     */
    static double typicalLogDensity(MixedDensity density) {
        MixedMixture mixture = density.mixture();
        int[] gaussian = mixture.columns().gaussian();
        DMatrixRMaj row = new DMatrixRMaj(1, mixture.columns().size());
        row.fill(Double.NaN);
        for (int j = 0; j < gaussian.length; j++) {
            row.data[gaussian[j]] = mixture.gaussian().means().get(0, j);
        }
        return density.logDensities(row)[0] - 0.5 * gaussian.length;
    }

    /** Returns l, and the log prior of the covariances per row that is kept. */
    @Override
    public double objective(MixedMixture mixture, double[] sums) {
        return em.objective(mixture, sums) * (sums[StatisticsLayout.WEIGHT] / weight(sums));
    }

    @Override
    public double weight(double[] sums) {
        return Arrays.stream(em.layout().gaussian().sizes(sums)).sum();
    }

    @Override
    public Update<MixedMixture> update(
            MixedMixture mixture, double[] sums, RowBlocks rows, int reinitialized, boolean last) {
        return em.update(mixture, sums, rows, reinitialized, true);
    }

    /**
     * The posterior of selected rows. The other rows have no responsibilities and a log-likelihood of 0, so that they
     * add nothing to any sum but the total weight.
     *
     * @param posterior of all rows
     * @param threshold lowest density of the rows that are kept
     * @param typical what a missing value of each column adds to the log-likelihood of its row, d numbers; empty:
     *     nothing. Not to be modified.
     */
    private record KeptRows(MixedDensity posterior, DensityQuantile.DensityThreshold threshold, double[] typical)
            implements Responsibilities {
        @Override
        public Assigner assigner() {
            return assigner(posterior.rows());
        }

        @Override
        public Assigner assigner(MixedDensity.EvaluatedRows rows) {
            RankedDensities ranked = new RankedDensities(posterior, rows);
            return (block, responsibilities, logLikelihoods) -> {
                rows.assign(block, responsibilities, logLikelihoods);
                double[] ranks = ranked.of(block, logLikelihoods);
                if (typical.length > 0 && !block.isComplete()) {
                    addTypical(block.missing(), logLikelihoods);
                }
                leaveOut(block, ranks, responsibilities, logLikelihoods);
            };
        }

        private void leaveOut(Block block, double[] ranks, DMatrixRMaj responsibilities, double[] logLikelihoods) {
            int n = block.size();
            for (int i = 0; i < n; i++) {
                if (!threshold.keeps(ranks[i])) {
                    logLikelihoods[i] = 0;
                    for (int k = 0; k < responsibilities.numRows; k++) {
                        responsibilities.data[k * n + i] = 0;
                    }
                }
            }
        }

        private void addTypical(MissingCells missing, double[] logLikelihoods) {
            int[] rows = missing.incompleteRows();
            for (int place = 0; place < rows.length; place++) {
                for (int j : missing.columnsOf(place)) {
                    logLikelihoods[rows[place]] += typical[j];
                }
            }
        }
    }
}
