package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.EmptyComponents;
import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Expectation-maximisation of a mixture of columns of several types. The objective is the mean log posterior density,
 * in nats per row of weight 1: the log-likelihood and the log prior, divided by the weight of all rows. It does not
 * fall, because each M-step maximises it, or takes a step of EM that does not lower it (t distributions). With a
 * regularization above 0, which is added to the variances after the M-step, it may fall by what this costs.
 *
 * <p>A component with less than a thousandth of the weight of an average row is empty. It keeps its distributions and
 * its weight near 0.
 */
final class MixedMixtureEm implements ExpectationMaximization<MixedMixture>, Serializable {
    private static final double MIN_ROWS = 1e-3;

    private final MixedLayout layout;
    private final MixedPrior prior;
    private final MaximizationStep gaussian;

    /** Creates the problem; the regularization is added to each variance of the Gaussian columns. */
    MixedMixtureEm(MixedLayout layout, MixedPrior prior, double regularization) {
        this.layout = layout;
        this.prior = prior;
        this.gaussian = layout.columns().gaussian().length == 0
                ? null
                : new MaximizationStep(layout.gaussian(), regularization, prior.gaussian());
    }

    MixedLayout layout() {
        return layout;
    }

    @Override
    public String description() {
        return "mixture K=%d".formatted(layout.components());
    }

    @Override
    public Expectation expectation(MixedMixture mixture) {
        return new MixedExpectation(new MixedDensity(mixture), layout);
    }

    @Override
    public double objective(MixedMixture mixture, double[] sums) {
        return objective(sums) + prior.logDensity(mixture) / weight(sums);
    }

    @Override
    public Update<MixedMixture> update(MixedMixture mixture, double[] sums, RowBlocks data, int reinitialized) {
        List<String> warnings = new ArrayList<>();
        return new Update<>(maximize(mixture, sums, true, warnings), 0, warnings);
    }

    /**
     * Returns the mixture of the M-step.
     *
     * @param sums centred at {@code mixture}. Not modified.
     * @param own whether the sums are those of an E-step under {@code mixture}, so that they bound the likelihood of t
     *     distributions
     * @param warnings receives a sentence for each empty component and each repair. Modified.
     */
    MixedMixture maximize(MixedMixture mixture, double[] sums, boolean own, List<String> warnings) {
        double[] sizes = layout.gaussian().sizes(sums);
        double least = MIN_ROWS * weight(sums) / Math.max(1, sums[StatisticsLayout.ROWS]);
        boolean[] empty = new boolean[sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            empty[k] = !(sizes[k] >= least);
            if (empty[k]) {
                warnings.add("component " + k + " had no rows left and keeps its distributions");
            }
        }
        MixtureParameters numbers = gaussian == null ? null : numbers(mixture, sums, empty, warnings);
        return new MixedMixture(
                layout.columns(),
                numbers == null ? weights(sizes) : numbers.weights(),
                numbers,
                discrete(mixture, sums, empty),
                student(mixture, sums, own, empty),
                missing(mixture, sums, sizes, empty),
                null);
    }

    private static double[] weights(double[] sizes) {
        double total = Arrays.stream(sizes).sum();
        return Arrays.stream(sizes).map(size -> size / total).toArray();
    }

    private MixtureParameters numbers(MixedMixture mixture, double[] sums, boolean[] empty, List<String> warnings) {
        double[] head = layout.gaussian(sums);
        List<Integer> without =
                IntStream.range(0, empty.length).filter(k -> empty[k]).boxed().toList();
        return without.isEmpty()
                ? gaussian.maximize(head, mixture.gaussian(), warnings)
                : EmptyComponents.fill(gaussian, mixture.gaussian(), head, without, warnings)
                        .at(List.of());
    }

    private List<DMatrixRMaj> discrete(MixedMixture mixture, double[] sums, boolean[] empty) {
        int[] columns = layout.columns().discrete();
        List<DMatrixRMaj> next = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            MixedColumns.Column column = layout.columns().get(columns[t]);
            DMatrixRMaj parameters = mixture.discrete().get(t).copy();
            for (int k = 0; k < empty.length; k++) {
                double[] histogram = prior.with(t, layout.histogram(sums, t, k));
                if (!empty[k] && Arrays.stream(histogram).sum() > 0) {
                    set(parameters, k, DiscreteCells.fit(column, histogram));
                }
            }
            next.add(parameters);
        }
        return next;
    }

    private List<DMatrixRMaj> student(MixedMixture mixture, double[] sums, boolean own, boolean[] empty) {
        int[] columns = layout.columns().student();
        List<DMatrixRMaj> next = new ArrayList<>();
        for (int t = 0; t < columns.length; t++) {
            DMatrixRMaj parameters = mixture.student().get(t).copy();
            double typical = prior.typical(columns[t]);
            for (int k = 0; k < empty.length; k++) {
                double[] some = layout.studentSums(sums, t, k);
                if (!empty[k] && some[0] > 0) {
                    double[] before = MixedMixture.row(parameters, k);
                    set(
                            parameters,
                            k,
                            own
                                    ? StudentCells.fit(some, before, prior.rows(), typical)
                                    : StudentCells.step(some, before, prior.rows(), typical));
                }
            }
            next.add(parameters);
        }
        return next;
    }

    private DMatrixRMaj missing(MixedMixture mixture, double[] sums, double[] sizes, boolean[] empty) {
        DMatrixRMaj shares = mixture.missing().copy();
        for (int k = 0; k < sizes.length; k++) {
            for (int j = 0; j < shares.numCols && !empty[k]; j++) {
                double weight = sums[layout.missing(k) + j] + prior.rows() * prior.missing(j);
                shares.set(k, j, Math.min(1, weight / (sizes[k] + prior.rows())));
            }
        }
        return shares;
    }

    static void set(DMatrixRMaj matrix, int row, double[] values) {
        System.arraycopy(values, 0, matrix.data, row * matrix.numCols, matrix.numCols);
    }
}
