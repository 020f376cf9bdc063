package io.github.sparklatent.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.Batch;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Composite.Group;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.Samples;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is drawn of rows and done to them, by its moments within five standard errors. */
class RowBatchTest {
    private static final int ROWS = 2000;
    private static final int WIDTH = 10;
    private static final int VALUES = ROWS * WIDTH;

    private final FMatrixRMaj rows = Samples.rows(ROWS, WIDTH, 5);
    private final Batch streams = new Batch(ROWS, WIDTH);

    @Test
    void valuesAreTheProbabilitiesOfOnes() {
        FMatrixRMaj before = rows.copy();
        RowBatch batch = batch(rows, true, Corruption.NONE);
        double difference = 0;
        double variance = 0;
        for (int k = 0; k < VALUES; k++) {
            float p = rows.data[k];
            assertThat(batch.target().data[k]).isIn(0f, 1f);
            difference += batch.target().data[k] - p;
            variance += p * (1 - p);
        }
        assertThat(difference).isCloseTo(0, within(5 * Math.sqrt(variance)));
        assertThat(batch.input()).isSameAs(batch.target());
        assertThat(rows.data).isEqualTo(before.data);
    }

    @Test
    void certainValuesStay() {
        FMatrixRMaj certain = new FMatrixRMaj(2, 2, true, 0, 1, 1, 0);
        RowBatch batch = batch(certain, true, Corruption.NONE);
        assertThat(batch.target().data).startsWith(0, 1, 1, 0);
    }

    @Test
    void maskingTakesAShareOfTheInputOnly() {
        double level = 0.3;
        RowBatch batch = batch(rows, false, new Corruption(Corruption.Type.MASKING, level));
        int masked = 0;
        for (int k = 0; k < VALUES; k++) {
            float found = batch.input().data[k];
            assertThat(found).isIn(0f, rows.data[k]);
            masked += found == 0 ? 1 : 0;
        }
        double error = Math.sqrt(level * (1 - level) / VALUES);
        assertThat((double) masked / VALUES).isCloseTo(level, within(5 * error));
        assertThat(batch.target()).isSameAs(rows);
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        double level = 0.2;
        RowBatch batch = batch(rows, false, new Corruption(Corruption.Type.GAUSSIAN, level));
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < VALUES; k++) {
            double noise = batch.input().data[k] - rows.data[k];
            sum += noise;
            squares += noise * noise;
        }
        assertThat(sum / VALUES).isCloseTo(0, within(5 * level / Math.sqrt(VALUES)));
        double error = level * level * Math.sqrt(2.0 / VALUES);
        assertThat(squares / VALUES).isCloseTo(level * level, within(5 * error));
        assertThat(batch.target()).isSameAs(rows);
    }

    /** Noise is no count and no category, and 0 is one of their values. */
    @ParameterizedTest
    @CsvSource({"GAUSSIAN, 0.2", "MASKING, 0.5"})
    void countsAndCategoriesAreNotCorrupted(Corruption.Type type, double level) {
        Likelihood table = new Composite(List.of(
                Group.from(0, new Categorical(3, true)),
                Group.from(3, new Poisson(2)),
                Group.from(5, Gaussian.learnt(4)),
                Group.from(9, new Bernoulli(1, true))));
        FMatrixRMaj input =
                batch(rows, table, false, new Corruption(type, level)).input();
        boolean[] changed = new boolean[WIDTH];
        for (int k = 0; k < VALUES; k++) {
            changed[k % WIDTH] |= input.data[k] != rows.data[k];
        }
        assertThat(changed).containsExactly(false, false, false, false, false, true, true, true, true, false);
    }

    /** A batch of training. */
    private static RowBatch batch(FMatrixRMaj rows, boolean binarize, Corruption corruption) {
        return batch(rows, new Bernoulli(rows.numCols), binarize, corruption);
    }

    private static RowBatch batch(FMatrixRMaj rows, Likelihood likelihood, boolean binarize, Corruption corruption) {
        RowBatch batch = new RowBatch(rows.numRows, likelihood, binarize, corruption);
        batch.train(new float[0], rows, Samples.ones(rows.numRows), new StochasticObjective.Position(3, 0, 0));
        return batch;
    }

    @Test
    void rowsHaveStreamsByTheirContent() {
        FMatrixRMaj turned = Samples.select(rows, 1, 0, 1);
        double first = drawn(turned, 1, 0);
        double third = drawn(turned, 1, 2);
        double alone = drawn(Samples.select(rows, 1), 1, 0);
        double other = drawn(turned, 1, 1);
        double seed = drawn(turned, 2, 0);
        assertThat(first).isEqualTo(third).isEqualTo(alone).isNotEqualTo(other);
        assertThat(seed).isNotEqualTo(first);
    }

    private double drawn(FMatrixRMaj of, long seed, int row) {
        streams.evaluate(new float[0], of, seed);
        return streams.streams(Purpose.LATENT_NOISE)[row].nextDouble();
    }
}
