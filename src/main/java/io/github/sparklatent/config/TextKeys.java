package io.github.sparklatent.config;

import io.github.sparklatent.cluster.table.TextFormat;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The keys of tables whose values are texts. */
public final class TextKeys {
    public static final Key<List<String>> NAMES =
            Key.optional(
                    "data.names",
                    ValueTypes.oneOrMore(ValueTypes.text("a column name")),
                    "those of the header, or _c0, _c1, ...",
                    "csv: names of all columns, in order");
    public static final Key<List<String>> MISSING =
            Key.of(
                    "data.missing",
                    ValueTypes.anyTexts(),
                    TextFormat.DEFAULT.missing(),
                    "texts that stand for a missing value, without white space around them");
    public static final Key<String> DECIMAL =
            Key.of(
                    "data.decimal",
                    ValueTypes.name(".", ","),
                    String.valueOf(TextFormat.DEFAULT.decimal()),
                    "character before the decimals of numbers in texts");
    public static final Key<Boolean> MULTILINE =
            Key.of(
                    "data.multiline",
                    ValueTypes.truth(),
                    false,
                    "csv: whether quoted texts have line breaks; then a file is not split");

    private TextKeys() {}
}
