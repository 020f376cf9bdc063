package io.github.sparklatent.bench;

import java.util.List;
import java.util.Optional;

/** The results of all cases as a Markdown table: a row a case, a column a system. */
record RaceTable(BenchOptions options, List<Result> results) {
    String text() {
        List<String> systems = options.systems();
        List<String> peers =
                systems.contains(SparkLatent.SYSTEM)
                        ? systems.stream().filter(one -> !one.equals(SparkLatent.SYSTEM)).toList()
                        : List.of();
        StringBuilder text = new StringBuilder("| | n x d, components |");
        systems.forEach(system -> text.append(" %s |".formatted(title(system))));
        peers.forEach(peer -> text.append(" %s / ours |".formatted(title(peer))));
        text.append("\n| --- | --- |").append(" ---: |".repeat(systems.size() + peers.size()));
        for (MixtureCase problem : options.cases()) {
            text.append("\n| %s | %s |".formatted(problem.name(), problem.size()));
            for (String system : systems) {
                text.append(" %s |".formatted(result(problem, system).map(this::cell).orElse("")));
            }
            for (String peer : peers) {
                text.append(" %s |".formatted(ratio(problem, peer)));
            }
        }
        return text.append('\n').toString();
    }

    private Optional<Result> result(MixtureCase problem, String system) {
        return results.stream()
                .filter(one -> one.problem().equals(problem.name()) && one.system().equals(system))
                .findFirst();
    }

    private String cell(Result result) {
        return "%.3g s (%.3g to %.3g)"
                .formatted(result.secondsPerPass(), result.low(), result.high());
    }

    private String ratio(MixtureCase problem, String peer) {
        Optional<Result> ours = result(problem, SparkLatent.SYSTEM);
        return result(problem, peer)
                .flatMap(other -> ours.map(own -> other.secondsPerPass() / own.secondsPerPass()))
                .map("%.1f"::formatted)
                .orElse("");
    }

    private static String title(String system) {
        return switch (system) {
            case Mllib.SYSTEM -> "MLlib";
            case ScikitLearn.SYSTEM -> "scikit-learn";
            default -> system;
        };
    }

    /** What the reader of the table has to know. */
    String caption(String machine) {
        return """

        Seconds of one pass, full fits of float64: median, least and greatest of %d runs, the
        systems in turn, on %s.
        All read the same rows, drawn from mixtures whose centres stand 5 deviations apart. The
        rows are scaled to a deviation of 0.1, since with 1 MLlib's densities vanish beside the
        2.2e-16 it adds to them. This project and scikit-learn start from the same parameters and
        reach the same likelihood; MLlib draws its own start, and knows full covariances only.
        `jobs/bench --readme` has written this table.
        """
                .formatted(options.repetitions(), machine);
    }
}
