package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import java.util.List;

/** The keys of the optimiser of a partition and of its learning rate schedule. */
public final class OptimizerKeys {
    public static final Key<String> TYPE =
            Key.of(
                    "train.optimizer.type",
                    ValueTypes.names(Optimizer.Type.values()),
                    Optimizer.DEFAULT.type().toString(),
                    "optimiser of each partition");
    public static final Key<Double> RATE =
            Key.optional(
                    "train.optimizer.learningRate",
                    ValueTypes.positive(),
                    "1e-3, for sgd 1e-2",
                    "learning rate");
    public static final Key<Double> MOMENTUM =
            Key.optional(
                    "train.optimizer.momentum",
                    ValueTypes.fraction(),
                    "0.9",
                    "sgd: factor of the previous step that is kept");
    public static final Key<Double> FIRST_DECAY =
            Key.optional(
                    "train.optimizer.beta1",
                    ValueTypes.fraction(),
                    "0.9",
                    "adam, adamw: decay of the mean gradient");
    public static final Key<Double> SECOND_DECAY =
            Key.optional(
                    "train.optimizer.beta2",
                    ValueTypes.fraction(),
                    "0.999, for rmsprop 0.99",
                    "rmsprop, adam, adamw: decay of the mean squared gradient");
    public static final Key<Double> EPSILON =
            Key.optional(
                    "train.optimizer.epsilon",
                    ValueTypes.positive(),
                    "1e-8",
                    "rmsprop, adam, adamw: added to the square root of the mean squared gradient");
    public static final Key<Double> WEIGHT_DECAY =
            Key.optional(
                    "train.optimizer.weightDecay",
                    ValueTypes.notNegative(),
                    "0, for adamw 0.01",
                    "decay of the layers' weights towards 0; biases, means and variances do not"
                            + " decay");
    public static final Key<Double> CLIP_NORM =
            Key.of(
                    "train.optimizer.clipNorm",
                    ValueTypes.notNegative(),
                    Optimizer.DEFAULT.clipNorm(),
                    "largest norm of the gradient; a larger one is scaled down; 0: no limit");
    public static final Key<String> MOMENTS =
            Key.of(
                    "train.optimizer.moments",
                    ValueTypes.names(Moments.values()),
                    AveragingOptions.DEFAULT.moments().toString(),
                    "what happens to momentum and mean gradients between rounds");

    public static final Key<String> SCHEDULE =
            Key.of(
                    "train.optimizer.schedule.type",
                    ValueTypes.names(Schedule.Type.values()),
                    Schedule.DEFAULT.type().toString(),
                    "how the learning rate decreases");
    public static final Key<Double> FACTOR =
            Key.optional(
                    "train.optimizer.schedule.factor",
                    ValueTypes.share(),
                    "0.9",
                    "step: factor of the learning rate");
    public static final Key<Double> EVERY =
            Key.optional(
                    "train.optimizer.schedule.every",
                    ValueTypes.positive(),
                    "10",
                    "step: epochs between two decreases");
    public static final Key<Double> SHARE =
            Key.optional(
                    "train.optimizer.schedule.share",
                    ValueTypes.share(),
                    "cosine: 1; linear: 0.3",
                    "share of the epochs, at the end, in which the learning rate decreases");
    public static final Key<Double> LEAST =
            Key.optional(
                    "train.optimizer.schedule.least",
                    ValueTypes.fraction(),
                    "0",
                    "cosine, linear: final learning rate as a share of the full one");
    public static final Key<Double> WARM_UP =
            Key.of(
                    "train.optimizer.schedule.warmUpEpochs",
                    ValueTypes.notNegative(),
                    Schedule.DEFAULT.warmUpEpochs(),
                    "epochs over which the learning rate grows from 0");

    public static final List<Key<?>> ALL =
            List.of(
                    TYPE,
                    RATE,
                    MOMENTUM,
                    FIRST_DECAY,
                    SECOND_DECAY,
                    EPSILON,
                    WEIGHT_DECAY,
                    CLIP_NORM,
                    MOMENTS,
                    SCHEDULE,
                    FACTOR,
                    EVERY,
                    SHARE,
                    LEAST,
                    WARM_UP);

    /** The keys of model types whose stages have their own schedules. */
    public static final List<Key<?>> EMBEDDING =
            ALL.stream()
                    .filter(key -> !key.section().equals(SCHEDULE.section()))
                    .<Key<?>>map(key -> key)
                    .toList();

    private OptimizerKeys() {}
}
