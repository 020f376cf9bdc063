package io.github.sparklatent.config;

import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The keys of a model for each group of rows, for the model types that can be fitted so. */
public final class GroupKeys {
    /** {@code data.groupBy}: columns whose values are the groups. */
    public static final Key<List<String>> GROUP_BY =
            Key.optional(
                    "data.groupBy",
                    ValueTypes.oneOrMore(ValueTypes.text("a column name")),
                    "one model of all rows",
                    "columns whose values have a model each: texts, whole numbers, booleans or"
                            + " dates");

    /** {@code data.groupRows}: training rows that a group needs for a model of its own. */
    public static final Key<Integer> GROUP_ROWS =
            Key.optional(
                    "data.groupRows",
                    ValueTypes.integer(1),
                    "10 for each feature and component",
                    "training rows that a group needs for a model of its own; a smaller group has"
                            + " the model of all rows");

    /** Both keys. */
    public static final List<Key<?>> ALL = List.of(GROUP_BY, GROUP_ROWS);

    private GroupKeys() {}
}
