package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;
import java.util.function.Consumer;

/** A part of a training with its own objective, optimiser, number of epochs and stopping rule. */
public interface Stage {
    String name();

    /**
     * Prepares the objective and the initial parameters of this stage. A pure function of its arguments: a training
     * that resumes within this stage calls this method again with the same arguments.
     *
     * @param before the final parameters of the stage before; for the first stage, the initial parameters of the
     *     training. Not modified.
     * @param train the training rows, for preparatory work, e.g. a mixture on their latent codes
     * @param progress receives descriptions of the current step, repeatedly; an exception that it throws ends the
     *     training
     */
    Begun begin(float[] before, Shards train, Consumer<String> progress);

    /** Returns the options of the stage's rounds over these rows. */
    AveragingOptions options(Shards train);

    /**
     * Returns whether the objective's schedules, such as the warm-up of the weight of the KL divergence, run once over
     * this stage and those beside it that share their schedules too. Otherwise the schedules start again.
     */
    default boolean sharesSchedules() {
        return false;
    }

    /**
     * Returns a stage that continues with the parameters of the stage before.
     *
     * @param objective objective with the same number of parameters as the stage before
     */
    static Stage of(String name, StochasticObjective objective, AveragingOptions options) {
        /** A stage that does no work before its rounds. */
        record Single(String name, StochasticObjective objective, AveragingOptions own) implements Stage {
            @Override
            public AveragingOptions options(Shards train) {
                return own;
            }

            @Override
            public Begun begin(float[] before, Shards train, Consumer<String> progress) {
                return new Begun(objective, before, own);
            }
        }
        return new Single(name, objective, options);
    }

    /**
     * A stage that is ready to run.
     *
     * @param objective objective to minimise
     * @param parameters initial parameters; their number may differ from the number of parameters of the stage before.
     *     Not modified.
     * @param options options of this stage's rounds
     * @param warnings descriptions of the repairs made in the preparation
     */
    record Begun(StochasticObjective objective, float[] parameters, AveragingOptions options, List<String> warnings) {
        public Begun {
            warnings = List.copyOf(warnings);
            Require.that(
                    parameters.length == objective.parameterCount(),
                    "the stage starts from %d parameters, expected the %d of its objective",
                    parameters.length,
                    objective.parameterCount());
        }

        /** Creates a stage whose preparation repaired nothing. */
        public Begun(StochasticObjective objective, float[] parameters, AveragingOptions options) {
            this(objective, parameters, options, List.of());
        }

        /**
         * Returns a copy whose random numbers differ from the random numbers of the other stages. The first stage has
         * the seed of its options.
         */
        Begun inStage(int stage) {
            long seed = options.seed();
            return stage == 0
                    ? this
                    : new Begun(
                            objective,
                            parameters,
                            options.withSeed(RandomStreams.key(seed, Purpose.STAGE, stage)),
                            warnings);
        }
    }
}
