package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.MixtureExpectation;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.FilledRowBlocks;
import io.github.sparklatent.gmm.model.BlockDensities;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.RankedDensities;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.MissingCells;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Expectation-maximisation of a mixture over the rows that it describes best.
 *
 * <pre>
 *   l(θ) = max over sets A of weight (1 − α) Σ w:   Σ_{n in A} w_n log p(x_n | θ) / Σ_{n in A} w_n
 * </pre>
 *
 * The best set under θ holds the rows of greatest density. An E-step finds these rows, and the M-step maximises their
 * likelihood, so no round lowers l (Neykov and Neytchev 1990; for one component these are the concentration steps of
 * Rousseeuw and Van Driessen 1999). As in {@link GaussianMixtureEm}, this is exact for a regularization of 0. The
 * {@code CovariancePrior} keeps components from collapsing, as the bound of eigenvalue ratios does in TCLUST
 * (García-Escudero et al. 2008).
 *
 * <p>An empty component keeps its mean and its weight near 0. The rows at which it could be re-initialised are those
 * that the fit leaves out.
 *
 * <p>If values are missing, {@link RankedDensities} says which rows have the greatest density, and a round can lower l.
 * In l, a missing value counts as one of a Gaussian with the variance of its column over all rows counts on average, −½
 * log(2πe σ²): otherwise a fit would seem better because it keeps rows with fewer values.
 */
public final class TrimmedEm implements ExpectationMaximization<MixtureParameters> {
    private static final double LOG_2_PI_E = StrictMath.log(2 * Math.PI) + 1;

    private final GaussianMixtureEm em;
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
    public TrimmedEm(GaussianMixtureEm em, RowBlocks data, double trim) {
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
    public Expectation expectation(MixtureParameters mixture) {
        MixtureFactors factors = MixtureFactors.inParallel(mixture);
        var threshold = quantile.of(factors, trim, typicalLogDensity(mixture, factors));
        return new MixtureExpectation(
                new KeptRows(new Posterior(factors), threshold, typical()), factors.centres(), em.layout(), factors);
    }

    private double[] typical() {
        if (typical == null) {
            typical = data.isComplete()
                    ? new double[0]
                    : Arrays.stream(FilledRowBlocks.variances(data))
                            .map(variance -> variance > 0 ? variance : 1)
                            .map(variance -> -0.5 * (LOG_2_PI_E + StrictMath.log(variance)))
                            .toArray();
        }
        return typical;
    }

    /** Returns the log density of the mixture near that of a typical row of its first component, in nats. */
    static double typicalLogDensity(MixtureParameters mixture, MixtureFactors factors) {
        MixtureDensity density = new MixtureDensity(factors);
        density.evaluate(CommonOps_DDRM.extractRow(mixture.means(), 0, null));
        return density.logDensity(0) - 0.5 * mixture.dimension();
    }

    /** Returns l, and the log prior of the covariances per row that is kept. */
    @Override
    public double objective(MixtureParameters mixture, double[] sums) {
        return em.objective(mixture, sums) * (sums[StatisticsLayout.WEIGHT] / weight(sums));
    }

    @Override
    public double weight(double[] sums) {
        return Arrays.stream(em.layout().sizes(sums)).sum();
    }

    @Override
    public Update<MixtureParameters> update(
            MixtureParameters mixture, double[] sums, RowBlocks rows, int reinitialized) {
        return em.lastUpdate(mixture, sums, rows, reinitialized);
    }

    /**
     * The posterior of selected rows. The other rows have no responsibilities and a log-likelihood of 0, so that they
     * add nothing to any sum but the total weight.
     *
     * @param posterior posterior of all rows
     * @param threshold lowest density of the rows that are kept
     * @param typical what a missing value of each column adds to the log-likelihood of its row, d numbers; empty:
     *     nothing. Not to be modified.
     */
    private record KeptRows(Posterior posterior, DensityQuantile.DensityThreshold threshold, double[] typical)
            implements Responsibilities {
        @Override
        public int components() {
            return posterior.components();
        }

        @Override
        public Assigner assigner() {
            return assigner(posterior.factors().densities());
        }

        @Override
        public Assigner assigner(BlockDensities densities) {
            Assigner all = posterior.assigner(densities);
            RankedDensities ranked = new RankedDensities(posterior.factors(), densities);
            return (block, responsibilities, logLikelihoods) -> {
                all.assign(block, responsibilities, logLikelihoods);
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
