package io.github.sparklatent.bench.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A JSON file of runs, each with the machine and the software that measured it. A run that is measured again replaces
 * the old run of its name.
 *
 * @param <R> record of one run
 */
public final class RunFile<R extends NamedRun> {
    /** One line for each run, and one for each entry of a list in it, so that changes are readable. */
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter())
                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String MACHINE = "machine";

    private final Path file;
    private final Class<R> type;
    private final String machine;
    private final Map<String, R> runs = new LinkedHashMap<>();
    private final Map<String, String> machines = new HashMap<>();

    /**
     * Reads the file if it exists.
     *
     * @param machine the machine and the software that measure the runs that are put into the file
     */
    public RunFile(Path file, Class<R> type, String machine) throws IOException {
        this.file = file;
        this.type = type;
        this.machine = machine;
        read();
    }

    /** Opens {@code src/bench/results/name.json}. */
    public static <R extends NamedRun> RunFile<R> of(String name, Class<R> type, String machine) throws IOException {
        return new RunFile<>(Path.of("src", "bench", "results", name + ".json"), type, machine);
    }

    private void read() throws IOException {
        if (Files.exists(file)) {
            for (JsonNode node : JSON.readTree(file.toFile())) {
                JsonNode measured = ((ObjectNode) node).remove(MACHINE);
                R run = JSON.treeToValue(node, type);
                runs.put(run.name(), run);
                if (measured != null) { // not noted for the oldest runs
                    machines.put(run.name(), measured.asText());
                }
            }
        }
    }

    /** Returns the machines that measured the runs whose names fulfil a condition, each machine once. */
    public List<String> machines(Predicate<String> condition) {
        return runs.keySet().stream()
                .filter(condition)
                .map(name -> machines.getOrDefault(name, "a machine that was not noted"))
                .distinct()
                .toList();
    }

    public Optional<R> find(String name) {
        return Optional.ofNullable(runs.get(name));
    }

    /** Finds the runs of some names; missing runs are left out. */
    public List<R> find(Stream<String> names) {
        return names.map(this::find).flatMap(Optional::stream).toList();
    }

    /** Adds a run. The file is read again first, because another process may have added runs. */
    public void put(R run) throws IOException {
        read();
        runs.put(run.name(), run);
        machines.put(run.name(), machine);
        List<ObjectNode> nodes = new ArrayList<>();
        runs.forEach((name, one) -> {
            ObjectNode node = JSON.valueToTree(one);
            nodes.add(machines.containsKey(name) ? node.put(MACHINE, machines.get(name)) : node);
        });
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, WRITER.writeValueAsString(nodes) + "\n");
    }
}
