package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gan.Discriminator.SpectralNorm;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

/** The largest singular value after normalisation, by EJML's decomposition. */
class SpectralNormTest {
    private static final int OFFSET = 7;
    private static final AdversarialOptions SPECTRAL = AdversarialOptions.DEFAULT.withSpectralNormalization(true);

    private static final int ITERATIONS = SPECTRAL.powerIterations();

    private static double largest(float[] values, int offset, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        Arrays.setAll(matrix.data, i -> values[offset + i]);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(rows, columns, false, false, true);
        svd.decompose(matrix);
        return Arrays.stream(svd.getSingularValues()).max().orElseThrow();
    }

    /** Noise of deviation 1 and a direction of so much more. */
    private static float[] matrix(int rows, int columns, double apart) {
        FMatrixRMaj noise = Games.normal(rows, columns, 1);
        FMatrixRMaj u = Games.normal(rows, 1, 2);
        FMatrixRMaj v = Games.normal(columns, 1, 3);
        float[] values = new float[OFFSET + rows * columns + 3];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                values[OFFSET + i * columns + j] = (float) (noise.get(i, j) + apart * u.get(i, 0) * v.get(j, 0));
            }
        }
        return values;
    }

    private static SpectralNorm norm(int rows, int columns) {
        Parameter parameter = new Parameter("weights", OFFSET, rows, columns);
        return new SpectralNorm(parameter, ITERATIONS, 0, new FloatProducts());
    }

    /** σ₂ / σ₁ is about a third, and to the power of 40 nothing: what is left is rounding. */
    @Test
    void isOneWhereOneStandsApart() {
        float[] values = matrix(40, 30, 1);
        double before = largest(values, OFFSET, 40, 30);
        SpectralNorm norm = norm(40, 30);
        norm.normalize(values);
        assertThat(norm.sigma()).isCloseTo(before, within(1e-5 * before));
        assertThat(largest(values, OFFSET, 40, 30)).isCloseTo(1, within(1e-5));
    }

    /** Of any matrix, by the bound in the class's Javadoc, which is of σ². */
    @Test
    void isALittleMoreOfNoise() {
        float[] values = matrix(60, 80, 0);
        norm(60, 80).normalize(values);
        double error = 0.871 * StrictMath.log(80) / (ITERATIONS - 1);
        assertThat(largest(values, OFFSET, 60, 80)).isBetween(1 - 1e-5, 1 / Math.sqrt(1 - error));
    }

    @Test
    void touchesNothingElseAndLeavesZerosAlone() {
        float[] values = matrix(3, 4, 1);
        Arrays.fill(values, 0, OFFSET, 5f);
        Arrays.fill(values, OFFSET, OFFSET + 12, 0f);
        norm(3, 4).normalize(values);
        float[] expected = new float[OFFSET + 15];
        Arrays.fill(expected, 0, OFFSET, 5f);
        assertThat(values).containsExactly(expected);
    }

    /** Without hidden layers a(x) = x w / |w| + b, w being one column. */
    @Test
    void normalizesADiscriminator() {
        Discriminator discriminator = Games.of(4, 2, List.of(), SPECTRAL).discriminator();
        float[] parameters = {3, 0, 0, 4, 0.5f};
        FMatrixRMaj rows = new FMatrixRMaj(1, 4, true, 1, 2, 3, 10);
        FMatrixRMaj logits = discriminator.worker(1, 0, new FloatProducts()).logits(parameters, rows);
        assertThat(logits.data[0]).isCloseTo(43f / 5 + 0.5f, within(1e-5f));
    }

    /** A function of the parameters alone: what was computed before changes no bit. */
    @Test
    void remembersNothing() {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(9), new LayerSpec.Width(6));
        Games game = Games.of(5, 2, hidden, SPECTRAL);
        FMatrixRMaj rows = Games.normal(8, 5, 4);
        Discriminator.Worker used = game.discriminator().worker(8, game.offset(), new FloatProducts());
        used.logits(game.start(2), rows);
        Discriminator.Worker fresh = game.discriminator().worker(8, game.offset(), new FloatProducts());
        assertThat(used.logits(game.start(1), rows).data).containsExactly(fresh.logits(game.start(1), rows).data);
        assertThat(gradient(used, game)).containsExactly(gradient(fresh, game));
    }

    private static float[] gradient(Discriminator.Worker worker, Games game) {
        float[] gradient = new float[game.objective().parameterCount()];
        worker.backward(Games.normal(8, 1, 6), false);
        worker.gradient(gradient);
        return gradient;
    }
}
