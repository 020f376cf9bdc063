package io.github.sparklatent.bench.networks;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of curves by name; a curve that is measured again takes the place of the old one. */
final class Curves {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Curve> curves = new LinkedHashMap<>();

    /** Reads the file, if there is one. */
    Curves(Path file) throws IOException {
        this.file = file;
        read();
    }

    private void read() throws IOException {
        if (Files.exists(file)) {
            List<Curve> found = JSON.readValue(file.toFile(), new TypeReference<List<Curve>>() {});
            found.forEach(curve -> curves.put(curve.name(), curve));
        }
    }

    Optional<Curve> find(String name) {
        return Optional.ofNullable(curves.get(name));
    }

    /** Adds a curve, or only its seconds to that on file, to the file as it is by now. */
    void put(Curve curve, boolean onlySeconds) throws IOException {
        read();
        put(onlySeconds ? curves.get(curve.name()).timedBy(curve) : curve);
    }

    /** A line a point. */
    private void put(Curve curve) throws IOException {
        curves.put(curve.name(), curve);
        List<String> texts = new ArrayList<>();
        for (Curve one : curves.values()) {
            List<String> points = new ArrayList<>();
            for (Curve.Point point : one.points()) {
                points.add("    " + JSON.writeValueAsString(point));
            }
            texts.add(
                    "  {\"name\": %s, \"timed\": %s, \"points\": [\n%s\n  ]}"
                            .formatted(
                                    JSON.writeValueAsString(one.name()),
                                    one.timed(),
                                    String.join(",\n", points)));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "[\n" + String.join(",\n", texts) + "\n]\n");
    }
}
