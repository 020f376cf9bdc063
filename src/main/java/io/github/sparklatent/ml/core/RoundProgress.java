package io.github.sparklatent.ml.core;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.ml.io.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The progress of a training after a round.
 *
 * @param description description of the model
 * @param position number of the round and the largest number of rounds
 * @param objective value of the objective after the round
 * @param change objective minus the objective of the round before; NaN if there is none
 * @param heldOut objective of the held-out rows; NaN if it was not computed
 * @param rows number of rows processed in this round
 * @param traffic what reached the driver in this round
 * @param rowsPerSecond rows processed per second in this round
 * @param secondsLeft estimate of the remaining seconds, if no rule stops the training earlier; NaN if there is no basis
 *     for an estimate
 */
public record RoundProgress(
        String description,
        String position,
        double objective,
        double change,
        double heldOut,
        long rows,
        Traffic traffic,
        double rowsPerSecond,
        double secondsLeft) {
    /** Fewest rounds from which the remaining time is estimated. */
    private static final int FEWEST = 3;

    /**
     * Returns the progress after a round of EM.
     *
     * @param history the rounds of the current fit up to this one
     * @param most largest number of rounds
     * @param isLast whether no other fit follows, whose rounds nobody can count
     */
    public static RoundProgress of(String description, List<Round> history, int most, boolean isLast) {
        Round round = history.get(history.size() - 1);
        return new RoundProgress(
                description,
                "round %d of %d".formatted(round.number(), most),
                round.objective(),
                round.change(),
                Double.NaN,
                round.rows(),
                round.traffic(),
                round.rows() / Math.max(round.seconds(), 1e-9),
                isLast
                        ? secondsLeft(
                                history.stream().mapToDouble(Round::seconds).toArray(), FEWEST, most - round.number())
                        : Double.NaN);
    }

    /**
     * Estimates the remaining seconds from the mean of the last rounds.
     *
     * @param seconds duration of each round so far
     * @param rounds number of last rounds that contain every kind of work; at least three are used
     * @param left number of remaining rounds
     * @return NaN if there are fewer rounds so far
     */
    public static double secondsLeft(double[] seconds, int rounds, double left) {
        int used = Math.max(FEWEST, rounds);
        return seconds.length < used
                ? Double.NaN
                : left
                        * Arrays.stream(seconds, seconds.length - used, seconds.length)
                                .average()
                                .orElseThrow();
    }

    @Override
    public String toString() {
        return description
                + ", "
                + position
                + ": objective "
                + objective(objective)
                + (Double.isNaN(change) ? "" : String.format(Locale.ROOT, ", change %.3g", change))
                + (Double.isNaN(heldOut) ? "" : ", held out " + objective(heldOut))
                + ", "
                + count(rowsPerSecond)
                + " rows/s"
                + onWorkers()
                + (Double.isNaN(secondsLeft) ? "" : ", at most " + duration(secondsLeft) + " left");
    }

    /** Says what the workers did; nothing if the rows are in the driver's memory. */
    private String onWorkers() {
        return traffic.bytes() == 0
                ? ""
                : ", %,d rows in %d partitions, %s bytes to the driver"
                        .formatted(rows, traffic.partitions(), count(traffic.bytes()));
    }

    /** Formats an objective; one that is about to diverge is not printed in fifty digits. */
    private static String objective(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1e9 ? "%.6f" : "%.6e", value);
    }

    private static String count(double number) {
        return number >= 1e6
                ? String.format(Locale.ROOT, "%.1fM", number / 1e6)
                : number >= 1e3
                        ? String.format(Locale.ROOT, "%.1fk", number / 1e3)
                        : String.format(Locale.ROOT, "%.0f", number);
    }

    private static String duration(double seconds) {
        long whole = (long) Math.ceil(seconds);
        return whole < 60
                ? whole + " s"
                : whole < 3600
                        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }

    /**
     * Returns the line of {@code rounds.jsonl} for a round of an EM loop.
     *
     * @param part name of the objective among the parts
     */
    public static Map<String, Object> line(Round round, String part) {
        Map<String, Object> line = Json.object(
                "round", round.number(),
                "objective", round.objective(),
                "parts", Json.object(part, round.objective()),
                "change", round.change(),
                "rows", round.rows(),
                "partitions", round.traffic().partitions(),
                "bytesToDriver", round.traffic().bytes(),
                "seconds",
                        Json.object(
                                "broadcast", round.broadcast(),
                                "compute", round.compute(),
                                "reduce", round.reduce(),
                                "update", round.update()));
        if (round.error() > 0) {
            line.put("error", round.error());
        }
        return line;
    }
}
