package io.github.sparklatent.vae;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A row with one cell far from all others has a finite score, above that of ordinary rows. */
class OutlierScoreTest {
    private static final int ROWS = 20;
    private static final int WIDTH = 6;

    static Stream<Arguments> outliers() {
        return Stream.of(Kind.VARIATIONAL, Kind.MIXTURE, Kind.EMBEDDING, Kind.CLASSIFYING)
                .flatMap(kind -> Stream.of(1e4f, -1e4f, 1e9f, 1e18f, -1e18f).map(cell -> Arguments.of(kind, cell)));
    }

    @ParameterizedTest
    @MethodSource("outliers")
    void anOutlierHasAFiniteScoreAboveOrdinaryRows(Kind kind, float cell) {
        List<LayerSpec> hidden = List.of(new LayerSpec.Width(64), new LayerSpec.Width(64));
        Architecture architecture = new Architecture(
                WIDTH, null, 2, hidden, hidden, Activation.RELU, Gaussian.fixed(WIDTH, 1), Initialization.HE_UNIFORM);
        if (kind != Kind.VARIATIONAL) {
            architecture = architecture.withComponents(3);
        }
        FMatrixRMaj rows = Samples.rows(ROWS, WIDTH, 1);
        rows.set(ROWS - 1, 2, cell);
        double[] anomaly = new double[ROWS];
        new TrainedNetwork(kind, architecture, Samples.parameters(architecture, kind, 0.1))
                .scorer(ROWS, ScoringOptions.DEFAULT)
                .anomaly(rows, anomaly);
        double ordinary = Arrays.stream(anomaly, 0, ROWS - 1).max().orElseThrow();
        assertThat(anomaly).doesNotContain(Double.NaN);
        assertThat(anomaly[ROWS - 1]).isFinite().isGreaterThan(ordinary);
    }
}
