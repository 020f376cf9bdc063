package io.github.sparklatent.ml.network.keys;

import static io.github.sparklatent.learn.averaging.AveragingOptions.DEFAULT;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.util.List;

/**
 * How networks are trained: local steps in the partitions, then an average of what they found. The
 * defaults are those of the options.
 */
public final class AveragingKeys {
    public static final Key<Double> MAX_EPOCHS =
            Key.of(
                    "train.maxEpochs",
                    ValueTypes.positive(),
                    DEFAULT.maxEpochs(),
                    "epochs after which training stops in any case; an epoch sees every row once");
    public static final Key<Double> ROUNDS_PER_EPOCH =
            Key.optional(
                    "train.roundsPerEpoch",
                    ValueTypes.positive(),
                    "8, or fewer so that a round has 16 batches",
                    "how often in an epoch the partitions' parameters are averaged; below 1: every"
                            + " few epochs");
    public static final Key<Integer> LOCAL_STEPS =
            Key.optional(
                    "train.localSteps",
                    ValueTypes.integer(1),
                    "roundsPerEpoch",
                    "batches from one average to the next, in place of roundsPerEpoch");
    public static final Key<Integer> BATCH_SIZE =
            Key.optional(
                    "train.batchSize",
                    ValueTypes.integer(1),
                    "128 over the partitions, at least 8",
                    "rows of a step in a partition");

    /** The same for deep embedding. */
    public static final Key<Integer> LARGE_BATCH =
            BATCH_SIZE.withAbsent("256 over the partitions, at least 8");

    public static final Key<Integer> PATIENCE =
            Key.of(
                    "train.patience",
                    ValueTypes.integer(0),
                    DEFAULT.patience(),
                    "evaluations of held-out rows without progress to stop after; 0: never, a must"
                            + " where no round is the best");
    public static final Key<Integer> EVALUATE_EVERY =
            Key.optional(
                    "train.evaluateEvery",
                    ValueTypes.integer(1),
                    "once an epoch",
                    "rounds from one evaluation of the held-out rows to the next");

    public static final Key<String> OUTER =
            Key.of(
                    "train.outer.type",
                    ValueTypes.names(OuterOptimizer.Type.values()),
                    DEFAULT.outer().type().toString(),
                    "what is done with the average of the partitions' changes");

    /** The same for models that momentum between rounds does not help. */
    public static final Key<String> PLAIN_OUTER =
            OUTER.withDefault(OuterOptimizer.Type.AVERAGE.toString());

    public static final Key<Double> OUTER_RATE =
            Key.optional(
                    "train.outer.learningRate",
                    ValueTypes.positive(),
                    "nesterov: 0.7, momentum: 1, adam: 0.01",
                    "part of that change that is taken; not for average");
    public static final Key<Double> OUTER_MOMENTUM =
            Key.optional(
                    "train.outer.momentum",
                    ValueTypes.fraction(),
                    "0.9, for momentum 0.5",
                    "part of the changes before that goes on; not for average");
    public static final Key<Double> OUTER_SECOND_DECAY =
            Key.optional(
                    "train.outer.beta2",
                    ValueTypes.fraction(),
                    "0.99",
                    "adam: decay of the mean squared change");
    public static final Key<Double> OUTER_EPSILON =
            Key.optional(
                    "train.outer.epsilon",
                    ValueTypes.positive(),
                    "1e-3",
                    "adam: added to the root of the mean squared change");
    public static final Key<Double> OUTER_WARM_UP =
            Key.optional(
                    "train.outer.warmUpEpochs",
                    ValueTypes.notNegative(),
                    "1",
                    "epochs of plain averaging at the start; not for average");
    public static final Key<Double> MOVING_AVERAGE =
            Key.of(
                            "train.outer.movingAverage",
                            ValueTypes.notNegative(),
                            DEFAULT.movingAverage(),
                            "epochs over which the parameters of the result are averaged; 0: the"
                                    + " last ones")
                    .asParam("movingAverage");

    public static final List<Key<?>> ALL =
            List.of(
                    MAX_EPOCHS,
                    ROUNDS_PER_EPOCH,
                    LOCAL_STEPS,
                    BATCH_SIZE,
                    PATIENCE,
                    EVALUATE_EVERY,
                    OUTER,
                    OUTER_RATE,
                    OUTER_MOMENTUM,
                    OUTER_SECOND_DECAY,
                    OUTER_EPSILON,
                    OUTER_WARM_UP,
                    MOVING_AVERAGE);

    /** Where each stage says how many epochs it has. */
    public static final List<Key<?>> OF_STAGES = without(ALL, MAX_EPOCHS);

    /** Of deep embedding. */
    public static final List<Key<?>> OF_EMBEDDING =
            with(with(OF_STAGES, OUTER, PLAIN_OUTER), BATCH_SIZE, LARGE_BATCH);

    /** Where held-out figures do not tell which parameters are better. */
    public static final List<Key<?>> OF_GAMES = with(without(ALL, PATIENCE), OUTER, PLAIN_OUTER);

    private AveragingKeys() {}

    private static List<Key<?>> without(List<Key<?>> keys, Key<?> left) {
        return keys.stream().filter(key -> key != left).<Key<?>>map(key -> key).toList();
    }

    /** One key in place of another. */
    private static List<Key<?>> with(List<Key<?>> keys, Key<?> left, Key<?> own) {
        return keys.stream().<Key<?>>map(key -> key == left ? own : key).toList();
    }
}
