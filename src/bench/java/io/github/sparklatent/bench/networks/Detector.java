package io.github.sparklatent.bench.networks;

import io.github.sparklatent.gmm.Mixture;
import io.github.sparklatent.gmm.MixtureDensity;
import io.github.sparklatent.gmm.MixtureFactors;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.gmm.MixtureTrainer;
import io.github.sparklatent.gmm.TrainerListener;
import io.github.sparklatent.learn.InMemoryPass;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.Architecture;
import io.github.sparklatent.vae.Kind;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.VariationalObjective;
import io.github.sparklatent.vae.VariationalOptions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Scores rows by how strange they are, by a model fitted to the same rows. */
enum Detector {
    /** −ELBO of a variational autoencoder, 16 samples of z. */
    VAE("VAE 64-128-10, −ELBO") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            Architecture architecture =
                    Architectures.dense(rows.numCols, LATENT, Activation.RELU, WIDTH);
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
    PCA("PCA, 20 components, reconstruction error") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            DMatrixRMaj centred = doubles(rows);
            DMatrixRMaj means = CommonOps_DDRM.sumCols(centred, null);
            for (int i = 0; i < rows.numRows; i++) {
                for (int j = 0; j < rows.numCols; j++) {
                    centred.add(i, j, -means.get(j) / rows.numRows);
                }
            }
            SingularValueDecomposition_F64<DMatrixRMaj> svd =
                    DecompositionFactory_DDRM.svd(rows.numRows, rows.numCols, true, false, true);
            svd.decompose(centred.copy());
            DMatrixRMaj left = svd.getU(null, false);
            double[] values = svd.getSingularValues();
            Integer[] order =
                    java.util.stream.IntStream.range(0, values.length)
                            .boxed()
                            .sorted(java.util.Comparator.comparingDouble(k -> -values[k]))
                            .toArray(Integer[]::new);
            double[] scores = new double[rows.numRows];
            for (int i = 0; i < rows.numRows; i++) {
                for (int k = COMPONENTS; k < values.length; k++) {
                    double part = left.get(i, order[k]) * values[order[k]];
                    scores[i] += part * part;
                }
            }
            return scores;
        }
    },
    /** −log density of a Gaussian mixture. */
    MIXTURE("Gaussian mixture, 10 full components, −log p(x)") {
        @Override
        double[] scores(FMatrixRMaj rows, long seed) {
            DMatrixRMaj values = doubles(rows);
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

    private static final int LATENT = 10;
    private static final int WIDTH = 128;
    private static final double PASSES = 200;
    private static final int BATCH = 64;
    private static final int SAMPLES = 16;
    private static final int COMPONENTS = 20;

    /** A variance of 1/16 of the grey scale's step squared would be 0.004; without it EM has none. */
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

    private static DMatrixRMaj doubles(FMatrixRMaj rows) {
        DMatrixRMaj values = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < values.data.length; i++) {
            values.data[i] = rows.data[i];
        }
        return values;
    }

    @Override
    public String toString() {
        return text;
    }
}
