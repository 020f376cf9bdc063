package io.github.sparklatent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of the README that are written by programs, between two comments each. */
final class Readme {
    private static final Path FILE = Path.of("README.md");

    private Readme() {}

    /**
     * Replaces what stands between {@code <!-- name:begin -->} and {@code <!-- name:end -->}.
     *
     * @throws IOException where these are missing
     */
    static void replace(String name, String text) throws IOException {
        String page = Files.readString(FILE);
        String begin = "<!-- %s:begin -->".formatted(name);
        String end = "<!-- %s:end -->".formatted(name);
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end);
        if (!page.contains(begin) || to < from) {
            throw new IOException("%s has no lines \"%s\" and \"%s\"".formatted(FILE, begin, end));
        }
        Files.writeString(FILE, page.substring(0, from) + "\n" + text + page.substring(to));
    }
}
