package io.github.sparklatent.vae;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StochasticObjective;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The stages of variational deep embedding as a training runs them: an autoencoder; the clusters of
 * its codes ({@link HandOver}), whose responsibilities stand fixed for a while; then the model's
 * own. A stage that is left out is left out: without the fixed one the clusters are the model's own
 * from the start. A classifying variational autoencoder is trained in the same stages, or in the
 * last one alone from parameters that are drawn.
 */
public final class EmbeddingStages {
    /** Rows of a step over all partitions, where the options name none. */
    private static final int BATCH = 256;

    private static final int LEAST_BATCH = 8;

    /**
     * Steps over which the rate rises when the moments are new, but a tenth of the stage at most.
     */
    private static final int WARM_UP_STEPS = 100;

    private static final double GREATEST_WARM_UP = 0.1;

    private EmbeddingStages() {}

    /** The stages with their presets. */
    public static List<Stage> of(
            Architecture architecture, EmbeddingRecipe recipe, AveragingOptions base) {
        Map<EmbeddingPhase, AveragingOptions> options = new EnumMap<>(EmbeddingPhase.class);
        for (EmbeddingPhase phase : EmbeddingPhase.values()) {
            options.put(phase, phase.preset(base));
        }
        return of(architecture, recipe, options);
    }

    /** Some of the stages, with the recipe's warm-ups. */
    public static List<Stage> of(
            Architecture architecture,
            EmbeddingRecipe recipe,
            Map<EmbeddingPhase, AveragingOptions> options) {
        return of(Kind.EMBEDDING, architecture, recipe, options);
    }

    /**
     * The same of a kind, with the recipe's warm-ups.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     */
    public static List<Stage> of(
            Kind kind,
            Architecture architecture,
            EmbeddingRecipe recipe,
            Map<EmbeddingPhase, AveragingOptions> options) {
        return of(kind, architecture, recipe, options, EnumSet.allOf(EmbeddingPhase.class));
    }

    /**
     * Some of the stages, in their order. The first starts from an autoencoder's parameters; the
     * clustering stage may start from those of an embedding too.
     *
     * @param kind {@link Kind#EMBEDDING} or {@link Kind#CLASSIFYING}
     * @param options of each stage that there is; the batch where it is 0 is the recipe's
     * @param warmUps stages whose warm-up is the recipe's, which the first one has none of; the
     *     others' is that of their schedule, be it 0
     */
    public static List<Stage> of(
            Kind kind,
            Architecture architecture,
            EmbeddingRecipe recipe,
            Map<EmbeddingPhase, AveragingOptions> options,
            Set<EmbeddingPhase> warmUps) {
        Require.that(
                kind == Kind.EMBEDDING || kind == Kind.CLASSIFYING,
                "a %s has no such stages",
                kind.words());
        Require.that(
                options.containsKey(EmbeddingPhase.CLUSTERING),
                "the stages are %s, expected %s among them",
                options.keySet(),
                EmbeddingPhase.CLUSTERING);
        architecture.requireComponents(kind);
        Require.that(
                recipe.startRows() >= architecture.components(),
                "startRows is %d, expected at least %d, one for each component",
                recipe.startRows(),
                architecture.components());
        new Balance(recipe.options().shares(), architecture.components()); // refuses what misfits
        List<Stage> stages = new ArrayList<>();
        for (EmbeddingPhase phase : EmbeddingPhase.values()) {
            if (options.containsKey(phase)) {
                boolean warmsUp = phase != EmbeddingPhase.AUTOENCODER && warmUps.contains(phase);
                stages.add(
                        new Part(phase, kind, architecture, recipe, options.get(phase), warmsUp));
            }
        }
        return stages;
    }

    /**
     * The options of a stage over some rows.
     *
     * @param warmsUp whether the rate rises over the recipe's steps
     */
    static AveragingOptions fitted(AveragingOptions options, boolean warmsUp, Shards train) {
        AveragingOptions fitted =
                options.batchSize() > 0
                        ? options
                        : options.withBatchSize(Math.max(LEAST_BATCH, BATCH / train.partitions()));
        if (!warmsUp) {
            return fitted;
        }
        Schedule schedule = fitted.optimizer().schedule();
        double step = (double) fitted.batchSize() * train.partitions() / train.rows();
        double warmUp = Math.min(WARM_UP_STEPS * step, GREATEST_WARM_UP * fitted.maxPasses());
        return fitted.withOptimizer(
                fitted.optimizer().withSchedule(schedule.withWarmUpPasses(warmUp)));
    }

    private record Part(
            EmbeddingPhase phase,
            Kind kind,
            Architecture architecture,
            EmbeddingRecipe recipe,
            AveragingOptions options,
            boolean warmsUp)
            implements Stage {
        @Override
        public String name() {
            return phase.toString();
        }

        @Override
        public AveragingOptions options(Shards train) {
            return fitted(options, warmsUp, train);
        }

        @Override
        public Begun begin(float[] before, Shards train) {
            return begin(before, train, step -> {});
        }

        @Override
        public Begun begin(float[] before, Shards train, Consumer<String> told) {
            architecture.requireRows(train.rows());
            AveragingOptions fitted = options(train);
            return switch (phase) {
                case AUTOENCODER ->
                        new Begun(
                                new AutoencoderObjective(
                                        architecture,
                                        AutoencoderOptions.DEFAULT.withBinarize(
                                                recipe.options().binarize())),
                                before,
                                fitted);
                case FIXED -> {
                    HandOver found = HandOver.of(kind, architecture, recipe, before, train, told);
                    yield new Begun(
                            objective(found.teacher(), recipe.crossEntropy()),
                            started(found),
                            fitted,
                            found.events());
                }
                case CLUSTERING -> {
                    if (before.length == architecture.parameterCount(kind)) {
                        yield new Begun(objective(null, 0), before, fitted);
                    }
                    HandOver found = HandOver.of(kind, architecture, recipe, before, train, told);
                    yield new Begun(objective(null, 0), started(found), fitted, found.events());
                }
            };
        }

        @Override
        public boolean isComparable() {
            return switch (phase) {
                case AUTOENCODER -> true;
                case FIXED -> false;
                case CLUSTERING -> objective(null, 0).isComparable();
            };
        }

        private StochasticObjective objective(Teacher teacher, double lesson) {
            return kind == Kind.EMBEDDING
                    ? new EmbeddingObjective(architecture, recipe.options(), teacher, lesson)
                    : new ClassifyingObjective(architecture, recipe.options(), teacher, lesson);
        }

        private float[] started(HandOver found) {
            return kind == Kind.EMBEDDING
                    ? found.parameters()
                    : ClassifyingStart.of(architecture, found.parameters(), recipe.seed());
        }
    }
}
