package io.github.sparklatent.ml.network.keys;

import static io.github.sparklatent.learn.averaging.AveragingOptions.DEFAULT;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import java.util.List;

/**
 * The keys of training by parameter averaging: local steps in each partition, then an average of
 * the parameters. The defaults are those of the options.
 */
public final class AveragingKeys {
    public static final Key<Double> MAX_EPOCHS =
            Key.of(
                    "train.maxEpochs",
                    ValueTypes.positive(),
                    DEFAULT.maxEpochs(),
                    "epochs after which training stops in any case; an epoch uses every row once");
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
                    "batches between two averages, instead of roundsPerEpoch");
    public static final Key<Integer> BATCH_SIZE =
            Key.optional(
                    "train.batchSize",
                    ValueTypes.integer(1),
                    "128 divided by the number of partitions, at least 8",
                    "rows per step in a partition");

    /** {@link #BATCH_SIZE} with the default of deep embedding. */
    public static final Key<Integer> LARGE_BATCH =
            BATCH_SIZE.withAbsent("256 divided by the number of partitions, at least 8");

    public static final Key<Integer> PATIENCE =
            Key.of(
                    "train.patience",
                    ValueTypes.integer(0),
                    DEFAULT.patience(),
                    "evaluations of held-out rows without progress before a stop; 0: never, needed"
                            + " if no round is best");
    public static final Key<Integer> EVALUATE_EVERY =
            Key.optional(
                    "train.evaluateEvery",
                    ValueTypes.integer(1),
                    "once an epoch",
                    "rounds between two evaluations of the held-out rows");

    public static final Key<String> OUTER =
            Key.of(
                    "train.outer.type",
                    ValueTypes.names(OuterOptimizer.Type.values()),
                    DEFAULT.outer().type().toString(),
                    "how the average change of the partitions is applied");

    /**
     * {@link #OUTER} with plain averages, for models that do not profit from momentum between
     * rounds.
     */
    public static final Key<String> PLAIN_OUTER =
            OUTER.withDefault(OuterOptimizer.Type.AVERAGE.toString());

    public static final Key<Double> OUTER_RATE =
            Key.optional(
                    "train.outer.learningRate",
                    ValueTypes.positive(),
                    "nesterov: 0.7, momentum: 1, adam: 0.01",
                    "factor of the average change; not for average");
    public static final Key<Double> OUTER_MOMENTUM =
            Key.optional(
                    "train.outer.momentum",
                    ValueTypes.fraction(),
                    "0.9, for momentum 0.5",
                    "factor of the previous changes that is kept; not for average");
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
                    "adam: added to the square root of the mean squared change");
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
                            "epochs over which the resulting parameters are averaged; 0: use the"
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

    /** The keys of model types whose stages have their own number of epochs. */
    public static final List<Key<?>> STAGED = without(ALL, MAX_EPOCHS);

    /** The keys of deep embedding. */
    public static final List<Key<?>> EMBEDDING =
            with(with(STAGED, OUTER, PLAIN_OUTER), BATCH_SIZE, LARGE_BATCH);

    public static final String BEST = "best";
    public static final Key<String> KEEP =
            Key.of(
                    "train.keep",
                    ValueTypes.name(BEST, "last"),
                    BEST,
                    "round that is kept: best by held-out Fréchet distance (needs"
                            + " evaluate.features), or last");

    /**
     * The keys of adversarial models, for which held-out losses do not show which parameters are
     * better. The round takes the place of the patience.
     */
    public static final List<Key<?>> ADVERSARIAL =
            with(with(ALL, PATIENCE, KEEP), OUTER, PLAIN_OUTER);

    private AveragingKeys() {}

    private static List<Key<?>> without(List<Key<?>> keys, Key<?> excluded) {
        return keys.stream().filter(key -> key != excluded).<Key<?>>map(key -> key).toList();
    }

    /** Returns the keys with one of them replaced. */
    private static List<Key<?>> with(List<Key<?>> keys, Key<?> left, Key<?> own) {
        return keys.stream().<Key<?>>map(key -> key == left ? own : key).toList();
    }
}
