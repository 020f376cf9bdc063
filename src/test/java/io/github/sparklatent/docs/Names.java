package io.github.sparklatent.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Simple names of classes, by their source files and templates. */
final class Names {
    private static final String JAVA = ".java";
    private static final String TEMPLATE = ".java.ftl";

    private Names() {}

    /** A template X stands for the generated classes FloatX and DoubleX. */
    static Set<String> inMain() {
        Stream<String> generated = under(Path.of("src/main/templates"), TEMPLATE).stream()
                .flatMap(name -> Stream.of(name, "Float" + name, "Double" + name));
        return Stream.concat(under(Path.of("src/main/java"), JAVA).stream(), generated)
                .collect(Collectors.toSet());
    }

    static Set<String> inTests() {
        return under(Path.of("src/test/java"), JAVA);
    }

    /** The text of all sources in src/main, and of the scripts' common part. */
    static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(JAVA)), Stream.of(Path.of("jobs/common.sh")))
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

    private static Set<String> under(Path sources, String ending) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .map(name -> name.substring(0, name.length() - ending.length()))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
