package io.github.sparklatent.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Simple names of classes, by their source files. */
final class Names {
    private static final String JAVA = ".java";

    private Names() {}

    static Set<String> inMain() {
        return under(Path.of("src/main/java"));
    }

    static Set<String> inTests() {
        return under(Path.of("src/test/java"));
    }

    /** The text of all sources in src/main, and of the scripts' common part. */
    static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(JAVA)),
                            Stream.of(Path.of("jobs/common.sh")))
                    .map(Names::read)
                    .collect(Collectors.joining());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> under(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JAVA))
                    .map(name -> name.substring(0, name.length() - JAVA.length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
