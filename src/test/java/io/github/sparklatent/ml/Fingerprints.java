package io.github.sparklatent.ml;

import io.github.sparklatent.ml.core.LatentModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** Checksums of the numbers of fitted families; see {@link FingerprintsTest}. */
final class Fingerprints {
    static final Path EXPECTED = Path.of("src/test/resources/families/fingerprints.txt");
    private static final Path NUMBERS = Path.of("target/fingerprints");

    private Fingerprints() {}

    /** Returns the lines of the file by the names of the configurations. */
    static Map<String, List<String>> expected() throws IOException {
        return Files.readAllLines(EXPECTED).stream().collect(Collectors.groupingBy(line -> line.split(" ")[0]));
    }

    /** Returns the lines of a fit, and writes its numbers. */
    static List<String> lines(FamilyRun run, FamilyRun.Fit fit, String name) throws IOException {
        Map<String, List<String>> parts = new TreeMap<>();
        parts.put("metrics", FamilyRun.numbers(fit.metrics()));
        parts.put("rounds", FamilyRun.numbers(fit.rounds()));
        if (isFirst(name) && !name.equals("grouped")) {
            parts.put("evaluation", FamilyRun.numbers(run.evaluation(fit)));
        }
        columns("scores.", run.explained(fit), parts);
        if (fit.model().noSamplesBecause().isEmpty()) {
            columns("draws.", FamilyRun.drawn(fit.model()), parts);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(name, "parameters", parameters(fit.model())));
        parts.forEach((part, numbers) -> lines.add(line(name, part, checksum(numbers))));
        Files.createDirectories(NUMBERS);
        Files.write(
                NUMBERS.resolve(name + ".txt"),
                parts.entrySet().stream()
                        .flatMap(part -> part.getValue().stream().map(number -> part.getKey() + " " + number))
                        .toList());
        return lines;
    }

    /** Returns whether a configuration is the first one of its type. */
    private static boolean isFirst(String name) {
        return !name.contains("-") || Families.types().find(name).isPresent();
    }

    private static long checksum(List<String> numbers) {
        CRC32C checksum = new CRC32C();
        numbers.forEach(number -> checksum.update((number + "\n").getBytes(StandardCharsets.UTF_8)));
        return checksum.getValue();
    }

    private static String line(String name, String part, long checksum) {
        return "%s %s %08x".formatted(name, part, checksum);
    }

    private static long parameters(LatentModel<?> model) {
        CRC32C checksum = new CRC32C();
        model.fingerprint(checksum);
        return checksum.getValue();
    }

    private static void columns(String part, List<Row> rows, Map<String, List<String>> parts) {
        for (int j = 0; !rows.isEmpty() && j < rows.get(0).length(); j++) {
            int column = j;
            parts.put(
                    part + rows.get(0).schema().fieldNames()[j],
                    rows.stream().map(row -> exact(row.get(column))).toList());
        }
    }

    /** Returns the value as a text that differs if a bit differs. */
    private static String exact(Object value) {
        return value instanceof Vector vector ? Arrays.toString(vector.toArray()) : String.valueOf(value);
    }
}
