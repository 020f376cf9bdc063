package io.github.sparklatent.ml.network.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Composite.Group;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.nn.likelihood.Poisson;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkMeasuresTest {
    private static final FMatrixRMaj ROWS = new FMatrixRMaj(4, 4, true, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1);

    private static Map<String, Object> measures(
            Kind kind, Likelihood likelihood, FMatrixRMaj rows, String zeros, int offset) {
        return measures(kind, likelihood, rows, zeros, offset, ScoringOptions.DEFAULT);
    }

    private static Map<String, Object> measures(
            Kind kind, Likelihood likelihood, FMatrixRMaj rows, String zeros, int offset, ScoringOptions options) {
        Architecture architecture = Samples.linear(3, likelihood);
        if (kind.hasComponents()) {
            architecture = architecture.withComponents(2);
        }
        float[] parameters = Samples.parameters(architecture, kind, 1);
        architecture.parameters(kind).stream()
                .filter(parameter -> parameter.name().equals(zeros))
                .forEach(parameter -> {
                    for (int i = offset; i < parameter.length(); i += parameter.columns()) {
                        parameters[parameter.offset() + i] = 0;
                    }
                });
        TrainedNetwork network = new TrainedNetwork(kind, architecture, parameters);
        return new NetworkMeasures(network, options, 0, null).of(InMemoryShards.of(rows, 2), "rows");
    }

    private static Object bits(Likelihood likelihood, FMatrixRMaj rows) {
        return measures(Kind.VARIATIONAL, likelihood, rows, "", 0).get("bitsPerValue");
    }

    /** The mean of the second dimension is its bias, whatever the row. */
    @Test
    void aDimensionWhoseMeanIsTheSameForAllRowsIsNotActive() {
        Likelihood gaussian = Gaussian.fixed(4, 1);
        assertThat(measures(Kind.VARIATIONAL, gaussian, ROWS, "", 0)).containsEntry("activeUnits", 3L);
        assertThat(measures(Kind.VARIATIONAL, gaussian, ROWS, "encoder.0.weights", 1))
                .containsEntry("activeUnits", 2L);
        assertThat(measures(Kind.MIXTURE, gaussian, ROWS, "", 0)).containsEntry("activeUnits", 3L);
        assertThat(measures(Kind.AUTOENCODER, gaussian, ROWS, "", 0)).doesNotContainKey("activeUnits");
    }

    /** A category of three columns and a count are two values; a given number is none. */
    @Test
    void bitsAreThoseOfTheBoundForEachValue() {
        FMatrixRMaj rows = new FMatrixRMaj(4, 5);
        for (int i = 0; i < 4; i++) {
            System.arraycopy(ROWS.data, 4 * i, rows.data, 5 * i, 4);
            rows.set(i, 4, 0.3f);
        }
        Likelihood mixed = new Composite(List.of(
                Group.from(0, new Categorical(3, false)),
                Group.from(3, new Poisson(1)),
                Group.from(4, new Conditions.Given(1, false))));
        Map<String, Object> measures = measures(Kind.VARIATIONAL, mixed, rows, "", 0);
        double expected = -(double) measures.get("elbo") / Math.log(2) / 2;
        assertThat((double) measures.get("bitsPerValue")).isCloseTo(expected, within(1e-12));
    }

    /** Grey values that are drawn as 0 or 1 are values of one bit each; the bound is of the drawn ones. */
    @Test
    void drawnValuesHaveBits() {
        FMatrixRMaj grey = ROWS.copy();
        grey.set(2, 1, 0.5f);
        ScoringOptions drawn = ScoringOptions.DEFAULT.withBinarize(true);
        Map<String, Object> measures = measures(Kind.VARIATIONAL, new Bernoulli(4), grey, "", 0, drawn);
        double expected = -(double) measures.get("elbo") / Math.log(2) / 4;
        assertThat((double) measures.get("bitsPerValue")).isCloseTo(expected, within(1e-12));
        grey.set(2, 1, Float.NaN);
        assertThat(measures(Kind.VARIATIONAL, new Bernoulli(4), grey, "", 0, drawn))
                .doesNotContainKey("bitsPerValue");
    }

    @Test
    void densitiesAndGreyValuesHaveNoBits() {
        FMatrixRMaj grey = ROWS.copy();
        grey.set(2, 1, 0.5f);
        FMatrixRMaj missing = ROWS.copy();
        missing.set(2, 1, Float.NaN);
        assertThat(bits(new Bernoulli(4), ROWS)).isNotNull();
        assertThat(bits(new Bernoulli(4), grey)).isNull();
        assertThat(bits(new Poisson(4), missing)).isNull();
        assertThat(bits(Gaussian.fixed(4, 1), ROWS)).isNull();
    }
}
