package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.Spread;

/**
 * What one system took for one case.
 *
 * @param problem name of the case
 * @param seconds of an iteration or computation, the median
 * @param low the least
 * @param high the greatest
 * @param command that measures it again
 */
@JsonPropertyOrder({"name", "case", "system"})
public record Result(
        @JsonProperty("case") String problem, String system, double seconds, double low, double high, String command)
        implements NamedRun {
    public static Result of(String problem, String system, Spread seconds, String command) {
        return new Result(problem, system, seconds.median(), seconds.low(), seconds.high(), command);
    }

    @Override
    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String name() {
        return problem + " " + system;
    }
}
