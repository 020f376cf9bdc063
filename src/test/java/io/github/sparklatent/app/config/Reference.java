package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonSections;
import io.github.sparklatent.config.Key;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.Schema;
import io.github.sparklatent.config.Settings.Layout;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.ml.Families;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts that people read about the keys, made from the keys of all model types. */
final class Reference {
    static final String BEGIN = "<!-- configuration:begin -->";
    static final String END = "<!-- configuration:end -->";

    private static final String HEADER = """
            # Every key with its default, its range and its meaning. A job reads its own file, not this one:
            # copy from here what you change. What begins with a model type in brackets is for that type only; networks
            # are ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan. Basic keys come first, expert keys last.
            # Made from the schema; DocumentationTest says how to regenerate it.

            """;

    private static final ModelTypes TYPES = Families.types();
    private static final List<Key<?>> KEYS = keys();

    private Reference() {}

    private static List<Key<?>> keys() {
        List<Key<?>> all = new ArrayList<>(CommonSections.KEYS);
        for (ModelType type : TYPES.all()) {
            type.allKeys().stream().filter(key -> !contains(all, key)).forEach(all::add);
        }
        return Schema.ordered(all);
    }

    /** Whether a list has a key, perhaps with another Param. */
    private static boolean contains(List<Key<?>> keys, Key<?> key) {
        return keys.stream()
                .anyMatch(other -> other.withParam("")
                        .withOnlyIf("")
                        .equals(key.withParam("").withOnlyIf("")));
    }

    /**
     * Returns the text of {@code conf/reference.conf}.
     *
     * @param type whose keys have their defaults; those of others are comments
     */
    static String reference(ModelType type) {
        List<Key<?>> own = TYPES.schema(type).keys();
        return HEADER
                + Layout.of(
                        KEYS,
                        key -> entry(key, type, contains(own, key)),
                        section -> !TYPES.schema(type).isSection(section));
    }

    /** Returns the tables of the reference page in Markdown, between their markers. */
    static String table() {
        List<ModelType> networks =
                TYPES.all().stream().filter(Reference::isNetwork).toList();
        StringBuilder text = new StringBuilder(BEGIN).append('\n');
        text.append(section("All models", KEYS.stream().filter(key -> with(key).equals(TYPES.all()))));
        text.append(section("Networks", KEYS.stream().filter(key -> with(key).equals(networks))));
        for (ModelType type : TYPES.all()) {
            text.append(section("`" + type + "`", KEYS.stream().filter(key -> {
                List<ModelType> types = with(key);
                return types.contains(type) && !types.equals(networks) && !types.equals(TYPES.all());
            })));
        }
        return text.append(END).toString();
    }

    private static String section(String title, Stream<Key<?>> keys) {
        return keys.map(Reference::row)
                .collect(Collectors.joining(
                        "",
                        "\n## " + title
                                + "\n\n| key | Param | level | default | allowed | meaning |\n"
                                + "| --- | --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static boolean isNetwork(ModelType type) {
        return TYPES.schema(type).key("model.activation").isPresent();
    }

    /** The text with the table in place of what stands between the markers. */
    static String withTable(String page) {
        return page.substring(0, page.indexOf(BEGIN)) + table() + page.substring(page.indexOf(END) + END.length());
    }

    /** The types that have a key. */
    private static List<ModelType> with(Key<?> key) {
        return TYPES.all().stream()
                .filter(type -> contains(TYPES.schema(type).keys(), key))
                .toList();
    }

    /** The names of the types that have a key; empty where all have it. */
    private static String types(Key<?> key) {
        List<ModelType> with = with(key);
        if (with.equals(TYPES.all())) {
            return "";
        }
        boolean networks = with.containsAll(
                TYPES.all().stream().filter(Reference::isNetwork).toList());
        return Stream.concat(
                        networks ? Stream.of("networks") : Stream.empty(),
                        with.stream()
                                .filter(type -> !networks || !isNetwork(type))
                                .map(ModelType::toString))
                .collect(Collectors.joining(", "));
    }

    private static <T> List<String> entry(Key<T> key, ModelType type, boolean own) {
        boolean value = key.preset() != null && own;
        String shown =
                key.path().equals("model.type") ? type.toString() : key.preset() == null ? "" : " " + preset(key);
        String line = (value ? "" : "# ") + key.name() + " = " + shown.strip();
        String absent = key.preset() == null ? "; absent: " + key.absent() : "";
        String types = types(key).isEmpty() ? "" : "[" + types(key) + "] ";
        return List.of("# " + types + key.meaning(), line.stripTrailing() + "  # " + allowed(key) + absent);
    }

    private static <T> String row(Key<T> key) {
        String preset = key.preset() == null ? key.absent() : "`" + preset(key) + "`";
        return List.of(
                        "`" + key + "`",
                        param(key),
                        key.level().name().toLowerCase(Locale.ROOT),
                        preset,
                        allowed(key),
                        key.meaning())
                .stream()
                .map(Reference::cell)
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** The name in Python and Java, and the default there if it is another one. */
    private static String param(Key<?> key) {
        String name = key.path().equals("data.groupBy") ? "groupCols" : key.param();
        String own = Objects.equals(key.preset(), key.estimatorPreset()) ? "" : ", default " + key.estimatorPreset();
        return name.isEmpty() ? "" : "`" + name + "`" + own;
    }

    private static String allowed(Key<?> key) {
        return (key.path().equals("model.type") ? TYPES.kind() : key.kind()).allowed();
    }

    private static <T> String preset(Key<T> key) {
        return Hocon.text(key.kind().plain(key.preset()));
    }

    /**
     * A bar would end the cell, and angle brackets outside of code would be a tag. Not every reader of Markdown takes a
     * bar with a backslash, so code with a bar is written as HTML.
     */
    private static String cell(String text) {
        if (text.startsWith("`") && !text.contains("|")) {
            return text;
        }
        String shown = text.replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("|", "&#124;");
        return shown.startsWith("`") ? shown.replaceFirst("`(.*)`", "<code>$1</code>") : shown;
    }
}
