package io.github.sparklatent.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The keys of a schema as nested HOCON sections, in the schema's order. */
final class Layout {
    private static final String INDENT = "  ";

    private Layout() {}

    /**
     * @param lines what stands for a key, without indentation
     */
    static String of(Schema schema, Function<Key<?>, List<String>> lines) {
        StringBuilder text = new StringBuilder();
        List<String> open = new ArrayList<>();
        for (Key<?> key : schema.keys()) {
            enter(List.of(key.section().split("\\.")), open, text);
            lines.apply(key).forEach(line -> append(line, open.size(), text));
        }
        enter(List.of(), open, text);
        return text.toString();
    }

    /** Closes what is open beyond the section and opens the section. */
    private static void enter(List<String> section, List<String> open, StringBuilder text) {
        int common = 0;
        while (common < Math.min(open.size(), section.size())
                && open.get(common).equals(section.get(common))) {
            common++;
        }
        while (open.size() > common) {
            open.remove(open.size() - 1);
            append("}", open.size(), text);
        }
        for (String name : section.subList(common, section.size())) {
            append(name + " {", open.size(), text);
            open.add(name);
        }
    }

    private static void append(String line, int depth, StringBuilder text) {
        text.append(INDENT.repeat(depth)).append(line).append('\n');
    }
}
