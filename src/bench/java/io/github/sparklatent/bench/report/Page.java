package io.github.sparklatent.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes tables into the pages of the site, between two comments. */
public final class Page {
    private static final Path FOLDER = Path.of("src", "site", "markdown");

    private Page() {}

    /**
     * Replaces the text between {@code <!-- name:begin -->} and {@code <!-- name:end -->} in
     * {@code benchmarks/name.md}. The name {@code page/part} is that of a part of a page.
     *
     * @throws IOException if the page or one of the comments is missing
     */
    public static void write(String name, String text) throws IOException {
        String page = read(name);
        String before = page.substring(0, page.indexOf(begin(name)));
        String after = page.substring(page.indexOf(end(name)));
        Files.writeString(file(name), before + begin(name) + "\n" + text + after);
    }

    /**
     * Reads the page, so that a missing comment is reported before hours of measurement.
     *
     * @throws IOException if the page or one of the comments is missing
     */
    public static String read(String name) throws IOException {
        Path file = file(name);
        if (!Files.exists(file)) {
            throw new IOException("the page %s is missing, expected it with the lines \"%s\" and \"%s\""
                    .formatted(file, begin(name), end(name)));
        }
        String page = Files.readString(file);
        int from = page.indexOf(begin(name));
        if (from < 0 || page.indexOf(end(name)) < from) {
            throw new IOException("%s does not have the lines \"%s\" and \"%s\" in this order"
                    .formatted(file, begin(name), end(name)));
        }
        return page;
    }

    /** The file of a picture that the pages show. */
    public static Path picture(String name) {
        return FOLDER.resolve("images").resolve(name + ".png");
    }

    private static Path file(String name) {
        return FOLDER.resolve("benchmarks").resolve(name.split("/")[0] + ".md");
    }

    private static String part(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    private static String begin(String name) {
        return "<!-- %s:begin -->".formatted(part(name));
    }

    private static String end(String name) {
        return "<!-- %s:end -->".formatted(part(name));
    }
}
