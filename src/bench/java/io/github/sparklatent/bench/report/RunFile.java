package io.github.sparklatent.bench.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JSON file of runs. A run that is measured again replaces the old run of its name.
 *
 * @param <R> record of one run
 */
public final class RunFile<R extends NamedRun> {
    /** One line for each run, and one for each entry of a list in it, so that changes are readable. */
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter())
                    .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE));

    private final Path file;
    private final Class<R> type;
    private final Map<String, R> runs = new LinkedHashMap<>();

    /** Reads the file if it exists. */
    public RunFile(Path file, Class<R> type) throws IOException {
        this.file = file;
        this.type = type;
        read();
    }

    /** Opens {@code src/bench/results/name.json}. */
    public static <R extends NamedRun> RunFile<R> of(String name, Class<R> type) throws IOException {
        return new RunFile<>(Path.of("src", "bench", "results", name + ".json"), type);
    }

    private void read() throws IOException {
        if (Files.exists(file)) {
            ObjectMapper json = new ObjectMapper();
            for (JsonNode node : json.readTree(file.toFile())) {
                R run = json.treeToValue(node, type);
                runs.put(run.name(), run);
            }
        }
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
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, WRITER.writeValueAsString(runs.values()) + "\n");
    }
}
