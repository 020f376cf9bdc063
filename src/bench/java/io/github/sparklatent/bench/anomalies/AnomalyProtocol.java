package io.github.sparklatent.bench.anomalies;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which rows of a table are fitted; the others are scored. */
enum AnomalyProtocol {
    SAME("Fitted to the rows that are scored", method -> true, table -> List.of(table.all())),
    NEW(
            "Fitted to normal rows, scoring new ones",
            method -> !method.isNetwork(),
            table -> IntStream.range(0, AnomalyProtocol.HALVES)
                    .mapToObj(table::half)
                    .toList()),
    NOVELTY(
            "OddBench, fitted to normal rows, scoring new ones",
            AnomalyProtocol::isPresetOrPeer,
            table -> List.of(table.fit())),
    CONTAMINATED(
            "OddBench, with 3% of anomalies among the fitted rows",
            AnomalyProtocol::isPresetOrPeer,
            table -> table.contaminated(0.03).stream().toList()),
    NOVELTY_500(
            "Fitted to 500 random normal rows",
            method -> method == AnomalyMethod.PRESET,
            table -> List.of(table.drawn(500)));

    static final int HALVES = 5;

    private final String title;
    private final Predicate<AnomalyMethod> measured;
    private final Function<AnomalyTable, List<boolean[]>> splits;

    AnomalyProtocol(String title, Predicate<AnomalyMethod> measured, Function<AnomalyTable, List<boolean[]>> splits) {
        this.title = title;
        this.measured = measured;
        this.splits = splits;
    }

    private static boolean isPresetOrPeer(AnomalyMethod method) {
        return method == AnomalyMethod.PRESET || method.isPeer();
    }

    /** The heading of the tables. */
    String title() {
        return title;
    }

    /** The detectors that are measured. */
    List<AnomalyMethod> methods() {
        return Arrays.stream(AnomalyMethod.values()).filter(measured).toList();
    }

    /** Returns the rows that each trial fits; no trials if the table does not have enough anomalies. */
    List<boolean[]> splits(AnomalyTable table) {
        return splits.apply(table);
    }

    /** Whether the fitted rows are known to be normal. */
    boolean isNovelty() {
        return this != SAME && this != CONTAMINATED;
    }

    /** Whether the tables are those of OddBench, whose files name the rows to fit. */
    boolean isOddBench() {
        return this != SAME && this != NEW;
    }

    /** Whether alerts among the normal new rows are counted. */
    boolean countsAlerts() {
        return isNovelty() && isOddBench();
    }

    /** Returns the name of a run. */
    String run(AnomalyMethod method, Path file) {
        String suffix =
                this == SAME ? "" : "/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        return method + "/" + AnomalyTable.name(file) + suffix;
    }
}
