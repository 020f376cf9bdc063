package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.Secants;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.bayes.ParameterPosterior;
import io.github.sparklatent.mixture.bayes.VariationalInference.InferenceState;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.stochastic.LocalModel;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchStateTest {
    /** Bytes of the head: the beginning of an array, and the version. */
    private static final int HEAD = 2;

    private static final Candidate CANDIDATE = new Candidate(3, 1, 17, true, -1.0 / 3, Double.NaN, 0.1, Math.PI, 0.2);

    private static SearchState decoded(byte[] bytes) {
        return StateCodec.decode(new ByteArrayInputStream(bytes), bytes.length, MixtureTrainer.STATE);
    }

    @ParameterizedTest
    @EnumSource(CovarianceType.class)
    void aStateComesBackBitForBit(CovarianceType type) {
        SearchState state = state(type, "x".repeat(70_000));
        TestMixtures.assertSame(decoded(StateBytes.encode(state)), state);
    }

    @Test
    void whatIsAbsentStaysAbsent() {
        SearchState state = state(CovarianceType.FULL);
        for (var partial : List.<SearchState>of(
                SearchState.start(),
                new SearchState(List.of(), null, null, state.current()),
                new SearchState(state.done(), state.best(), null, null),
                new SearchState(state.done(), null, state.leader(), null))) {
            TestMixtures.assertSame(decoded(StateBytes.encode(partial)), partial);
        }
    }

    @Test
    void theSameStateHasTheSameBytes() {
        assertThat(StateBytes.encode(state(CovarianceType.TIED)))
                .containsExactly(StateBytes.encode(state(CovarianceType.TIED)));
    }

    @Test
    void everyTruncationIsASentence() {
        byte[] bytes = StateBytes.encode(state(CovarianceType.DIAGONAL));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decoded(cut))
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("the saved training state ");
        }
    }

    /** Garbage is either read as some state or refused; it neither asks for memory nor loops. */
    @Test
    void garbageBehindAGoodHeadNeverEndsInAnotherError() {
        byte[] good = StateBytes.encode(state(CovarianceType.SPHERICAL));
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++) {
            byte[] bytes = good.clone();
            for (int flip = 0; flip < 3; flip++) {
                bytes[HEAD + random.nextInt(bytes.length - HEAD)] = (byte) random.nextInt();
            }
            try {
                decoded(bytes);
            } catch (DataException e) {
                assertThat(e).hasMessageStartingWith("the saved training state");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** A record of the same form, but with weights that no mixture can have. */
    private record Parameters(
            CovarianceType type, double[] weights, DMatrixRMaj means, List<DMatrixRMaj> covariances) {}

    @Test
    void parametersThatAreNoMixtureAreRefused() {
        DMatrixRMaj one = new DMatrixRMaj(new double[][] {{1}});
        byte[] bytes =
                StateBytes.encode(new Parameters(CovarianceType.SPHERICAL, new double[] {-1}, one, List.of(one)));
        assertThatThrownBy(() -> StateBytes.decode(bytes, MixtureParameters.class))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("damaged: mixture has a weight of -1.0");
    }

    private static SearchState state(CovarianceType type) {
        return state(type, "a covariance was not positive definite");
    }

    private static SearchState state(CovarianceType type, String warning) {
        MixedMixture mixture = MixedMixture.of(mixture(type));
        MixtureState model = new MixtureState(
                mixture,
                new double[] {1.5, 2, 1.0 / 3},
                new LocalModel.Progress(1.0 / 3, -2.5, new double[] {-0.0, 1e-300}),
                new InferenceState(
                        new ParameterPosterior(ParameterPosterior.Form.MEAN_FIELD, 1, new double[] {-0.0, 1.0 / 3}),
                        7,
                        1,
                        3,
                        new float[] {1e-30f},
                        new double[] {-1.0 / 3, Double.MIN_VALUE}),
                mixture);
        List<Round> history = List.of(
                new Round(0, -12.5, Double.NaN, 0, 1L << 40, 0.1, 0.2, 0.3, 1e-300, Traffic.inMemory(1)),
                new Round(1, -12.25, 0.25, 0, 1L << 40, 0, 0, 0, Double.MIN_VALUE, Traffic.inMemory(1)));
        List<String> warnings = List.of("", "round 1: Ünïcode, σ² = 0", warning);
        MixtureFit best = new MixtureFit(
                mixture, CANDIDATE, 7, 6.5, List.of(1.5, 2.0, 3.0), TestMatrices.normal(4, 9, 1), history, warnings);
        return new SearchState(
                List.of(CANDIDATE, CANDIDATE),
                best,
                best,
                new EmState<>(model, history, warnings, 2, true, -12.25, secants(model)));
    }

    private static Secants<MixtureState> secants(MixtureState mixture) {
        double[] vector = {0.1, -0.0, Double.MIN_VALUE};
        return new Secants<>(mixture, vector, vector, List.of(vector, vector), List.of(vector, vector), null, 1);
    }

    private static MixtureParameters mixture(CovarianceType type) {
        int k = 3;
        int d = 2;
        List<DMatrixRMaj> covariances = switch (type) {
            case FULL ->
                List.of(TestMatrices.covariance(d, 1), TestMatrices.covariance(d, 2), TestMatrices.covariance(d, 3));
            case TIED -> List.of(TestMatrices.covariance(d, 1));
            case DIAGONAL, SPHERICAL -> {
                DMatrixRMaj variances = new DMatrixRMaj(k, type.columns(d, 0));
                variances.fill(1.0 / 3);
                yield List.of(variances);
            }
            case FACTOR, PPCA -> TestMixtures.of(type, k, d, 1, 0, 1).covariances();
        };
        return MixtureParameters.of(type, new double[] {0.1, 0.2, 0.7}, TestMatrices.normal(k, d, 4), covariances);
    }
}
