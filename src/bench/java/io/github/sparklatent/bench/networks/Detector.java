package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.InMemoryPass;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Gaussian;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.MixtureStage;
import io.github.sparklatent.vae.objective.MixtureVariationalObjective;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Scores rows by how strange they are, by a model fitted to the same rows. */
enum Detector {
    /** −ELBO of a variational autoencoder, 16 samples of z. */
    VAE("VAE 64-64-5, one learnt variance, −ELBO") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            Architecture architecture = architecture(rows.numCols);
            return anomalies(
                    Kind.VARIATIONAL,
                    architecture,
                    new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                    rows,
                    seed);
        }
    },
    /** The same of one whose prior and posterior are mixtures. */
    MOG_VAE("MoG-VAE 64-64-5, 10 components, one learnt variance, −ELBO") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            Architecture architecture = architecture(rows.numCols).withComponents(COMPONENTS);
            return anomalies(
                    Kind.MIXTURE,
                    architecture,
                    new MixtureVariationalObjective(
                            architecture, VariationalOptions.DEFAULT, MixtureStage.JOINT),
                    rows,
                    seed);
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
                            .withComponents(List.of(COMPONENTS))
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

    private static final int COMPONENTS = 10;
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
            Kind kind,
            Architecture architecture,
            StochasticObjective objective,
            FMatrixRMaj rows,
            long seed) {
        double[] scores = new double[rows.numRows];
        InMemory.train(kind, architecture, objective, rows, PASSES, BATCH, seed)
                .scorer(rows.numRows, ScoringOptions.DEFAULT.withSamples(SAMPLES))
                .anomaly(rows, scores);
        return scores;
    }

    @Override
    public String toString() {
        return text;
    }
}
