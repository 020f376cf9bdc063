package io.github.sparklatent.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one system took for one case.
 *
 * @param problem name of the case
 * @param system name of the system
 * @param secondsPerPass the median of the repetitions
 * @param low the least
 * @param high the greatest
 * @param command that measures it again
 */
public record Result(
        @JsonProperty("case") String problem,
        String system,
        double secondsPerPass,
        double low,
        double high,
        String command) {
    /**
     * @param seconds a pass of each repetition, in order of size
     */
    public static Result of(String problem, String system, List<Double> seconds, String command) {
        int n = seconds.size();
        double median = (seconds.get((n - 1) / 2) + seconds.get(n / 2)) / 2;
        return new Result(problem, system, median, seconds.get(0), seconds.get(n - 1), command);
    }
}
