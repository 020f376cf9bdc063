package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The result of a training as one tree of named metrics, lines of text, and sections of tables, charts and pictures.
 * The code that computes a metric adds it here once. The metrics become {@code metrics.json}, the lines are printed,
 * and the sections become the page, which is only built if it is asked for.
 */
public final class Result {
    private final Map<String, Object> metrics = new LinkedHashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final Supplier<Page> head;
    private final List<Supplier<List<Section>>> sections = new ArrayList<>();
    private final List<Supplier<List<Section>>> technical = new ArrayList<>();

    /** A line of text: its name and what it says. */
    public record Line(String name, String text) {}

    /** Creates a result without metrics and sections from the head of its page. */
    public Result(Supplier<Page> head) {
        this.head = head;
    }

    /** Adds a metric; a value of null is a metric that this training does not have. */
    public Result put(String key, Object value) {
        metrics.put(key, value);
        return this;
    }

    /** Adds a line, with numbers as in English. */
    public Result line(String name, String format, Object... values) {
        lines.add(new Line(name, String.format(Locale.ROOT, format, values)));
        return this;
    }

    /** Adds a line with the first few of the sentences, if there are any. */
    public Result notes(String name, List<String> sentences) {
        return sentences.isEmpty() ? this : line(name, "%s", Words.notes(sentences));
    }

    /** Adds a section about the result at the end. */
    public Result section(Supplier<Section> section) {
        return sections(() -> List.of(section.get()));
    }

    /** Adds sections about the result at the end. */
    public Result sections(Supplier<List<Section>> more) {
        sections.add(more);
        return this;
    }

    /** Adds sections on the fit and the job. */
    public Result technical(Supplier<List<Section>> more) {
        technical.add(more);
        return this;
    }

    /** Returns the metrics by name, in order. */
    public Map<String, Object> metrics() {
        return Collections.unmodifiableMap(metrics);
    }

    /** Returns the lines, in order. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Builds the page. */
    public Page page() {
        Page page = head.get();
        return page.with(built(sections), built(technical));
    }

    private static List<Section> built(List<Supplier<List<Section>>> suppliers) {
        return suppliers.stream().flatMap(sections -> sections.get().stream()).toList();
    }
}
