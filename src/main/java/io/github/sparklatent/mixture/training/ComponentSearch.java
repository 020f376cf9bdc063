package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.Responsibilities;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * Fits a mixture for each number of components and each restart, and keeps the best.
 *
 * <p>The objective of the fits chooses among the restarts with one number of components. The criterion then chooses
 * among the numbers, each of which has one fit left. Comparing a restart with the best fit of another number before all
 * restarts have ended would let the criterion choose among restarts.
 *
 * @param holdout held-out rows, or null
 * @param size number and weight of the training rows
 */
record ComponentSearch(
        RowBlocks holdout, SampleSize size, MixtureFits fits, MixtureOptions options, SearchListener listener) {
    /** Least gap in nats and in standard errors, and most rows of each parameter, at which a fit is an overfit. */
    private static final double MIN_GAP = 1;

    private static final double ERRORS = 2;
    private static final double ROWS_PER_PARAMETER = 10;

    private static final String ADVICE =
            "use fewer components or several numbers of them to choose from, a stronger prior or more rows";

    /** Most components by {@link Criterion#ROWS}. */
    static final int MOST = 500;

    /** Least rows of a component by {@link Criterion#ROWS}, if all rows are normal. */
    private static final int ROWS_EACH = 5;

    /** Returns the numbers of components to try; by {@link Criterion#ROWS} the greatest one that is possible. */
    private ComponentNumbers numbers() {
        if (options.criterion() != Criterion.ROWS) {
            return new ComponentNumbers(options.components());
        }
        int most = (int)
                Math.max(1, Math.min(MOST, size.rows() / (options.robust().novelty() ? ROWS_EACH : 2 * ROWS_EACH)));
        while (most > 1 && !fits.isPossible(most)) {
            most /= 2;
        }
        return new ComponentNumbers(List.of(most));
    }

    /**
     * Runs all fits from a state of the training.
     *
     * @throws io.github.sparklatent.learn.DataException if the data has fewer distinct rows than components
     */
    public TrainingResult fit(SearchState from) {
        List<Candidate> done = new ArrayList<>(from.done());
        MixtureFit best = from.best();
        MixtureFit leader = from.leader();
        EmState<MixtureState> current = from.current();
        ComponentNumbers numbers = numbers();
        if (done.isEmpty() && current == null) {
            fits.requireRows(numbers.isSearch() ? 1 : Collections.max(numbers.offered()));
        }
        OptionalInt components = next(numbers, done);
        while (components.isPresent() && (done.isEmpty() || !listener.isOver())) {
            int k = components.getAsInt();
            int restart = done.size() % options.restarts();
            EmState<MixtureState> start = current != null ? current : EmState.start(fits.start(k, restart));
            current = null;
            MixtureFit fit = fits.fit(k, restart, start, new SearchState(done, best, leader, null));
            done.add(fit.metrics());
            leader = better(fit, leader, Candidate::costOfRestart);
            if (done.size() % options.restarts() == 0) {
                best = better(leader, best, options.criterion()::cost);
                leader = null;
            }
            components = next(numbers, done);
        }
        MixtureFit chosen = leader == null ? best : better(leader, best, options.criterion()::cost);
        return new TrainingResult(chosen, List.copyOf(done), size, overfit(chosen));
    }

    /** Returns the number of components of the next fit; empty if all fits have been made. */
    private OptionalInt next(ComponentNumbers numbers, List<Candidate> done) {
        List<Candidate> kept = new ArrayList<>();
        int restarts = options.restarts();
        for (int from = 0; from + restarts <= done.size(); from += restarts) {
            Candidate leader = null;
            for (Candidate candidate : done.subList(from, from + restarts)) {
                leader = better(candidate, leader, Candidate::costOfRestart);
            }
            kept.add(leader);
        }
        return numbers.next(kept, options.criterion()::cost, this::isPossible);
    }

    private boolean isPossible(int components) {
        return components > 0
                && (double) components * ComponentNumbers.MIN_ROWS <= size.number()
                && fits.isPossible(components);
    }

    /** Returns the fit of lower cost; the earlier one among equals. */
    private static MixtureFit better(MixtureFit fit, MixtureFit earlier, ToDoubleFunction<Candidate> cost) {
        return earlier == null || better(fit.metrics(), earlier.metrics(), cost) == fit.metrics() ? fit : earlier;
    }

    private static Candidate better(Candidate fit, Candidate earlier, ToDoubleFunction<Candidate> cost) {
        return earlier == null || cost.applyAsDouble(fit) < cost.applyAsDouble(earlier) ? fit : earlier;
    }

    /**
     * Warns if a fit describes its rows, and not others. The mean log-likelihood of the training rows then is above
     * that of held-out rows
     *
     * <ul>
     *   <li>by at least a nat, so that a row is e times as likely because it was trained on,
     *   <li>by more than two standard errors, which the held-out rows give in a traversal,
     *   <li>with fewer than ten rows for each parameter: with more, the rows of the two tables differ.
     * </ul>
     *
     * <p>Without held-out rows, more parameters than rows are a reason to hold some out. Parameters of components that
     * explain less than one row do not count, which is how variational Bayes leaves them.
     */
    private Optional<String> overfit(MixtureFit fit) {
        if (options.criterion() == Criterion.ROWS || MixtureFits.leavesOut(fit.weight(), size)) {
            return Optional.empty(); // it is local by intention, or does not describe all rows
        }
        double parameters = fit.mixture().freeParameters(fit.componentsInUse(size));
        double train = fit.metrics().meanLogLikelihood();
        if (holdout == null) {
            return parameters <= size.number()
                    ? Optional.empty()
                    : Optional.of(String.format(
                            Locale.ROOT,
                            "the mixture has %.0f parameters for %.0f training rows, and no rows are held out: new rows may be far less likely"
                                    + " than the mean log-likelihood %.2f of the training rows; hold out rows to know it, or %s",
                            parameters,
                            size.number(),
                            train,
                            ADVICE));
        }
        double heldOut = fit.metrics().holdoutMeanLogLikelihood();
        boolean isLarge = train - heldOut >= MIN_GAP && size.number() < ROWS_PER_PARAMETER * parameters;
        if (!isLarge
                || train - heldOut <= ERRORS * standardError(new MixedDensity(fit.mixture()), heldOut, holdout, size)) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the mixture has %.0f parameters for %.0f training rows and overfits them: their mean log-likelihood is %.2f, that of held-out rows %.2f; %s",
                parameters,
                size.number(),
                train,
                heldOut,
                ADVICE));
    }

    /** Returns the standard error of the difference of the means, with the variance of the held-out rows. */
    private static double standardError(
            Responsibilities responsibilities, double mean, RowBlocks holdout, SampleSize train) {
        double[] sums = holdout.sums("evaluation, variance of the log-likelihood", new Squares(responsibilities, mean))
                .sums();
        SampleSize size = new SampleSize(sums[0], sums[1], sums[2]);
        double variance = sums[3] / sums[0];
        return Math.sqrt(variance * (1 / Math.max(1, size.number() - 1) + 1 / train.number()));
    }

    /**
     * Sums w, the rows, w² and w (log p(x) − mean)².
     *
     * @param responsibilities posterior of the mixture
     * @param mean mean log-likelihood of the rows
     */
    private record Squares(Responsibilities responsibilities, double mean) implements Expectation {
        @Override
        public Accumulator accumulator() {
            Responsibilities.Assigner assigner = responsibilities.assigner();
            DMatrixRMaj shares = new DMatrixRMaj(0, 0);
            double[] sums = new double[4];
            return Accumulator.of(sums, block -> {
                double[] logs = new double[block.size()];
                assigner.assign(block, shares, logs);
                for (int i = 0; i < block.size(); i++) {
                    sums[0] += block.weight(i);
                    sums[3] += block.weight(i) * (logs[i] - mean) * (logs[i] - mean);
                }
                sums[1] += block.count();
                sums[2] += block.squaredWeights();
            });
        }
    }
}
