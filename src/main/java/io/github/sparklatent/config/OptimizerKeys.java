package io.github.sparklatent.config;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.Schedule;
import java.util.List;

/** The steps that a partition takes, and how long they are as the passes go by. */
final class OptimizerKeys {
    static final Key<String> TYPE =
            Key.of(
                    "train.optimizer.type",
                    Kinds.names(Optimizer.Type.values()),
                    Optimizer.DEFAULT.type().toString(),
                    "how a partition steps downhill");
    static final Key<Double> RATE =
            Key.optional(
                    "train.optimizer.learningRate",
                    Kinds.positive(),
                    "1e-3, for sgd 1e-2",
                    "length of the steps");
    static final Key<Double> MOMENTUM =
            Key.optional(
                    "train.optimizer.momentum",
                    Kinds.fraction(),
                    "0.9",
                    "sgd: part of the step before that goes on");
    static final Key<Double> FIRST_DECAY =
            Key.optional(
                    "train.optimizer.beta1",
                    Kinds.fraction(),
                    "0.9",
                    "adam, adamw: decay of the mean gradient");
    static final Key<Double> SECOND_DECAY =
            Key.optional(
                    "train.optimizer.beta2",
                    Kinds.fraction(),
                    "0.999, for rmsprop 0.99",
                    "rmsprop, adam, adamw: decay of the mean squared gradient");
    static final Key<Double> EPSILON =
            Key.optional(
                    "train.optimizer.epsilon",
                    Kinds.positive(),
                    "1e-8",
                    "rmsprop, adam, adamw: added to the root of the mean squared gradient");
    static final Key<Double> WEIGHT_DECAY =
            Key.optional(
                    "train.optimizer.weightDecay",
                    Kinds.notNegative(),
                    "0, for adamw 0.01",
                    "pull of the parameters towards 0");
    static final Key<Double> CLIP_NORM =
            Key.of(
                    "train.optimizer.clipNorm",
                    Kinds.notNegative(),
                    Optimizer.DEFAULT.clipNorm(),
                    "longest gradient; a longer one is shortened; 0: none is");
    static final Key<String> MOMENTS =
            Key.of(
                    "train.optimizer.moments",
                    Kinds.names(Moments.values()),
                    AveragingOptions.DEFAULT.moments().toString(),
                    "what becomes of momentum and mean gradients between rounds");

    static final Key<String> SCHEDULE =
            Key.of(
                    "train.optimizer.schedule.type",
                    Kinds.names(Schedule.Type.values()),
                    Schedule.DEFAULT.type().toString(),
                    "how the steps shorten as the passes go by");
    static final Key<Double> FACTOR =
            Key.optional(
                    "train.optimizer.schedule.factor",
                    Kinds.share(),
                    "0.9",
                    "step: what the length is multiplied by");
    static final Key<Double> EVERY =
            Key.optional(
                    "train.optimizer.schedule.every",
                    Kinds.positive(),
                    "10",
                    "step: passes from one shortening to the next");
    static final Key<Double> SHARE =
            Key.optional(
                    "train.optimizer.schedule.share",
                    Kinds.share(),
                    "cosine: 1; linear: 0.3",
                    "share of the passes, the last ones, over which steps shorten");
    static final Key<Double> LEAST =
            Key.optional(
                    "train.optimizer.schedule.least",
                    Kinds.fraction(),
                    "0",
                    "cosine, linear: share of the length that is left at the end");
    static final Key<Double> WARM_UP =
            Key.of(
                    "train.optimizer.schedule.warmUpPasses",
                    Kinds.notNegative(),
                    Schedule.DEFAULT.warmUpPasses(),
                    "passes over which the steps grow from 0 to their length");

    static final List<Key<?>> ALL =
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

    /** Where each stage has a schedule of its own. */
    static final List<Key<?>> OF_EMBEDDING =
            ALL.stream()
                    .filter(key -> !key.section().equals(SCHEDULE.section()))
                    .<Key<?>>map(key -> key)
                    .toList();

    private OptimizerKeys() {}
}
