package io.github.sparklatent.mixture.training;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The numbers of components that a training fits: those of a list, or those of a search. The search doubles the number
 * until the criterion has become worse twice, or once above {@value PATIENT}, or until there are too few rows. Then it
 * halves the intervals beside the best number, until an eighth of this number is left of each.
 *
 * <p>The next number is a function of the fits before, so a training that resumes makes the same fits.
 *
 * @param offered the numbers of a list; empty: they are searched for
 */
public record ComponentNumbers(List<Integer> offered) {
    /** Least number of rows for each component in a search. */
    static final int MIN_ROWS = 10;

    private static final int WORSE = 2;
    private static final int RESOLUTION = 8;

    /**
     * Largest number from which the search doubles once more although the criterion has become worse. The largest fit
     * takes about half of the time, and seldom helps: a doubling gains less than the one before, and costs twice as
     * many parameters.
     */
    private static final int PATIENT = 16;

    boolean isSearch() {
        return offered.isEmpty();
    }

    /**
     * Returns the next number; empty if the best one has been found.
     *
     * @param tried the best fit with each number so far, in the order of the fits
     * @param cost of a fit; smaller is better
     * @param possible whether the rows suffice for a number of components
     */
    OptionalInt next(List<Candidate> tried, ToDoubleFunction<Candidate> cost, IntPredicate possible) {
        int done = tried.size();
        if (!isSearch()) {
            return done < offered.size() ? OptionalInt.of(offered.get(done)) : OptionalInt.empty();
        }
        if (done == 0) {
            return OptionalInt.of(1);
        }
        int best = 0;
        for (int i = 1; i < done; i++) {
            if (cost.applyAsDouble(tried.get(i)) < cost.applyAsDouble(tried.get(best))) {
                best = i;
            }
        }
        int last = tried.get(done - 1).components();
        boolean doubles = last == 1L << (done - 1);
        if (doubles && best >= done - (last > PATIENT ? 1 : WORSE) && possible.test(2 * last)) {
            return OptionalInt.of(2 * last);
        }
        return between(tried, tried.get(best).components());
    }

    /** Returns the middle of the wider one of the two intervals beside the best number. */
    private static OptionalInt between(List<Candidate> tried, int best) {
        int below = tried.stream()
                .mapToInt(Candidate::components)
                .filter(k -> k < best)
                .max()
                .orElse(best);
        int above = tried.stream()
                .mapToInt(Candidate::components)
                .filter(k -> k > best)
                .min()
                .orElse(best);
        int gap = Math.max(best - below, above - best);
        if (gap <= Math.max(1, best / RESOLUTION)) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(above - best >= best - below ? best + gap / 2 : best - gap / 2);
    }

    /**
     * Returns a warning if the best number of components is at the edge of the numbers that were tried, so that others
     * may be better; empty if it is not, or if the list has all numbers up to a limit.
     */
    public static Optional<String> warning(MixtureOptions options, TrainingResult result) {
        int best = result.best().metrics().components();
        List<Integer> offered = options.components();
        if (!options.choosesComponents()) {
            return Optional.empty();
        }
        if (offered.isEmpty()) {
            boolean last =
                    best > 1 && result.candidates().stream().allMatch(candidate -> candidate.components() <= best);
            return last
                    ? Optional.of(
                            "the search for the number of components ended at %d, because twice as many would have fewer than %d distinct rows each, or too many parameters"
                                    .formatted(best, ComponentNumbers.MIN_ROWS))
                    : Optional.empty();
        }
        int most = Collections.max(offered);
        boolean greatest = best == most && offered.size() < most;
        if (greatest || best > 1 && best == Collections.min(offered)) {
            return Optional.of(
                    "the best number of components by %s is %d, the %s that was offered: %s may be better; offer more numbers, or let components = auto search for it"
                            .formatted(
                                    options.criterion(),
                                    best,
                                    greatest ? "largest" : "smallest",
                                    greatest ? "more" : "fewer"));
        }
        return Optional.empty();
    }

    /** Returns the numbers of components that were tried, in their order, such as "1, 2, 4, 3". */
    public static String tried(TrainingResult result) {
        return result.candidates().stream()
                .map(Candidate::components)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
