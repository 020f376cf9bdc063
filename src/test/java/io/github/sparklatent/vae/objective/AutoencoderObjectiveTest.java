package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class AutoencoderObjectiveTest {
    private static final int WIDTH = 6;
    private static final Architecture SMALL = Samples.architecture(2, 4, new Bernoulli(WIDTH));
    private static final float[] START = Samples.parameters(SMALL, Kind.AUTOENCODER, 0.3);
    private static final FMatrixRMaj TABLE = Samples.rows(3, WIDTH, 1);
    private static final AutoencoderOptions PLAIN = AutoencoderOptions.DEFAULT;
    private static final AutoencoderOptions MASKED = PLAIN.withCorruption(new Corruption(Corruption.Type.MASKING, 0.5));

    /** No draws in a plain autoencoder: a row of weight 2 is a row that is there twice. */
    @Test
    void rowOfWeightTwoIsTheRowTwice() {
        float[] weighted = gradient(PLAIN, TABLE, new float[] {1, 2, 1}, 0);
        float[] repeated = gradient(PLAIN, Samples.select(TABLE, 0, 1, 1, 2), new float[] {1, 1, 1, 1}, 0);
        assertThat(weighted).containsExactly(repeated, within(1e-6f));
        assertThat(weighted).isNotEqualTo(gradient(PLAIN, TABLE, Samples.ones(3), 0));
    }

    @Test
    void damageIsDrawnFromTheKey() {
        float[] one = gradient(MASKED, TABLE, Samples.ones(3), 1);
        assertThat(gradient(MASKED, TABLE, Samples.ones(3), 1)).isEqualTo(one);
        assertThat(gradient(MASKED, TABLE, Samples.ones(3), 2)).isNotEqualTo(one);
        assertThat(gradient(PLAIN, TABLE, Samples.ones(3), 1)).isEqualTo(gradient(PLAIN, TABLE, Samples.ones(3), 2));
    }

    @Test
    void evaluationDamagesNothing() {
        assertThat(evaluation(MASKED)).isEqualTo(evaluation(PLAIN));
        AutoencoderOptions binarized = PLAIN.withBinarize(true);
        assertThat(evaluation(binarized)).isNotEqualTo(evaluation(PLAIN));
    }

    private static float[] gradient(AutoencoderOptions options, FMatrixRMaj rows, float[] weights, long key) {
        float[] gradient = new float[START.length];
        new AutoencoderObjective(SMALL, options)
                .worker(rows.numRows)
                .gradient(START, rows, weights, new Position(key, 0, 0), gradient, new double[1]);
        return gradient;
    }

    private static double evaluation(AutoencoderOptions options) {
        double[] sums = new double[1];
        new AutoencoderObjective(SMALL, options).worker(3).evaluate(START, TABLE, Samples.ones(3), sums);
        return sums[0];
    }
}
