package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Composite.Group;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reconstructions that are drawn. */
class ReconstructionTest {
    private static final int ROWS = 7;
    private static final int NUMBER = 5;
    private static final Composite MIXED = new Composite(List.of(
            Group.from(0, new Categorical(3, false)),
            Group.from(3, new Poisson(2)),
            Group.from(NUMBER, Gaussian.fixed(1, 0.25)),
            Group.from(6, new Bernoulli(1))));
    private static final ScoringOptions DRAWN = ScoringOptions.DEFAULT.withReconstruction(Reconstruction.SAMPLE);

    private static TrainedNetwork network(Kind kind) {
        Architecture plain = Samples.architecture(2, 4, MIXED);
        Architecture architecture = switch (kind.auxiliary()) {
            case CLASSIFIER, DISCRIMINATOR -> plain.withAuxiliary(List.of(new LayerSpec.Width(3)));
            default -> plain;
        };
        if (kind.hasComponents()) {
            architecture = architecture.withComponents(3);
        }
        if (kind == Kind.VARIATIONAL) {
            architecture = architecture.withCovariance(PosteriorCovariance.FULL);
        }
        return new TrainedNetwork(kind, architecture, Samples.parameters(architecture, kind, 0.5));
    }

    /** Rows of one category of three, two counts, a number and a binary column. */
    private static FMatrixRMaj rows() {
        FMatrixRMaj rows = Samples.rows(ROWS, MIXED.width(), 3);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 3; j++) {
                rows.set(i, j, j == i % 3 ? 1 : 0);
            }
            rows.set(i, 3, i % 4);
            rows.set(i, 4, i / 2);
            rows.set(i, 6, i % 2);
        }
        return rows;
    }

    /** The closed form of each likelihood at the mean code; missing cells add nothing. */
    @ParameterizedTest
    @EnumSource(names = {"AUTOENCODER", "VARIATIONAL"})
    void columnErrorsAreRatiosOfDensities(Kind kind) {
        NetworkScorer scorer = network(kind).scorer(ROWS, ScoringOptions.DEFAULT);
        FMatrixRMaj mean = reconstructed(scorer, rows());
        FMatrixRMaj likely = rows();
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < 3; j++) {
                likely.set(i, j, j == (i + 1) % 3 ? 1 : 0);
            }
            likely.set(i, 3, 2);
            likely.set(i, NUMBER, 0.5f);
            likely.set(i, 6, 1);
        }
        int[][] groups = {{0, 1, 2}, {3}, {NUMBER}, {6}, {4}};
        double[] errors = new double[ROWS * groups.length];
        scorer.columnErrors(rows(), likely, groups, errors);
        for (int i = 0; i < ROWS; i++) {
            double[] m = Samples.row(mean, i);
            double[] x = Samples.row(rows(), i);
            double number = x[NUMBER] - m[NUMBER];
            double other = 0.5 - m[NUMBER];
            double[] expected = {
                Math.log(m[(i + 1) % 3] / m[i % 3]),
                (2 - x[3]) * Math.log(m[3]) - Math.log(2 / factorial((int) x[3])),
                (number * number - other * other) / (2 * 0.25),
                x[6] == 1 ? 0 : Math.log(m[6] / (1 - m[6])),
                0
            };
            for (int c = 0; c < expected.length; c++) {
                assertThat(errors[i * groups.length + c]).isCloseTo(expected[c], within(1e-4));
            }
        }
    }

    private static double factorial(int n) {
        return n < 2 ? 1 : n * factorial(n - 1);
    }

    private static FMatrixRMaj reconstructed(NetworkScorer scorer, FMatrixRMaj rows) {
        FMatrixRMaj reconstructed = new FMatrixRMaj(0, 0);
        scorer.reconstruct(rows, reconstructed);
        return reconstructed;
    }

    @ParameterizedTest
    @EnumSource(
            names = {"AUTOENCODER", "ADVERSARIAL"},
            mode = EnumSource.Mode.EXCLUDE)
    void aDrawnRowIsARowOfTheTableWhateverTheBatches(Kind kind) {
        TrainedNetwork network = network(kind);
        FMatrixRMaj rows = rows();
        FMatrixRMaj whole = reconstructed(network.scorer(ROWS, DRAWN), rows);
        NetworkScorer few = network.scorer(3, DRAWN);
        for (int[] places : new int[][] {{6, 1, 4}, {0}, {5, 2}, {3}}) {
            FMatrixRMaj piece = reconstructed(few, Samples.select(rows, places));
            for (int i = 0; i < places.length; i++) {
                assertThat(Samples.row(piece, i)).isEqualTo(Samples.row(whole, places[i]));
            }
        }
        FMatrixRMaj mean = reconstructed(network.scorer(ROWS, ScoringOptions.DEFAULT), rows);
        FMatrixRMaj other = reconstructed(network.scorer(ROWS, DRAWN.withSeed(2)), rows);
        int invalidMeans = 0;
        for (int i = 0; i < ROWS; i++) {
            assertThat(MIXED.flaw(Samples.row(whole, i), j -> j)).isNull();
            assertThat(whole.get(i, NUMBER)).isNotEqualTo(other.get(i, NUMBER));
            invalidMeans += MIXED.flaw(Samples.row(mean, i), j -> j) == null ? 0 : 1;
        }
        assertThat(invalidMeans).as("means that are no rows").isEqualTo(ROWS);
    }

    /** The code of an autoencoder is no distribution, so nothing is drawn. */
    @Test
    void anAutoencoderGivesTheMean() {
        TrainedNetwork network = network(Kind.AUTOENCODER);
        FMatrixRMaj drawn = reconstructed(network.scorer(ROWS, DRAWN), rows());
        FMatrixRMaj mean = reconstructed(network.scorer(ROWS, ScoringOptions.DEFAULT), rows());
        assertThat(drawn.data).isEqualTo(mean.data);
    }

    /**
     * A linear decoder of one latent variable: x = b + w z + e, so that E[x] = b + w E[z] and var x = w² var z + var e.
     * The moments of z given the row are those that {@code encode} computes. The decoder of a game adds no e. The mean
     * of n draws deviates by √(var / n), their variance by √((m₄ − var²) / n) with the fourth moment m₄; 5 such
     * deviations are allowed, for 20 metrics of fixed seeds.
     */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL", "MIXTURE", "EMBEDDING", "VARIATIONAL_ADVERSARIAL"})
    void drawsHaveTheMomentsOfTheModel(Kind kind) {
        int draws = 4000;
        double noise = kind.needsDiscriminator() ? 0 : 0.25;
        Architecture architecture = Samples.linear(1, Gaussian.fixed(3, 0.25));
        if (kind.hasComponents()) {
            architecture = architecture.withComponents(3);
        }
        if (kind.needsDiscriminator()) {
            architecture = architecture.withAuxiliary(List.of(new LayerSpec.Width(3)));
        }
        TrainedNetwork network = new TrainedNetwork(kind, architecture, Samples.parameters(architecture, kind, 0.5));
        FMatrixRMaj rows = Samples.rows(1, 3, 5);
        FMatrixRMaj code = new FMatrixRMaj(0, 0);
        FMatrixRMaj variance = new FMatrixRMaj(0, 0);
        FMatrixRMaj decoded = new FMatrixRMaj(0, 0);
        NetworkScorer scorer = network.scorer(2, ScoringOptions.DEFAULT);
        scorer.decode(new FMatrixRMaj(new float[][] {{0}, {1}}), decoded);
        scorer.encode(rows, code, variance);
        double[][] drawn = new double[draws][];
        for (int s = 0; s < draws; s++) {
            drawn[s] = Samples.row(reconstructed(network.scorer(1, DRAWN.withSeed(s)), rows), 0);
        }
        for (int j = 0; j < 3; j++) {
            double slope = decoded.get(1, j) - decoded.get(0, j);
            double mean = decoded.get(0, j) + slope * code.get(0, 0);
            double expected = slope * slope * variance.get(0, 0) + noise;
            double first = 0;
            double second = 0;
            double fourth = 0;
            for (double[] x : drawn) {
                double deviation = x[j] - mean;
                first += deviation / draws;
                second += deviation * deviation / draws;
                fourth += Math.pow(deviation, 4) / draws;
            }
            assertThat(first).isCloseTo(0, within(5 * Math.sqrt(expected / draws)));
            double error = Math.sqrt((fourth - second * second) / draws);
            assertThat(second).isCloseTo(expected, within(5 * error));
        }
    }
}
