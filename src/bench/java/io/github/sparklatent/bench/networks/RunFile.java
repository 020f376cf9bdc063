package io.github.sparklatent.bench.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of runs by name; a run that is measured again takes the place of the old one.
 *
 * @param <R> what a run is
 */
class RunFile<R extends NamedRun> {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Class<R> type;
    private final Map<String, R> runs = new LinkedHashMap<>();

    /** Reads the file, if there is one. */
    RunFile(Path file, Class<R> type) throws IOException {
        this.file = file;
        this.type = type;
        read();
    }

    /** Reads the file as it is by now: another process may have added to it. */
    final void read() throws IOException {
        if (Files.exists(file)) {
            for (JsonNode node : JSON.readTree(file.toFile())) {
                R run = JSON.treeToValue(node, type);
                runs.put(run.name(), run);
            }
        }
    }

    final Optional<R> find(String name) {
        return Optional.ofNullable(runs.get(name));
    }

    /** All of them, in the order in which they were first measured. */
    final Collection<R> all() {
        return List.copyOf(runs.values());
    }

    /** Adds a run to the file as it is by now. */
    void put(R run) throws IOException {
        read();
        runs.put(run.name(), run);
        List<String> texts = new ArrayList<>();
        for (R one : runs.values()) {
            texts.add("  " + text(JSON.valueToTree(one)));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "[\n" + String.join(",\n", texts) + "\n]\n");
    }

    /** A line for all that is no list, then a line for each entry of a list. */
    private static String text(JsonNode run) {
        List<String> fields = new ArrayList<>();
        run.properties()
                .forEach(
                        field ->
                                fields.add(
                                        "\"%s\": %s"
                                                .formatted(
                                                        field.getKey(), lines(field.getValue()))));
        return "{" + String.join(", ", fields) + "}";
    }

    private static String lines(JsonNode value) {
        if (!value.isArray()) {
            return value.toString();
        }
        List<String> entries = new ArrayList<>();
        value.forEach(entry -> entries.add("    " + entry));
        return "[\n" + String.join(",\n", entries) + "\n  ]";
    }
}
