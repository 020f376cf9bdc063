package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationContract;
import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sums of each form of a mixture and of its rows against loops over rows, components and cells. */
@ParameterizedClass(name = "{0}, typed: {1}, missing: {2}, weighted: {3}")
@MethodSource("forms")
class ExpectationFormsTest extends ExpectationContract {
    private static final int ROWS = 29;
    private static final int K = 3;
    private static final int D = 4;

    /** Densities have terms below 1000, which are sums of d products; the twin inverts matrices of condition 100. */
    private static final double ROUNDING = 1e-11;

    private final MixedMixture mixture;
    private final DMatrixRMaj rows;
    private final double[] weights;

    static Stream<Arguments> forms() {
        return Arrays.stream(CovarianceType.values())
                .flatMap(type -> IntStream.range(0, 8)
                        .mapToObj(i -> Arguments.of(type, i % 2 == 1, i / 2 % 2 == 1, i / 4 == 1)));
    }

    /** Components are near each other, or a thousand deviations apart if the rows have no weights. */
    ExpectationFormsTest(CovarianceType type, boolean typed, boolean missing, boolean weighted) {
        MixtureParameters gaussian = TestMixtures.of(type, K, D, weighted ? 0.5 : 1e3, 1000, 3);
        mixture = typed ? TestMixtures.typed(gaussian, 5) : MixedMixture.of(gaussian);
        DMatrixRMaj drawn = TestMixtures.drawn(mixture, ROWS, 4);
        rows = missing ? MissingValues.in(drawn, 0.33, 5) : drawn;
        if (missing) {
            Arrays.fill(rows.data, 7 * rows.numCols, 8 * rows.numCols, Double.NaN);
        }
        weights = weighted ? TestMixtures.weights(ROWS, 5) : null;
    }

    @Test
    void componentsNearEachOtherAreSummedAroundACommonOrigin() {
        Centres centres = new MixedDensity(mixture).gaussian().centres();
        boolean isFactored = mixture.gaussian().type().isFactored();
        assertThat(isFactored || centres.wellConditioned() == (weights != null)).isTrue();
    }

    @Override
    protected Expectation expectation() {
        return MixtureExpectation.under(new MixedDensity(mixture));
    }

    @Override
    protected DMatrixRMaj rows() {
        return rows.copy();
    }

    @Override
    protected double[] weights() {
        return weights;
    }

    @Override
    protected Naive naive() {
        double[] sums = new NaiveExpectation(mixture).sums(rows, weights);
        return new Naive(
                sums,
                Arrays.stream(sums)
                        .map(sum -> ROUNDING * Math.max(1, Math.abs(sum)))
                        .toArray());
    }
}
