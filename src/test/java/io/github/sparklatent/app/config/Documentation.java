package io.github.sparklatent.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The texts that people read about the keys, made from the keys. */
final class Documentation {
    static final String BEGIN = "<!-- configuration:begin -->";
    static final String END = "<!-- configuration:end -->";

    private static final String HEADER =
            """
            # Every key with its default, its range and its meaning. A job reads its own file, not this one:
            # copy from here what you change. Made from the schema; DocumentationTest says how to make it anew.

            """;

    private Documentation() {}

    /** {@code conf/reference.conf}. */
    static String reference(Schema schema) {
        return HEADER + Layout.of(schema, Documentation::entry);
    }

    /** The README's table, between its markers. */
    static String table(Schema schema) {
        return schema.keys().stream()
                .map(Documentation::row)
                .collect(
                        Collectors.joining(
                                "",
                                BEGIN
                                        + "\n"
                                        + "| key | default | allowed | meaning |\n"
                                        + "| --- | --- | --- | --- |\n",
                                END));
    }

    /** The text with the table in place of what stands between the markers. */
    static String withTable(String readme, Schema schema) {
        return readme.substring(0, readme.indexOf(BEGIN))
                + table(schema)
                + readme.substring(readme.indexOf(END) + END.length());
    }

    private static <T> List<String> entry(Key<T> key) {
        String line =
                key.preset() == null ? "# " + key.name() + " =" : key.name() + " = " + preset(key);
        String absent = key.preset() == null ? "; absent: " + key.absent() : "";
        return List.of("# " + key.meaning(), line + "  # " + key.kind().allowed() + absent);
    }

    private static <T> String row(Key<T> key) {
        String preset = key.preset() == null ? key.absent() : "`" + preset(key) + "`";
        return List.of("`" + key + "`", preset, key.kind().allowed(), key.meaning()).stream()
                .map(Documentation::cell)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static <T> String preset(Key<T> key) {
        return Hocon.text(key.kind().plain(key.preset()));
    }

    /** A bar would end the cell, angle brackets outside code would be a tag. */
    private static String cell(String text) {
        boolean code = text.startsWith("`");
        String shown = code ? text : text.replace("<", "&lt;").replace(">", "&gt;");
        return shown.replace("|", "\\|");
    }
}
