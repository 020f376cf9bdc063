package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.SampleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComponentNumbersTest {
    private static final ComponentNumbers SEARCH = new ComponentNumbers(List.of());

    private static Candidate candidate(int components, double cost) {
        return new Candidate(components, 0, 1, true, 0, Double.NaN, Double.NaN, cost, -cost);
    }

    /** Follows a search whose criterion is a function of the number. */
    private static List<Integer> tried(IntToDoubleFunction cost, int most) {
        List<Candidate> tried = new ArrayList<>();
        while (true) {
            OptionalInt next = SEARCH.next(tried, Candidate::bic, k -> k <= most);
            if (next.isEmpty()) {
                return tried.stream().map(Candidate::components).toList();
            }
            assertThat(tried).hasSizeLessThan(100);
            tried.add(candidate(next.getAsInt(), cost.applyAsDouble(next.getAsInt())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 11, 13})
    void aValleyHasItsLowestNumberFound(int best) {
        List<Integer> tried = tried(k -> Math.abs(k - best), 10_000);
        assertThat(tried).contains(best).doesNotHaveDuplicates();
        assertThat(tried.size()).isLessThan(16);
    }

    @Test
    void largeNumbersAreFoundToAnEighth() {
        List<Integer> tried = tried(k -> Math.abs(Math.log(k / 3000.0)), 100_000);
        int nearest = tried.stream()
                .min((a, b) -> Integer.compare(Math.abs(a - 3000), Math.abs(b - 3000)))
                .get();
        assertThat(Math.abs(nearest - 3000)).isLessThan(3000 / 8);
        assertThat(tried.size()).isLessThan(24);
    }

    @Test
    void theSearchDoublesUntilTheCriterionIsWorseOrRowsAreTooFew() {
        assertThat(tried(k -> Math.abs(k - 4), 10_000))
                .startsWith(1, 2, 4, 8, 16)
                .doesNotContain(32);
        assertThat(tried(k -> Math.abs(k - 33), 10_000)).contains(32, 64).doesNotContain(128);
        assertThat(tried(k -> -k, 50)).startsWith(1, 2, 4, 8, 16, 32).doesNotContain(64);
        assertThat(tried(k -> k, 10_000)).containsExactly(1, 2, 4);
    }

    /** One worse number does not end the search: a start may have been unlucky. */
    @Test
    void oneWorseNumberIsPassed() {
        assertThat(tried(k -> k == 4 ? 100 : -k, 64)).contains(64);
    }

    @Test
    void aListIsTakenAsItIs() {
        ComponentNumbers list = new ComponentNumbers(List.of(5, 2));
        assertThat(list.next(List.of(), Candidate::bic, k -> true)).hasValue(5);
        assertThat(list.next(List.of(candidate(5, 0)), Candidate::bic, k -> true))
                .hasValue(2);
        assertThat(list.next(List.of(candidate(5, 0), candidate(2, 1)), Candidate::bic, k -> true))
                .isEmpty();
    }

    @Test
    void aBestNumberAtTheEdgeIsAWarning() {
        assertThat(warning(List.of(2, 4, 8), 8).orElseThrow())
                .contains("is 8, the largest that was offered: more may be better");
        assertThat(warning(List.of(2, 4, 8), 2).orElseThrow()).contains("the smallest");
        assertThat(warning(List.of(2, 4, 8), 4)).isEmpty();
        assertThat(warning(List.of(1, 4), 1)).isEmpty();
        assertThat(warning(List.of(8), 8)).isEmpty();
        assertThat(warning(List.of(1, 2, 3), 3)).isEmpty();
        assertThat(warning(List.of(), 8).orElseThrow()).contains("ended at 8");
    }

    private static Optional<String> warning(List<Integer> offered, int best) {
        MixtureOptions options = MixtureOptions.DEFAULT.withComponents(offered);
        MixtureFit fit = new MixtureFit(null, candidate(best, 0), 1, 1, List.of(), null, List.of(), List.of());
        return ComponentNumbers.warning(
                options, new TrainingResult(fit, List.of(fit.metrics()), new SampleSize(1, 0, 0), Optional.empty()));
    }
}
