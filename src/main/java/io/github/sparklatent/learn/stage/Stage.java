package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of a training with an objective, an optimiser, a number of epochs and a stopping rule of
 * its own.
 */
public interface Stage {
    /** As a person reads it, and as records bear it. */
    String name();

    /**
     * What this stage follows, and from where. A pure function of its arguments: a training that
     * goes on within this stage calls it again with the same.
     *
     * @param before the parameters that the stage before ended with, of the first stage those that
     *     the training starts from. Not modified.
     * @param train the rows trained on, for work that comes first, as a mixture on their codes
     */
    Begun begin(float[] before, Shards train);

    /**
     * The same, followed by somebody.
     *
     * @param told takes what is being done, again and again while it is being done; throwing ends
     *     the training
     */
    default Begun begin(float[] before, Shards train, Consumer<String> told) {
        return begin(before, train);
    }

    /** The options that the stage's rounds over these rows will have. */
    AveragingOptions options(Shards train);

    /**
     * Whether its held-out loss says which of its rounds is the best: that of its objective, see
     * {@link StochasticObjective#isComparable}.
     */
    boolean isComparable();

    /**
     * What this stage hands on of the parameters that its rounds ended with: these, unless they
     * mean something else outside of the stage.
     *
     * @param parameters Not modified.
     */
    default float[] end(float[] parameters) {
        return parameters;
    }

    /**
     * A stage that goes on from the parameters before it.
     *
     * @param objective of as many parameters
     */
    static Stage of(String name, StochasticObjective objective, AveragingOptions options) {
        return new Stage() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public AveragingOptions options(Shards train) {
                return options;
            }

            @Override
            public Begun begin(float[] before, Shards train) {
                return new Begun(objective, before, options);
            }

            @Override
            public boolean isComparable() {
                return objective.isComparable();
            }
        };
    }

    /**
     * A stage that can run.
     *
     * @param objective followed downhill
     * @param parameters to start from; may be another number of them than before. Not modified.
     * @param options of this stage's rounds
     * @param events what had to be repaired before they could begin, as sentences
     */
    record Begun(
            StochasticObjective objective,
            float[] parameters,
            AveragingOptions options,
            List<String> events) {
        public Begun {
            events = List.copyOf(events);
            Require.that(
                    parameters.length == objective.parameterCount(),
                    "the stage starts from %d parameters, expected the %d of its objective",
                    parameters.length,
                    objective.parameterCount());
        }

        /** Of a stage that had nothing to repair. */
        public Begun(StochasticObjective objective, float[] parameters, AveragingOptions options) {
            this(objective, parameters, options, List.of());
        }
    }
}
