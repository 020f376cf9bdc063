package io.github.sparklatent.ml.network.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.linalg.FloatBlock;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.IndependentColumns;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.OutputGaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class ColumnCentresTest {
    private static final double[] CENTRES = {1000, -3.5, 0, 250, 0.01, 7};

    /** The code 0 has hidden units of 0, so that the outputs of the decoder are its biases. */
    private static double[] start(Architecture architecture, double[] centres) {
        float[] parameters = architecture.initialize(Kind.VARIATIONAL, 1, centres);
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters)
                .scorer(1, ScoringOptions.DEFAULT)
                .decode(new FMatrixRMaj(1, 2), mean);
        double[] values = new double[mean.numCols];
        for (int j = 0; j < values.length; j++) {
            values[j] = mean.data[j];
        }
        return values;
    }

    private static Architecture dense(Likelihood likelihood) {
        return Samples.architecture(2, 4, likelihood);
    }

    /** Two partitions; the complete columns have the bits that they have without missing cells. */
    @Test
    void missingCellsAreLeftOut() {
        FMatrixRMaj first = new FMatrixRMaj(2, 3, true, 1, Float.NaN, 5, 3, 4, 6);
        FMatrixRMaj second = new FMatrixRMaj(2, 3, true, 7, 9, Float.NaN, 2, Float.NaN, Float.NaN);
        double[] centres = centres(first, second);
        assertThat(centres[0]).isEqualTo(centres(column(1, 3), column(7, 2))[0]);
        assertThat(centres[1]).isCloseTo(centres(column(4, 9))[0], within(1e-14));
        assertThat(centres[2]).isCloseTo(centres(column(5, 6))[0], within(1e-14));
    }

    private static FMatrixRMaj column(float... values) {
        return new FMatrixRMaj(values.length, 1, true, values);
    }

    private static double[] centres(FMatrixRMaj... partitions) {
        return ColumnCentres.find(
                        new InMemoryShards(Arrays.stream(partitions)
                                .map(rows -> new PartitionRows(List.of(new FloatBlock(rows, null))))
                                .toList()),
                        Gaussian.learnt(partitions[0].numCols),
                        false)
                .centres();
    }

    /** Sums of ten products of floats, of up to 1000 before the logarithm: errors of 1e-5. */
    @Test
    void anEncoderThatReadsAMaskStartsWithMissingCellsAtTheCentres() {
        Composite mixed = new Composite(List.of(
                Composite.Group.from(0, new Poisson(1)),
                Composite.Group.from(1, Gaussian.learnt(1)),
                Composite.Group.from(2, new IndependentColumns(ColumnFamily.NEGATIVE_BINOMIAL, 1))));
        double[] centres = {1000, -3.5, 250};
        Architecture masked = dense(mixed).withMask(true);
        NetworkScorer scorer = new TrainedNetwork(
                        Kind.VARIATIONAL, masked, masked.initialize(Kind.VARIATIONAL, 1, centres))
                .scorer(2, ScoringOptions.DEFAULT);
        FMatrixRMaj codes = new FMatrixRMaj(0, 0);
        float nan = Float.NaN;
        scorer.encode(new FMatrixRMaj(2, 3, true, nan, 2, nan, 1000, 2, 250), codes);
        for (int j = 0; j < 2; j++) {
            assertThat(codes.get(0, j)).isCloseTo(codes.get(1, j), within(1e-4f));
            assertThat(codes.get(0, j)).isNotEqualTo(0);
        }
    }

    /** Floats, of logarithms up to 7 for counts: a relative error of some 1e-6. */
    @Test
    void aDecoderStartsAtTheCentresOfItsColumns() {
        Composite mixed = new Composite(List.of(
                new Composite.Group(List.of(0, 5), new Poisson(2)),
                new Composite.Group(List.of(3, 1), new OutputGaussian(2, 0.1)),
                new Composite.Group(List.of(4), Gaussian.learnt(1)),
                new Composite.Group(List.of(2), new Bernoulli(1))));
        double[] found = start(dense(mixed), CENTRES);
        for (int j : new int[] {0, 1, 3, 4, 5}) {
            assertThat(found[j]).isCloseTo(CENTRES[j], within(1e-5 * Math.abs(CENTRES[j])));
        }
        assertThat(found[2]).as("a bounded column starts in its middle").isEqualTo(0.5);
        assertThat(start(dense(new Poisson(1)), new double[] {0})[0])
                .as("a column of zeros")
                .isCloseTo(1e-3, within(1e-8));
    }

    @Test
    void allFamiliesStartAtTheCentre() {
        double[] centre = {250};
        for (ColumnFamily family : ColumnFamily.values()) {
            assertThat(start(dense(new IndependentColumns(family, 1)), centre)[0])
                    .as(family.toString())
                    .isCloseTo(250, within(0.0025));
        }
    }

    /** A configuration whose columns all start in the middle needs no job, unless it has a mask. */
    @Test
    void columnsFromZeroToOneAreNotRead() {
        FMatrixRMaj rows = new FMatrixRMaj(3, 2);
        rows.fill(1);
        assertThat(ColumnCentres.find(InMemoryShards.of(rows, 1), new Bernoulli(2), false)
                        .centres())
                .containsExactly(0, 0);
        assertThat(ColumnCentres.find(InMemoryShards.of(rows, 1), new Bernoulli(2), true)
                        .centres())
                .containsExactly(new double[] {1, 1}, within(1e-15));
    }

    /** The last layer of a decoder of images has one bias for each channel. */
    @Test
    void theBiasOfAChannelIsTheMeanOfItsCentres() {
        List<LayerSpec> hidden = List.of(new LayerSpec.Kernel(3, 2, 1));
        Architecture images = new Architecture(
                18,
                new ImageShape(2, 3, 3),
                2,
                hidden,
                hidden,
                Activation.RELU,
                Gaussian.fixed(18, 1),
                Initialization.HE_UNIFORM);
        double[] centres = new double[18];
        for (int j = 0; j < 18; j++) {
            centres[j] = j;
        }
        double[] found = start(images, centres);
        for (int j = 0; j < 18; j++) {
            assertThat(found[j]).isCloseTo(j < 9 ? 4 : 13, within(1e-5));
        }
    }

    /** Columns: constant, symmetric, with one outlier in 1,000 rows, skewed counts. */
    @Test
    void centresHardlyDependOnOutliers() {
        int n = 1000;
        FMatrixRMaj rows = new FMatrixRMaj(n, 4);
        for (int i = 0; i < n; i++) {
            rows.set(i, 0, 1000);
            rows.set(i, 1, i % 2 == 0 ? 0.5f : -0.5f);
            rows.set(i, 2, i == 7 ? 1e18f : 1000);
            rows.set(i, 3, i % 2);
        }
        double[] centres = ColumnCentres.find(InMemoryShards.of(rows, 3), Gaussian.learnt(4), true)
                .centres();
        assertThat(centres[0]).isCloseTo(1000, within(1e-6));
        assertThat(centres[1]).isCloseTo(0, within(1e-12));
        // asinh of the outlier is 42.1, that of the others 7.6: their mean is 0.035 higher.
        assertThat(centres[2]).isCloseTo(1000 * Math.exp(0.0345), within(1.0));
        assertThat(centres[3]).isCloseTo(Math.sinh(Math.log(1 + Math.sqrt(2)) / 2), within(1e-6));
    }
}
