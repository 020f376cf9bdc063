package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.InMemoryPass;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.VariationalObjective;
import io.github.sparklatent.vae.VariationalOptions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Scores rows by how strange they are, by a model fitted to the same rows. */
enum Detector {
    /** −ELBO of a variational autoencoder, 16 samples of z. */
    VAE("VAE 64-64-5, one learnt variance, −ELBO") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            List<LayerSpec> layers = List.of(new LayerSpec.Width(WIDTH));
            Architecture architecture =
                    new Architecture(
                            rows.numCols,
                            null,
                            LATENT,
                            layers,
                            layers,
                            Activation.RELU,
                            Gaussian.learnt(rows.numCols),
                            Initialization.HE_UNIFORM);
            double[] scores = new double[rows.numRows];
            InMemory.train(
                            Kind.VARIATIONAL,
                            architecture,
                            new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                            rows,
                            PASSES,
                            BATCH,
                            seed)
                    .scorer(rows.numRows, ScoringOptions.DEFAULT.withSamples(SAMPLES))
                    .anomaly(rows, scores);
            return scores;
        }
    },
    /** Squared distance from the subspace of the largest principal components. */
    PCA_5("PCA, 5 components, reconstruction error") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            return PrincipalComponents.distances(Matrices.doubles(rows), 5);
        }
    },
    /** The same with more of them. */
    PCA_20("PCA, 20 components, reconstruction error") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            return PrincipalComponents.distances(Matrices.doubles(rows), 20);
        }
    },
    /** −log density of a Gaussian mixture. */
    MIXTURE("Gaussian mixture, 10 full components, −log p(x)") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            DMatrixRMaj values = Matrices.doubles(rows);
            MixtureOptions options =
                    MixtureOptions.DEFAULT
                            .withComponents(List.of(10))
                            .withRegularization(REGULARIZATION)
                            .withSeed(seed);
            Mixture mixture =
                    new MixtureTrainer(
                                    InMemoryPass.of(values, rows.numRows),
                                    null,
                                    options,
                                    null,
                                    TrainerListener.NONE)
                            .fit()
                            .best()
                            .mixture();
            MixtureDensity density = new MixtureDensity(MixtureFactors.of(mixture));
            density.evaluate(values);
            double[] scores = new double[rows.numRows];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = -density.logDensity(i);
            }
            return scores;
        }
    };

    private static final int LATENT = 5;
    private static final int WIDTH = 64;
    private static final double PASSES = 50;
    private static final int BATCH = 64;
    private static final int SAMPLES = 16;

    /** That of a deviation of half a step of the grey values, as some pixels never change. */
    private static final double REGULARIZATION = 1e-3;

    private final String text;

    Detector(String text) {
        this.text = text;
    }

    /**
     * Higher is stranger.
     *
     * @param rows n × d, fitted to and scored. Not modified.
     */
    abstract double[] scores(FMatrixRMaj rows, long seed);

    @Override
    public String toString() {
        return text;
    }
}
