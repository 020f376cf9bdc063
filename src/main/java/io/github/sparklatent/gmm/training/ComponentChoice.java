package io.github.sparklatent.gmm.training;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says how the number of components was chosen, and whether the choice was too narrow. */
public final class ComponentChoice {
    private ComponentChoice() {}

    /**
     * Returns a warning if the best number of components is at the edge of the numbers that were tried, so that others
     * may be better; empty if it is not.
     */
    public static Optional<String> warning(SearchOptions options, TrainingResult<?> result) {
        int best = result.best().metrics().components();
        List<Integer> offered = options.components();
        if (offered.size() == 1) {
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
        boolean greatest = best == Collections.max(offered);
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
    public static String tried(TrainingResult<?> result) {
        return result.candidates().stream()
                .map(Candidate::components)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
