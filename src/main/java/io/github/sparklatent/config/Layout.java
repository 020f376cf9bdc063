package io.github.sparklatent.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Writes the keys of a schema as nested HOCON sections, in the schema's order. */
public final class Layout {
    private static final String INDENT = "  ";

    private final Predicate<String> asComment;
    private final StringBuilder text = new StringBuilder();
    private final List<String> open = new ArrayList<>();

    private Layout(Predicate<String> asComment) {
        this.asComment = asComment;
    }

    /** Writes all keys of a schema; {@code lines} returns the text of a key, without indentation. */
    public static String of(Schema schema, Function<Key<?>, List<String>> lines) {
        return of(schema.keys(), lines, section -> false);
    }

    /**
     * Writes keys.
     *
     * @param keys keys in the order of the text
     * @param lines text of a key, without indentation
     * @param asComment whether the braces of a section are commented out
     */
    public static String of(List<Key<?>> keys, Function<Key<?>, List<String>> lines, Predicate<String> asComment) {
        Layout layout = new Layout(asComment);
        for (Key<?> key : keys) {
            layout.enter(List.of(key.section().split("\\.")));
            lines.apply(key).forEach(line -> layout.append(layout.open.size(), line));
        }
        layout.enter(List.of());
        return layout.text.toString();
    }

    /** Closes the open sections that do not contain the section, and opens the section. */
    private void enter(List<String> section) {
        int common = 0;
        while (common < Math.min(open.size(), section.size())
                && open.get(common).equals(section.get(common))) {
            common++;
        }
        while (open.size() > common) {
            append(open.size() - 1, mark() + "}");
            open.remove(open.size() - 1);
        }
        for (String name : section.subList(common, section.size())) {
            open.add(name);
            append(open.size() - 1, mark() + name + " {");
        }
    }

    private String mark() {
        return asComment.test(String.join(".", open)) ? "# " : "";
    }

    private void append(int depth, String line) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }
}
