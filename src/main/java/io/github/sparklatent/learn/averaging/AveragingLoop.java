package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.averaging.Divergence.LocalSums;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.optimizer.Ranges;
import java.util.List;
import java.util.Locale;

/**
 * Trains parameters by averaging. In each round every partition takes its own steps from the same parameters; the
 * driver computes the next parameters from the weighted mean of the results.
 *
 * <p>With one partition, with {@code average} as the outer optimiser and with averaged moments, the result equals
 * training without averaging, bit for bit, for any length of a round. If each round is one plain gradient step, over
 * the same fraction of every partition, the result equals synchronous training on the union of the partitions' batches,
 * up to rounding errors.
 *
 * <p>If rows are held out, the initial parameters, the parameters after rounds and their moving average are evaluated
 * on these rows. The best evaluated parameters are the result. Because the held-out rows choose the result, its
 * held-out loss is slightly optimistic if there are many evaluations and few rows. If held-out losses are not
 * {@linkplain StochasticObjective#isComparable comparable}, they do not choose the result. The result is then the
 * moving average of the parameters, or the last parameters if there is no moving average, and patience has no effect.
 */
public final class AveragingLoop {
    private final String name;
    private final StochasticObjective objective;
    private final ParameterGroups groups;
    private final Shards train;
    private final HeldOutRows heldOut;
    private final AveragingOptions options;
    private final AveragingListener listener;

    /** Whether the listener has ended the training after the last round. */
    private boolean over;

    private AveragingLoop(
            String name,
            StochasticObjective objective,
            Shards train,
            Shards holdout,
            AveragingOptions options,
            AveragingListener listener) {
        this.name = name;
        this.objective = objective;
        this.groups = ParameterGroups.of(objective);
        this.train = train;
        this.heldOut = holdout == null ? null : new HeldOutRows(name, objective, holdout);
        this.options = options;
        this.listener = listener;
    }

    /**
     * Runs the rounds.
     *
     * @param name name of the model in progress reports
     * @param holdout held-out rows; null if there are none: then nothing is evaluated and patience has no effect
     * @param start initial state, or the state from which to resume
     * @throws DivergedException if the loss or a parameter is not finite, or if the loss has grown far above that of
     *     the first round; the listener has received the last finite state
     * @throws DataException if the start is the state of another model
     */
    public static AveragingResult run(
            String name,
            StochasticObjective objective,
            Shards train,
            Shards holdout,
            AveragingState start,
            AveragingOptions options,
            AveragingListener listener) {
        AveragingLoop loop = new AveragingLoop(name, objective, train, holdout, options, listener);
        loop.requireFit(start);
        return loop.run(start);
    }

    private void requireFit(AveragingState start) {
        groups.requireNoMore(options.optimizers());
        int n = objective.parameterCount();
        requireLength("parameters", start.parameters().length, n);
        if (start.rounds() > 0) {
            requireLength("moments", start.moments().length, groups.moments(options));
            requireLength(
                    "numbers of the outer optimiser",
                    start.outer().length,
                    options.outer().start(groups.updated()).length);
            requireLength("averaged parameters", start.average().length, options.movingAverage() > 0 ? n : 0);
        }
    }

    private static void requireLength(String what, int found, long expected) {
        if (found != expected) {
            throw new DataException(
                    "the training to resume has %d %s, expected %d: it belongs to another model or to other options"
                            .formatted(found, what, expected));
        }
    }

    private AveragingResult run(AveragingState start) {
        AveragingState state = start.rounds() == 0 && heldOut != null ? heldOut.candidate(start) : start;
        while (!isDone(state) && !isOutOfPatience(state) && !over) {
            state = round(state);
            listener.afterRound(state.history().get(state.rounds() - 1), state);
        }
        return new AveragingResult(state, !isDone(state) && isOutOfPatience(state));
    }

    private boolean isDone(AveragingState state) {
        double perEpoch = options.roundsPerEpoch(train.rows(), train.partitions());
        return state.rounds() >= Math.ceil(options.maxEpochs() * perEpoch - 1e-9);
    }

    private boolean isOutOfPatience(AveragingState state) {
        return options.patience() > 0 && state.sinceBest() >= options.patience();
    }

    private double epochs(AveragingState state) {
        return (double) state.rowsSeen() / train.rows();
    }

    private AveragingState round(AveragingState state) {
        double epochs = epochs(state);
        AveragingOptions now = after(state.history());
        List<LearningRate> rates = groups.rates(now, epochs);
        String round = description(state, epochs);
        Shards.Result result = train.run(round, work(state, now));
        LocalSums sums = LocalSums.of(result, objective.measures().size());
        Divergence divergence =
                new Divergence(round, groups.warmedUpRates(now, epochs), groups.areWarmingUp(now, epochs));
        divergence.requireBounded(sums, state.history());
        divergence.requireFinite(result.average());
        long began = System.nanoTime();
        AveragingState next = updated(state, result, sums, epochs);
        double update = (System.nanoTime() - began) / 1e9;
        divergence.requireFinite(next.parameters());
        AveragingState recorded = next.with(new NetworkRound(
                state.rounds() + 1,
                epochs(next),
                sums.means(),
                List.of(),
                List.of(),
                sums.rows(),
                sums.steps(),
                rates,
                result.broadcast(),
                result.compute(),
                result.reduce(),
                update,
                0,
                result.traffic()));
        over = !isDone(recorded) && listener.isOver();
        return isEvaluated(recorded, epochs) ? heldOut.evaluated(round, recorded, divergence) : recorded;
    }

    /** Returns the options of the round after others: each plateau of the held-out loss has lowered learning rates. */
    private AveragingOptions after(List<NetworkRound> rounds) {
        List<NetworkRound> evaluated = rounds.stream()
                .filter(round -> objective.isComparable() && !round.heldOut().isEmpty())
                .toList();
        double[] epochs = evaluated.stream().mapToDouble(NetworkRound::epochs).toArray();
        double[] losses =
                evaluated.stream().mapToDouble(NetworkRound::heldOutLoss).toArray();
        return options.withOptimizers(options.optimizers().stream()
                .map(own -> own.withLearningRate(Math.max(
                        Double.MIN_NORMAL, own.learningRate() * own.schedule().afterPlateaus(epochs, losses))))
                .toList());
    }

    private String description(AveragingState state, double epochs) {
        return String.format(
                Locale.ROOT, "%s, round %d (epoch %.2f of %s)", name, state.rounds() + 1, epochs, options.maxEpochs());
    }

    private LocalSteps work(AveragingState state, AveragingOptions now) {
        return new LocalSteps(
                objective,
                now,
                state.rounds(),
                PackedFloats.of(state.parameters()),
                PackedFloats.of(state.moments()),
                state.steps(),
                state.rowsSeen(),
                state.epochsBefore(),
                train.rows(),
                train.partitions());
    }

    /** Returns the state after a round, before the record and the evaluation of the round are added. */
    private AveragingState updated(AveragingState state, Shards.Result result, LocalSums sums, double epochs) {
        int n = groups.updated();
        float[] outer =
                state.rounds() == 0 ? options.outer().start(n) : state.outer().clone();
        float[] before = groups.pack(state.parameters());
        float[] updated = options.outer().update(before, result.average(), outer, epochs);
        float[] moments = floats(result.average(), n);
        double spent = (double) sums.rows() / train.rows();
        return new AveragingState(
                groups.unpack(updated, state.parameters()),
                moments,
                sums.momentSteps(),
                outer,
                average(state, updated, spent),
                state.best(),
                state.sinceBest(),
                state.rowsSeen() + sums.rows(),
                state.epochsBefore(),
                state.history());
    }

    /** Converts the entries from index {@code first} to the end to floats. */
    private static float[] floats(double[] all, int first) {
        float[] floats = new float[all.length - first];
        Ranges.each(floats.length, (from, to) -> {
            for (int i = from; i < to; i++) {
                floats[i] = (float) all[first + i];
            }
        });
        return floats;
    }

    /**
     * Returns the exponential moving average of the parameters after a round, or an empty array if there is none.
     *
     * <pre>
     *   a_t = a_{t−1} + c_t (θ_t − a_{t−1}),   c_t = max(1 − exp(−p_t / window), 1 / t)
     * </pre>
     *
     * where p_t is the number of epochs in round t. While t is small, the average is the plain mean of all rounds, so
     * that the first parameters have no more weight than the parameters of later rounds.
     *
     * @param state the state before the round
     * @param updated values after the round of the parameters that training updates, packed as by
     *     {@link ParameterGroups#pack}
     * @param spent epochs that the round took
     * @return values of all parameters
     */
    private float[] average(AveragingState state, float[] updated, double spent) {
        if (options.movingAverage() == 0) {
            return new float[0];
        }
        if (state.rounds() == 0) {
            return groups.unpack(updated, state.parameters());
        }
        float[] before = groups.pack(state.average());
        float[] next = new float[updated.length];
        double share = Math.max(1 - StrictMath.exp(-spent / options.movingAverage()), 1.0 / (state.rounds() + 1));
        for (int i = 0; i < next.length; i++) {
            next[i] = (float) (before[i] + share * (updated[i] - (double) before[i]));
        }
        return groups.unpack(next, state.parameters());
    }

    /**
     * Returns whether the held-out rows are evaluated after a round.
     *
     * @param after the state after the round
     * @param before epochs completed before the round
     */
    private boolean isEvaluated(AveragingState after, double before) {
        return heldOut != null && (Math.floor(epochs(after)) > Math.floor(before) || over || isDone(after));
    }

    /**
     * The held-out rows of a training, which choose its result.
     *
     * @param name name of the model in progress reports
     * @param rows held-out rows
     */
    record HeldOutRows(String name, StochasticObjective objective, Shards rows) {
        /** Evaluates the initial parameters, so that they are the result of a training that only gets worse. */
        AveragingState candidate(AveragingState start) {
            if (!objective.isComparable()) {
                return start;
            }
            Evaluation evaluation = Evaluation.of(objective, List.of(start.parameters()));
            String description = name + ", before the first round, held-out rows";
            List<Double> means =
                    evaluation.means(rows.run(description, evaluation)).get(0);
            return Double.isFinite(means.get(0))
                    ? start.found(new AveragingState.Best(start.parameters(), means, means.get(0), 0, false))
                    : start;
        }

        /** Evaluates the parameters after a round, and keeps them if they are the best so far. */
        AveragingState evaluated(String round, AveragingState state, Divergence divergence) {
            boolean averaged = state.average().length > 0;
            List<float[]> candidates =
                    averaged ? List.of(state.parameters(), state.average()) : List.of(state.parameters());
            Evaluation evaluation = Evaluation.of(objective, candidates);
            Shards.Result result = rows.run(round + ", held-out rows", evaluation);
            List<List<Double>> means = evaluation.means(result);
            means.forEach(candidate -> divergence.requireFiniteLoss("held-out", candidate.get(0)));
            AveragingState recorded = state.evaluated(
                    means.get(0),
                    averaged ? means.get(1) : List.of(),
                    result.broadcast() + result.compute() + result.reduce());
            if (!objective.isComparable()) {
                return recorded;
            }
            int best = averaged && means.get(1).get(0) < means.get(0).get(0) ? 1 : 0;
            return recorded.found(new AveragingState.Best(
                    candidates.get(best), means.get(best), means.get(best).get(0), state.rounds(), best == 1));
        }
    }

    /** Receives the progress of a training by averaging, for reports and checkpoints. */
    @FunctionalInterface
    public interface AveragingListener {
        /** A listener that does nothing. */
        AveragingListener NONE = (round, state) -> {};

        /**
         * Called after each round. An exception thrown here ends the training.
         *
         * @param round the record of this round
         * @param state state from which the training can resume
         */
        void afterRound(NetworkRound round, AveragingState state);

        /**
         * Returns whether the training ends although its options do not say so, for example because its time is over.
         * The loop asks after each round, so at least one round is made.
         */
        default boolean isOver() {
            return false;
        }
    }
}
