package io.github.sparklatent.bench;

import java.util.List;

/** What trials on a cluster took, as a Markdown table. */
final class ClusterTable {
    private static final double MEBI = 1 << 20;

    private static final String CAPTION =
            """

            A training of %d rounds from k-means||, as a job does it, on two workers of one core each:
            a driver of 2 GB, executors of 4 GB. The rows stay on the workers: the driver gets sums and
            candidates for centres. Peaks hold garbage that no collection was needed for.
            `jobs/bench --cluster --readme` has written this table.
            """;

    private ClusterTable() {}

    static String text(List<ClusterTrial.Outcome> outcomes, int passes) {
        StringBuilder text =
                new StringBuilder(
                        """
                        | | n x d, components | rows, MB | all results to the driver, MB | driver's heap, peak and kept, MB | executor's heap, peak, MB | read, s | train, s | round, s |
                        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                        """);
        for (ClusterTrial.Outcome outcome : outcomes) {
            MemoryWatch.Peaks memory = outcome.memory();
            text.append(
                    "| %s | %s | %.0f | %.1f | %.0f and %.0f | %.0f | %.1f | %.1f | %.3f |%n"
                            .formatted(
                                    outcome.problem().name(),
                                    outcome.problem().size(),
                                    outcome.problem().bytes() / MEBI,
                                    memory.received() / MEBI,
                                    memory.driver() / MEBI,
                                    memory.driverKept() / MEBI,
                                    memory.executor() / MEBI,
                                    outcome.secondsRead(),
                                    outcome.secondsTrain(),
                                    outcome.secondsPerPass()));
        }
        return text.append(CAPTION.formatted(passes)).toString();
    }
}
