package io.github.sparklatent.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The results of all cases as a Markdown table: a row a case, a column a system. */
record RaceTable(BenchOptions options, List<Result> results) {
    String text() {
        List<String> systems = options.systems();
        List<String> peers =
                systems.stream().filter(system -> !system.equals(SparkLatent.SYSTEM)).toList();
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

    /** What the table says in a sentence, for the page. */
    String caption(String machine) {
        return """

        Seconds a pass of expectation-maximisation, median (least to greatest) of %d runs in turn on %s. Written by `%s`.
        """
                .formatted(options.repetitions(), machine, "jobs/bench --readme")
                .lines()
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
