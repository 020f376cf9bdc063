package io.github.sparklatent.bench;

import java.util.List;
import java.util.Optional;

/** Results as Markdown tables of a row a case and a column a system. */
final class RaceTable {
    private final List<BenchCase> cases;
    private final List<String> systems;
    private final List<Result> results;

    private RaceTable(List<BenchCase> cases, List<String> systems, List<Result> results) {
        this.cases = cases;
        this.systems =
                systems.stream()
                        .filter(
                                one ->
                                        cases.stream()
                                                .anyMatch(c -> find(results, c, one).isPresent()))
                        .toList();
        this.results = results;
    }

    /** A table of the mixtures and one of the networks, as far as there are results of them. */
    static String text(BenchOptions options, List<Result> results) {
        List<BenchCase> mixtures = List.copyOf(options.mixtures());
        List<BenchCase> networks =
                options.cases().stream().filter(one -> !mixtures.contains(one)).toList();
        RaceTable first = new RaceTable(mixtures, options.systems(), results);
        RaceTable second = new RaceTable(networks, options.systems(), results);
        return first.text("n x d, components") + second.text("network, on 60,000 images of MNIST");
    }

    private String text(String what) {
        if (cases.isEmpty()) {
            return "";
        }
        List<String> peers =
                systems.contains(SparkLatent.SYSTEM)
                        ? systems.stream().filter(one -> !one.equals(SparkLatent.SYSTEM)).toList()
                        : List.of();
        StringBuilder text = new StringBuilder("| | %s |".formatted(what));
        systems.forEach(system -> text.append(" %s |".formatted(title(system))));
        peers.forEach(peer -> text.append(" %s / ours |".formatted(title(peer))));
        text.append("\n| --- | --- |").append(" ---: |".repeat(systems.size() + peers.size()));
        for (BenchCase problem : cases) {
            text.append("\n| %s | %s |".formatted(problem.name(), problem.size()));
            for (String system : systems) {
                text.append(" %s |".formatted(find(problem, system).map(this::cell).orElse("")));
            }
            for (String peer : peers) {
                text.append(" %s |".formatted(ratio(problem, peer)));
            }
        }
        return text.append("\n\n").toString();
    }

    private Optional<Result> find(BenchCase problem, String system) {
        return find(results, problem, system);
    }

    private static Optional<Result> find(List<Result> results, BenchCase problem, String system) {
        return results.stream()
                .filter(one -> one.problem().equals(problem.name()) && one.system().equals(system))
                .findFirst();
    }

    private String cell(Result result) {
        return "%.3g s (%.3g to %.3g)"
                .formatted(result.secondsPerPass(), result.low(), result.high());
    }

    private String ratio(BenchCase problem, String peer) {
        Optional<Result> ours = find(problem, SparkLatent.SYSTEM);
        return find(problem, peer)
                .flatMap(other -> ours.map(own -> other.secondsPerPass() / own.secondsPerPass()))
                .map("%.1f"::formatted)
                .orElse("");
    }

    private static String title(String system) {
        return switch (system) {
            case Mllib.SYSTEM -> "MLlib";
            case ScikitLearn.SYSTEM -> "scikit-learn";
            case "pytorch" -> "PyTorch";
            default -> system;
        };
    }

    /** What the reader of the tables has to know. */
    static String caption(BenchOptions options, String machine) {
        return """
        Seconds of one pass, the mean of %d, of more where they take the fastest less than a second:
        median, least and greatest of %d runs, the systems in turn, on %s.
        Mixtures: float64, all read the same rows, drawn from mixtures whose centres stand 5
        deviations apart. The rows are scaled to a deviation of 0.1, since with 1 MLlib's densities
        vanish beside the 2.2e-16 it adds to them. This project and scikit-learn start from the same
        parameters and reach the same likelihood; MLlib draws its own start, and knows full
        covariances only. Networks: variational autoencoders on grey values, float32, Adam, batches
        of 128 rows, here in each of two partitions with four averages a pass; PyTorch with one
        thread or two, whichever is faster.
        `jobs/bench --readme` has written this.
        """
                .formatted(options.passes(), options.repetitions(), machine);
    }
}
