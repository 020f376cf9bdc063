package io.github.sparklatent.bench.useful;

import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.training.InMemory;
import io.github.sparklatent.gmm.model.MixtureDensity;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.TrainerListener;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.metrics.PrincipalComponents;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.MixtureStage;
import io.github.sparklatent.vae.objective.MixtureVariationalObjective;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** A model that is fitted to rows and scores the same rows by how anomalous they are. */
enum Detector {
    VAE("VAE 64-64-5, one learnt variance, −ELBO", (rows, seed) -> {
        Architecture network = architecture(rows.numCols);
        return anomalies(
                Kind.VARIATIONAL, network, new VariationalObjective(network, VariationalOptions.DEFAULT), rows, seed);
    }),
    MOG_VAE("MoG-VAE 64-64-5, 10 components, one learnt variance, −ELBO", (rows, seed) -> {
        Architecture network = architecture(rows.numCols).withComponents(10);
        return anomalies(
                Kind.MIXTURE,
                network,
                new MixtureVariationalObjective(network, VariationalOptions.DEFAULT, MixtureStage.JOINT),
                rows,
                seed);
    }),
    PCA_5("PCA, 5 components, reconstruction error", (rows, seed) -> distances(rows, 5)),
    PCA_20("PCA, 20 components, reconstruction error", (rows, seed) -> distances(rows, 20)),
    MIXTURE("Gaussian mixture, 10 full components, −log p(x)", Detector::mixture);

    private static final int LATENT = 5;
    private static final int WIDTH = 64;
    private static final double EPOCHS = 50;
    private static final int BATCH = 64;
    private static final int SAMPLES = 16;

    /** Some pixels never change: the variance of half a step of the grey values. */
    private static final double REGULARIZATION = 1e-3;

    private final String title;
    private final Scores scores;

    Detector(String title, Scores scores) {
        this.title = title;
        this.scores = scores;
    }

    private interface Scores {
        double[] of(FMatrixRMaj rows, long seed);
    }

    /**
     * Returns a score of each row, higher if it is more anomalous.
     *
     * @param rows n × d. Not modified.
     */
    double[] scores(FMatrixRMaj rows, long seed) {
        return scores.of(rows, seed);
    }

    private static Architecture architecture(int inputs) {
        List<LayerSpec> layers = List.of(new LayerSpec.Width(WIDTH));
        return new Architecture(
                inputs,
                null,
                LATENT,
                layers,
                layers,
                Activation.RELU,
                Gaussian.learnt(inputs),
                Initialization.HE_UNIFORM);
    }

    private static double[] anomalies(
            Kind kind, Architecture architecture, StochasticObjective objective, FMatrixRMaj rows, long seed) {
        double[] scores = new double[rows.numRows];
        InMemory.train(kind, architecture, objective, rows, EPOCHS, BATCH, seed)
                .scorer(rows.numRows, ScoringOptions.DEFAULT.withSamples(SAMPLES))
                .anomaly(rows, scores);
        return scores;
    }

    /** Squared distance of each row from the subspace of the largest components. */
    private static double[] distances(FMatrixRMaj rows, int components) {
        InMemoryShards shards = InMemoryShards.of(rows, 1);
        FMatrixRMaj within = scores(shards, rows, components);
        FMatrixRMaj all = scores(shards, rows, rows.numCols);
        double[] distances = new double[rows.numRows];
        Arrays.setAll(distances, i -> squaredNorm(all, i) - squaredNorm(within, i));
        return distances;
    }

    private static FMatrixRMaj scores(Shards shards, FMatrixRMaj rows, int components) {
        return PrincipalComponents.of(shards, components).worker(rows.numRows).of(rows);
    }

    private static double squaredNorm(FMatrixRMaj rows, int row) {
        double sum = 0;
        for (int j = 0; j < rows.numCols; j++) {
            sum += (double) rows.get(row, j) * rows.get(row, j);
        }
        return sum;
    }

    private static double[] mixture(FMatrixRMaj rows, long seed) {
        DMatrixRMaj values = Matrices.doubles(rows);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(10))
                .withRegularization(REGULARIZATION)
                .withCovariancePrior(0)
                .withSeed(seed);
        RowBlocks blocks = InMemoryRowBlocks.of(values, rows.numRows);
        MixtureParameters mixture = new MixtureTrainer(blocks, null, options, null, TrainerListener.NONE)
                .fit()
                .best()
                .mixture();
        MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
        density.evaluate(values);
        double[] scores = new double[rows.numRows];
        Arrays.setAll(scores, i -> -density.logDensity(i));
        return scores;
    }

    @Override
    public String toString() {
        return title;
    }
}
