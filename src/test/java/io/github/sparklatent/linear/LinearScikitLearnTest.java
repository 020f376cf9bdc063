package io.github.sparklatent.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.training.LinearTrainer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The log-likelihoods of scikit-learn on real tables. {@code src/test/python/linear_golden.py} computes the expected
 * values.
 */
class LinearScikitLearnTest {
    /** What EM may still have to gain, in nats: the goal of the agreement of all ways to fit. */
    private static final double GAP = 1e-6;

    private static InMemoryRowBlocks rows(String table) {
        return InMemoryRowBlocks.of(SampleTables.rows(table), 256);
    }

    @ParameterizedTest
    @CsvSource({
        "iris, 2, -2.699796510675664, 0.05102229650818439",
        "wine, 4, -23.329845706136744, 0.3056572559258459",
        "digits, 10, -159.99373615808085, 5.827594276606526"
    })
    void probabilisticPcaIsThatOfScikitLearn(String table, int latent, double score, double noise) {
        InMemoryRowBlocks data = rows(table);
        LinearOptions options = LinearOptions.PPCA.withLatent(latent);
        LinearFit closed = LinearTrainer.fit(data, options);
        LinearFit em = LinearTrainer.fit(data, options.withFit(LinearOptions.FitMethod.EM));
        assertThat(em.converged()).isTrue();
        assertThat(em.meanLogLikelihood()).isCloseTo(closed.meanLogLikelihood(), within(GAP));
        for (LinearFit fit : new LinearFit[] {closed, em}) {
            // scikit-learn divides the covariance by n − 1.
            double factor = data.rows() / (data.rows() - 1.0);
            DMatrixRMaj loadings = fit.model().loadings();
            CommonOps_DDRM.scale(Math.sqrt(factor), loadings);
            LinearGaussian model = new LinearGaussian(
                    fit.model().mean(), loadings, factor * fit.model().noise(0));
            assertThat(Fits.meanLogLikelihood(model, data)).isCloseTo(score, within(GAP));
            assertThat(model.noise(0)).isCloseTo(noise, within(1e-4 * noise));
        }
    }

    @Test
    void factorAnalysisIsThatOfScikitLearn() {
        LinearFit fit = LinearTrainer.fit(rows("wine"), LinearOptions.FACTOR_ANALYSIS.withLatent(2));
        assertThat(fit.converged()).isTrue();
        assertThat(fit.meanLogLikelihood()).isCloseTo(-19.533946960495005, within(GAP));
        double[] noise = {
            0.30568853826394327, 0.9471280514163114, 0.06698387053218992, 9.337582534897823,
            173.76468019597743, 0.07695802483365544, 0.07765962364927992, 0.010560944934615115,
            0.18087427267774378, 0.8826895459905044, 0.02566859399562897, 0.12172331238717948,
            46251.725319875666
        };
        for (int j = 0; j < noise.length; j++) {
            // A gap of 1e-6 nats is a relative error of about its root.
            assertThat(fit.model().noise(j)).isCloseTo(noise[j], within(1e-3 * noise[j]));
        }
    }
}
