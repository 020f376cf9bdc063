package io.github.sparklatent.vae;

import io.github.sparklatent.gmm.GaussianMixtureEm;
import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.gmm.TrainerState;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.EmLoop;
import io.github.sparklatent.learn.EmResult;
import io.github.sparklatent.learn.EmState;
import io.github.sparklatent.learn.InMemoryPass;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Round;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.StoppingRule;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an embedding starts from: an autoencoder's networks, and the clusters of its codes.
 *
 * <ol>
 *   <li>The codes of a sample of the rows; of the mixtures fitted to them, each from a start of its
 *       own, the best by the start's criterion.
 *   <li>Expectation and maximisation on the codes of all rows, which gives responsibilities g*, and
 *       of these the components.
 *   <li>The codes in coordinates in which diagonal components lose least ({@link HandOverBasis}),
 *       folded into the networks ({@link HandOverFold}).
 * </ol>
 *
 * @param parameters of the embedding
 * @param teacher g* of any row
 * @param events what had to be mended of the clusters, as sentences: a component that has lost its
 *     rows is put elsewhere. Where that is in the last update the teacher knows nothing of it.
 */
record HandOver(float[] parameters, Teacher teacher, List<String> events) {
    /** Added to each variance, of the codes' mean variance. */
    private static final double RIDGE = 1e-4;

    /**
     * Numbers, 8 MiB, that each partition may send to the driver: of ten latent dimensions 95,000
     * codes. To encode them costs a hundred times what a round over them does.
     */
    private static final int GATHERED = 1 << 20;

    private static final StoppingRule SAMPLE = new StoppingRule(100, 1e-4);
    private static final StoppingRule ALL_ROWS = new StoppingRule(20, 1e-4);

    /** What an embedding starts from, followed by nobody. */
    static HandOver of(
            Architecture architecture, EmbeddingRecipe recipe, float[] before, Shards train) {
        return of(Kind.EMBEDDING, architecture, recipe, before, train, step -> {});
    }

    /**
     * A pure function of its arguments.
     *
     * @param kind of what starts: of {@link Kind#CLASSIFYING}, whose components have the covariance
     *     I, codes are whitened whatever the recipe
     * @param before parameters of the autoencoder. Not modified.
     * @param train the rows
     * @param told takes what is being done, before each step of the search; throwing ends it
     * @throws DataException where fewer codes differ than there are components
     */
    static HandOver of(
            Kind kind,
            Architecture architecture,
            EmbeddingRecipe recipe,
            float[] before,
            Shards train,
            Consumer<String> told) {
        Networks autoencoder = architecture.networks(Kind.AUTOENCODER);
        Require.that(
                before.length == autoencoder.parameterCount(),
                "clusters are looked for among the codes of an autoencoder: found %d parameters,"
                        + " expected its %d",
                before.length,
                autoencoder.parameterCount());
        HandOverEncoder encoder = HandOverEncoder.of(autoencoder, before);
        told.accept("codes of a sample of the rows");
        List<Block> sample = HandOverSample.of(train, encoder, recipe.startRows(), recipe.seed());
        double ridge = RIDGE * meanVariance(sample);
        Pass some = new InMemoryPass(List.of(sample));
        Mixture best = best(some, recipe, architecture.components(), ridge, told);
        told.accept("codes of all rows");
        Pass all = some.rows() == train.rows() ? some : all(train, encoder, recipe.seed());
        var em = new GaussianMixtureEm(best.type(), best.components(), best.dimension(), ridge);
        Clusters found = clusters(em, all, best, told);
        HandOverBasis basis =
                recipe.start().whitens() || kind == Kind.CLASSIFYING
                        ? HandOverBasis.whitening(found.components())
                        : HandOverBasis.identity(best.dimension());
        return new HandOver(
                new HandOverFold(architecture, basis)
                        .fold(before, found.components(), recipe.seed()),
                new HandOverTeacher(encoder, MixtureFactors.of(found.taught())),
                found.events());
    }

    /**
     * Clusters of all codes.
     *
     * @param taught whose responsibilities are g*
     * @param components the update that follows from these
     */
    record Clusters(Mixture taught, Mixture components, List<String> events) {}

    static Clusters clusters(GaussianMixtureEm em, Pass all, Mixture start, Consumer<String> told) {
        EmResult<Mixture> fitted =
                EmLoop.run(
                        em,
                        all,
                        EmState.start(start),
                        ALL_ROWS,
                        (round, state) ->
                                told.accept(
                                        "clusters of all codes, round %d of at most %d"
                                                .formatted(round.number(), ALL_ROWS.maxRounds())));
        var last = em.update(fitted.model(), fitted.sums(), all, 0);
        List<String> events = new ArrayList<>();
        fitted.events().forEach(event -> events.add("clusters of the codes, " + event));
        last.events().forEach(event -> events.add("clusters of the codes, at the end: " + event));
        return new Clusters(fitted.model(), last.model(), events);
    }

    private static Mixture best(
            Pass sample,
            EmbeddingRecipe recipe,
            int components,
            double ridge,
            Consumer<String> told) {
        MixtureOptions options =
                MixtureOptions.DEFAULT
                        .withComponents(List.of(components))
                        .withCovariance(recipe.start().covariance())
                        .withInitialization(recipe.start().initialization())
                        .withCriterion(recipe.start().criterion())
                        .withRegularization(ridge)
                        .withRestarts(recipe.restarts())
                        .withStopping(SAMPLE)
                        .withSeed(recipe.seed());
        Starts starts = new Starts(recipe.restarts(), told);
        MixtureTrainer trainer = new MixtureTrainer(sample, null, options, null, starts);
        try {
            return trainer.fit().best().mixture();
        } catch (DataException e) {
            throw new DataException(
                    "the codes of %d rows are too few distinct ones for %d clusters: either few rows differ, or the autoencoder makes nearly the same of all, which a smaller learning rate or more latent variables may mend"
                            .formatted(sample.rows(), components),
                    e);
        }
    }

    /** Tells which of the starts is under way. */
    private static final class Starts implements TrainerListener {
        private final int all;
        private final Consumer<String> told;
        private int number;
        private boolean inRounds = true;

        Starts(int all, Consumer<String> told) {
            this.all = all;
            this.told = told;
        }

        /** What comes before a start's rounds comes after those of the start before it. */
        @Override
        public void whileStarting(String description) {
            number += inRounds ? 1 : 0;
            inRounds = false;
            tell();
        }

        @Override
        public void afterRound(String description, Round round, int maxRounds, TrainerState state) {
            number = state.done().size() + 1;
            inRounds = true;
            tell();
        }

        private void tell() {
            told.accept("clusters of the codes, start %d of %d".formatted(number, all));
        }
    }

    /** All codes: on the driver where they are few, encoded anew in each round where not. */
    private static Pass all(Shards train, HandOverEncoder encoder, long seed) {
        if (train.rows() * (1 + encoder.latent()) > GATHERED) {
            return new HandOverPass(train, encoder);
        }
        int rows = Math.toIntExact(train.rows());
        return new InMemoryPass(List.of(HandOverSample.of(train, encoder, rows, seed)));
    }

    /** Of the columns, by weight; centred at the first row, so that nothing cancels. */
    private static double meanVariance(List<Block> blocks) {
        int l = blocks.get(0).width();
        double sum = 0;
        for (int j = 0; j < l; j++) {
            double first = blocks.get(0).rows().get(0, j);
            double weight = 0;
            double mean = 0;
            double square = 0;
            for (Block block : blocks) {
                for (int i = 0; i < block.size(); i++) {
                    double difference = block.rows().get(i, j) - first;
                    weight += block.weight(i);
                    mean += block.weight(i) * difference;
                    square += block.weight(i) * difference * difference;
                }
            }
            mean /= weight;
            sum += square / weight - mean * mean;
        }
        return sum / l;
    }
}
