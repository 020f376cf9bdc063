package io.github.sparklatent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Parts of the README that are written by programs, between two comments each. */
public final class Readme {
    private static final Path FILE = Path.of("README.md");

    private Readme() {}

    /**
     * Replaces what stands between {@code <!-- name:begin -->} and {@code <!-- name:end -->}.
     *
     * @throws IOException where these are missing
     */
    public static void replace(String name, String text) throws IOException {
        require(name);
        String page = Files.readString(FILE);
        int from = page.indexOf(begin(name)) + begin(name).length();
        Files.writeString(
                FILE,
                page.substring(0, from) + "\n" + text + page.substring(page.indexOf(end(name))));
    }

    /**
     * Looks for the part's comments, before minutes of work go into it.
     *
     * @throws IOException where these are missing
     */
    public static void require(String name) throws IOException {
        String page = Files.exists(FILE) ? Files.readString(FILE) : "";
        int from = page.indexOf(begin(name));
        if (from < 0 || page.indexOf(end(name)) < from) {
            throw new IOException(
                    "README.md has no lines \"%s\" and \"%s\" for the table to stand between"
                            .formatted(begin(name), end(name)));
        }
    }

    private static String begin(String name) {
        return "<!-- %s:begin -->".formatted(name);
    }

    private static String end(String name) {
        return "<!-- %s:end -->".formatted(name);
    }
}
