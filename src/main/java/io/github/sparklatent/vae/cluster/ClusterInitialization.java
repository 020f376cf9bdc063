package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import io.github.sparklatent.vae.cluster.ClusteredParameters.LatentTransform;
import io.github.sparklatent.vae.cluster.CodeCollection.CodeEncoder;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.model.PosteriorFamily;
import io.github.sparklatent.vae.model.PriorFamily;
import io.github.sparklatent.vae.objective.SoftTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Initialises the clusters of a model from the latent codes of an autoencoder, in three steps.
 *
 * <ol>
 *   <li>Fit mixtures to the codes of a sample of the rows, each from its own start, and keep the best by the criterion
 *       of the recipe.
 *   <li>Continue with EM on the codes of all rows. The result gives responsibilities g of the rows, and one more update
 *       gives the components.
 *   <li>Transform the codes so that diagonal components lose least ({@link LatentTransform}), and build the transform
 *       into the networks ({@link ClusteredParameters}).
 * </ol>
 *
 * @param embedding initial parameters for a model of variational deep embedding
 * @param targets computes the responsibilities g of any row
 * @param warnings repairs of empty components, as sentences. If the last update repaired a component, g does not
 *     include this repair.
 */
public record ClusterInitialization(float[] embedding, SoftTargets targets, List<String> warnings) {
    /** The number added to each variance of the mixture, as a share of the mean variance of the codes. */
    private static final double RIDGE = 1e-4;

    /**
     * Largest quantity of doubles that the driver collects, 8 MiB: 95,000 codes of ten dimensions with their weights.
     * To encode the rows costs a hundred times as much as one round over their codes.
     */
    private static final int MAX_COLLECTED = 1 << 20;

    private static final StoppingRule SAMPLE = new StoppingRule(100, 1e-4);
    private static final StoppingRule ALL_ROWS = new StoppingRule(20, 1e-4);

    /**
     * Initialises a model. The result depends on the arguments only.
     *
     * @param kind kind of the model. The codes of one with a classifier are always whitened.
     * @param before parameters of the autoencoder. Not modified.
     * @param train the training rows
     * @param progress receives a description before each step. If it throws an exception, the initialisation ends with
     *     this exception
     * @throws DataException if there are fewer distinct codes than components
     */
    public static ClusterInitialization of(
            Kind kind,
            Architecture architecture,
            ClusteringRecipe recipe,
            float[] before,
            Shards train,
            Consumer<String> progress) {
        Networks autoencoder = architecture.networks(Kind.AUTOENCODER);
        Require.that(
                before.length == autoencoder.parameterCount(),
                "clusters are searched among the codes of an autoencoder: found %d parameters, expected %d",
                before.length,
                autoencoder.parameterCount());
        CodeEncoder encoder = CodeEncoder.of(autoencoder, before);
        Clusters found = clusters(encoder, architecture.components(), recipe, train, progress);
        LatentTransform transform = recipe.start().whitens() || kind.prior() == PriorFamily.CLASSES
                ? LatentTransform.whitening(found.components())
                : LatentTransform.identity(encoder.latent());
        return new ClusterInitialization(
                new ClusteredParameters(architecture, transform).fold(before, found.components(), recipe.seed()),
                new MixtureTargets(encoder, MixedDensity.inTask(MixedMixture.of(found.fitted()))),
                found.warnings());
    }

    /**
     * Finds clusters among the codes of a trained autoencoder or variational autoencoder, which are its means.
     *
     * @param parameters parameters of the networks. Not modified.
     * @param components number of clusters
     * @param train the training rows
     * @param progress receives a description before each step. If it throws an exception, the search ends with this
     *     exception
     * @throws DataException if there are fewer distinct codes than components
     */
    public static Clusters find(
            Networks networks,
            float[] parameters,
            int components,
            ClusteringRecipe recipe,
            Shards train,
            Consumer<String> progress) {
        return clusters(CodeEncoder.of(networks, parameters), components, recipe, train, progress);
    }

    private static Clusters clusters(
            CodeEncoder encoder, int components, ClusteringRecipe recipe, Shards train, Consumer<String> progress) {
        Require.that(
                recipe.startRows() >= components,
                "startRows is %d, expected at least %d, the number of clusters",
                recipe.startRows(),
                components);
        progress.accept("codes of a sample of the rows");
        List<Block> sample = CodeCollection.of(train, encoder, recipe.startRows(), recipe.seed());
        RowBlocks some = new InMemoryRowBlocks(List.of(sample));
        double[] near = CommonOps_DDRM.extractRow(sample.get(0).rows(), 0, null).data;
        ColumnMoments moments = new ColumnMoments(near);
        double sum = 0;
        for (double variance :
                moments.variances(some.sums("variances of codes", moments).sums())) {
            sum += variance;
        }
        double ridge = RIDGE * (sum / encoder.latent());
        MixtureParameters best = best(some, recipe, components, ridge, progress);
        progress.accept("codes of all rows");
        Shards.Kept all =
                some.rows() == train.rows() ? new Shards.Kept(some, () -> {}) : all(train, encoder, recipe.seed());
        try {
            return clusters(all.rows(), MixedMixture.of(best), ridge, progress);
        } finally {
            all.release().run();
        }
    }

    /**
     * The clusters found among the codes of all rows.
     *
     * @param fitted the mixture whose responsibilities are g
     * @param components the mixture after one more update of EM, computed from g
     * @param warnings repairs of empty components, as sentences
     */
    public record Clusters(MixtureParameters fitted, MixtureParameters components, List<String> warnings) {}

    /** Fits a mixture to all codes by EM. */
    static Clusters clusters(RowBlocks all, MixedMixture start, double ridge, Consumer<String> progress) {
        MixtureEm em = new MixtureEm(MixtureLayout.of(start), ridge, ComponentPrior.NONE);
        EmResult<MixedMixture> fitted = EmLoop.run(
                em,
                all,
                EmState.start(start),
                ALL_ROWS,
                (round, state) -> progress.accept("clusters of all codes, round %d of at most %d"
                        .formatted(round.number(), ALL_ROWS.maxRounds())));
        var last = em.update(fitted.model(), fitted.sums(), all, 0, false);
        List<String> warnings = new ArrayList<>();
        fitted.warnings().forEach(warning -> warnings.add("clusters of the codes, " + warning));
        last.warnings().forEach(warning -> warnings.add("clusters of the codes, at the end: " + warning));
        return new Clusters(fitted.model().gaussian(), last.model().gaussian(), warnings);
    }

    private static MixtureParameters best(
            RowBlocks sample, ClusteringRecipe recipe, int components, double ridge, Consumer<String> progress) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(recipe.start().covariance())
                .withInitialization(recipe.start().initialization())
                .withRegularization(ridge)
                .withPriorRows(0)
                .withRestarts(recipe.restarts())
                .withStopping(SAMPLE)
                .withSeed(recipe.seed());
        Starts starts = new Starts(recipe.restarts(), progress);
        MixtureTrainer trainer = new MixtureTrainer(sample, null, options, null, starts);
        try {
            return trainer.fit().best().mixture().gaussian();
        } catch (DataException e) {
            throw new DataException(
                    "the codes of %d rows are too few distinct ones for %d clusters: either few rows differ, or the encoder makes nearly the same of all; use fewer clusters, a smaller learning rate or more latent variables"
                            .formatted(sample.rows(), components),
                    e);
        }
    }

    /**
     * Returns the initial parameters of a model.
     *
     * @param seed seed for the parts of the model that an autoencoder does not have
     */
    public float[] parameters(Kind kind, Architecture architecture, long seed) {
        if (kind.prior() == PriorFamily.CLASSES) {
            return ClusteredParameters.classifierStart(architecture, embedding, seed);
        }
        return kind.posterior() == PosteriorFamily.GAUSSIAN_MIXTURE
                ? ClusteredParameters.mixtureStart(architecture, embedding, seed)
                : embedding;
    }

    /** Reports which of the starts is being fitted. */
    private static final class Starts implements SearchListener {
        private final int all;
        private final Consumer<String> progress;
        private int number;
        private boolean inRounds = true;

        Starts(int all, Consumer<String> progress) {
            this.all = all;
            this.progress = progress;
        }

        /** Counts a new start if the last warning was a round of the start before it. */
        @Override
        public void whileStarting(String description) {
            number += inRounds ? 1 : 0;
            inRounds = false;
            report();
        }

        @Override
        public void afterRound(String description, Round round, int maxRounds, SearchState state) {
            number = state.done().size() + 1;
            inRounds = true;
            report();
        }

        private void report() {
            progress.accept("clusters of the codes, start %d of %d".formatted(number, all));
        }
    }

    /**
     * Returns the codes of all rows. If they are few, the driver collects them; else the workers keep them for all
     * rounds.
     */
    private static Shards.Kept all(Shards train, CodeEncoder encoder, long seed) {
        if (train.rows() * (1 + encoder.latent()) > MAX_COLLECTED) {
            return train.computed(encoder.latent(), encoder::encode);
        }
        int rows = Math.toIntExact(train.rows());
        List<Block> codes = CodeCollection.of(train, encoder, rows, seed);
        return new Shards.Kept(new InMemoryRowBlocks(List.of(codes)), () -> {});
    }

    /**
     * Soft targets: the responsibilities of a mixture of codes, by the encoder whose codes the mixture was fitted to.
     *
     * @param encoder encoder that computes the codes
     * @param mixture prepared to compute responsibilities
     */
    private record MixtureTargets(CodeEncoder encoder, MixedDensity mixture) implements SoftTargets {
        @Override
        public Worker worker(int maxRows) {
            CodeEncoder.Task task = encoder.task(maxRows);
            MixtureScores scores = new MixtureScores(mixture);
            DMatrixRMaj byComponent = new DMatrixRMaj(0, 0);
            return rows -> {
                scores.evaluate(task.encode(rows));
                DMatrixRMaj byRow = scores.responsibilities();
                byComponent.reshape(byRow.numCols, byRow.numRows);
                return CommonOps_DDRM.transpose(byRow, byComponent);
            };
        }
    }
}
