package io.github.sparklatent.mixture.stochastic;

import io.github.sparklatent.learn.em.Coordinates;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits a mixture in traversals in which each task improves its copy after every batch of its rows. The driver averages
 * the copies after a traversal.
 *
 * <p>The objective of such a traversal is the mean log-likelihood of each batch under the mixture before it. When it
 * changes by less than the tolerance, or when the falling steps of stepwise EM add up to less than two rounds of EM,
 * the tasks no longer improve the mixture. Stepwise EM then continues with rounds of EM, which converge without the
 * noise of batches; gradient ascent ends with an evaluation of its mixture. The first rounds of EM gain what that noise
 * has cost, and this gain falls fast. So their changes look like those of a fit that has converged, and the stopping
 * rule must hold in three successive rounds.
 *
 * <p>The rows of a task must come in random order. With another number of partitions the result differs, because there
 * are other batches.
 *
 * @param continued whether rounds of EM follow
 */
public record LocalFit(
        MixtureEm em, LocalRule rule, double weight, double tolerance, StochasticOptions options, boolean continued)
        implements ExpectationMaximization<LocalModel> {
    /** Sum of the steps of a traversal below which rounds of EM are better: they have no noise. */
    private static final double MIN_MOVE = 2;

    /**
     * Successive rounds of EM in which the stopping rule must hold. Of the 20 fits that
     * {@code StochasticFitTest#stepwiseEmKeepsItsGain} was chosen from, 15 ended within the tolerance of their maximum;
     * 11 with 2 rounds, 16 with 4.
     */
    private static final int CONFIRMING = 3;

    /**
     * Returns the fit by stepwise EM. Its rounds of EM are accelerated: the batches have left only what EM itself gains
     * slowly.
     *
     * @param em the same problem in EM; its covariances are not factored
     * @param weight total weight of the rows
     * @param rows number of rows
     * @param tolerance change of the objective below which tasks no longer improve the mixture, in nats per row
     */
    public static LocalFit stepwise(
            MixtureEm em, double weight, double rows, double tolerance, StochasticOptions options) {
        LocalRule rule = new LocalRule.StepwiseRule(em, weight, rows);
        return new LocalFit(em.withAcceleration(true), rule, weight, tolerance, options, true);
    }

    /** Returns the fit of Gaussian columns by gradient ascent; arguments as in {@link #stepwise}. */
    public static LocalFit gradient(MixtureEm em, double weight, double tolerance, StochasticOptions options) {
        LocalRule rule = new LocalRule.GradientRule(em, options.learningRate());
        return new LocalFit(em, rule, weight, tolerance, options, false);
    }

    /** Returns the state before the first traversal. */
    public static LocalModel start(MixedMixture mixture) {
        return new LocalModel(mixture, LocalModel.Progress.START);
    }

    @Override
    public String description() {
        return (continued ? "stepwise " : "gradient ") + em.description();
    }

    @Override
    public Traversal traversal(LocalModel model) {
        return model.progress() != null ? Traversal.IMPROVES : continued ? Traversal.EVALUATES : Traversal.ENDS;
    }

    @Override
    public int confirmingRounds() {
        return continued ? CONFIRMING : 1;
    }

    @Override
    public Optional<Coordinates<LocalModel>> coordinates(LocalModel reference) {
        return em.coordinates(reference.mixture()).map(OfMixture::new);
    }

    /** Coordinates of the mixture of a model that no traversal improves. */
    private record OfMixture(Coordinates<MixedMixture> coordinates) implements Coordinates<LocalModel> {
        @Override
        public double[] of(LocalModel model) {
            return coordinates.of(model.mixture());
        }

        @Override
        public Optional<LocalModel> at(double[] point, LocalModel plain) {
            return coordinates.at(point, plain.mixture()).map(LocalFit::evaluated);
        }
    }

    @Override
    public Expectation expectation(LocalModel model) {
        return model.progress() == null
                ? em.expectation(model.mixture())
                : new LocalTraversal(em.layout(), rule, options, weight, model);
    }

    @Override
    public double objective(LocalModel model, double[] sums) {
        return em.objective(model.mixture(), sums);
    }

    @Override
    public Update<LocalModel> update(LocalModel model, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        if (model.progress() == null) {
            Update<MixedMixture> update = em.update(model.mixture(), sums, data, reinitialized, last);
            return new Update<>(evaluated(update.model()), update.reinitialized(), update.warnings());
        }
        List<String> warnings = new ArrayList<>();
        LocalModel next = finished(model, sums, warnings);
        double change = next.progress().objective() - model.progress().objective();
        boolean ends = last || Math.abs(change) < tolerance || continued && isSlow(model, next);
        return new Update<>(ends ? evaluated(next.mixture()) : next, 0, warnings);
    }

    /**
     * Returns whether a round of EM, which moves the statistics by a step of 1, moves them about as far as the next
     * traversal would.
     */
    private boolean isSlow(LocalModel before, LocalModel after) {
        double steps = after.progress().steps() - before.progress().steps();
        return steps * options.step(after.progress().steps()) < MIN_MOVE;
    }

    private static LocalModel evaluated(MixedMixture mixture) {
        return new LocalModel(mixture, null);
    }

    /** Returns the model after a traversal. */
    private LocalModel finished(LocalModel model, double[] sums, List<String> warnings) {
        double ofRows = weight(sums);
        double[] average = Arrays.copyOfRange(sums, LocalTraversal.VECTOR, sums.length);
        for (int i = 0; i < average.length; i++) {
            average[i] /= ofRows;
        }
        LocalRule.Finished finished = rule.finished(model.mixture(), average);
        warnings.addAll(finished.warnings());
        return new LocalModel(
                finished.mixture(),
                new LocalModel.Progress(
                        model.progress().steps() + sums[LocalTraversal.STEPS] / ofRows,
                        objective(model, sums),
                        finished.memory()));
    }

    /**
     * A traversal in which each task improves its copy of the mixture after each batch of its rows. The vector of sums
     * begins with the three entries of {@link StatisticsLayout}, where the log-likelihood of a batch is that under the
     * mixture before the batch. Then follow the number of steps and the vector of the rule, both multiplied by the
     * weight of the task's rows.
     *
     * @param layout of the statistics of a batch
     * @param rule how a batch improves the mixture
     * @param options size of the steps
     * @param weight total weight of the rows of all tasks
     * @param model mixture and progress before the traversal
     */
    private record LocalTraversal(
            MixtureLayout layout, LocalRule rule, StochasticOptions options, double weight, LocalModel model)
            implements Expectation {
        /** Index of the number of steps. */
        static final int STEPS = StatisticsLayout.ROWS + 1;

        /** Index of the first entry of the rule's vector. */
        static final int VECTOR = STEPS + 1;

        /** Rows of a batch for each component, so that a step does not follow the noise of a few. */
        private static final int ROWS_PER_COMPONENT = 20;

        /** Rows of a batch for each column and level, so that its statistics take longer than its update. */
        private static final int ROWS_PER_COLUMN = 4;

        @Override
        public int length() {
            return VECTOR + rule.length();
        }

        /** Returns the number of rows after which a batch ends. It ends with a whole block. */
        private int batch() {
            MixedColumns columns = layout.columns();
            int levels = columns.columns().stream()
                    .mapToInt(MixedColumns.Column::levels)
                    .sum();
            return Math.max(ROWS_PER_COMPONENT * layout.components(), ROWS_PER_COLUMN * (columns.size() + levels));
        }

        @Override
        public Accumulator accumulator() {
            return new Steps();
        }

        private final class Steps implements Accumulator {
            private final LocalRule.Improvement improvement =
                    rule.begin(model.mixture(), model.progress().memory());
            private final double[] head = new double[VECTOR];
            private final int batch = batch();
            private Accumulator current = batchUnder(improvement.mixture());
            private int rows;
            private double steps;

            private Accumulator batchUnder(MixedMixture mixture) {
                return MixtureExpectation.under(MixedDensity.inTask(mixture)).accumulator();
            }

            @Override
            public void add(Block block) {
                current.add(block);
                rows += block.size();
                if (rows >= batch) {
                    step(1);
                    current = batchUnder(improvement.mixture());
                    rows = 0;
                }
            }

            /**
             * Takes a step with the rows since the last one.
             *
             * @param share of a whole step: a smaller batch has more noise
             */
            private void step(double share) {
                double[] statistics = current.statistics();
                for (int i = 0; i < StatisticsLayout.SIZES; i++) {
                    head[i] += statistics[i];
                }
                double factor = weight / statistics[StatisticsLayout.WEIGHT];
                for (int i = 0; i < statistics.length; i++) {
                    statistics[i] *= factor;
                }
                improvement.add(
                        statistics, share * options.step(model.progress().steps() + steps));
                steps += share;
            }

            @Override
            public double[] statistics() {
                if (rows > 0) {
                    step(Math.min(1, (double) rows / batch));
                    rows = 0;
                }
                double[] sums = new double[length()];
                System.arraycopy(head, 0, sums, 0, head.length);
                double ofTask = head[StatisticsLayout.WEIGHT];
                sums[STEPS] = ofTask * steps;
                improvement.write(ofTask, sums, VECTOR);
                return sums;
            }
        }
    }
}
