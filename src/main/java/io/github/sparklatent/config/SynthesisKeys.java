package io.github.sparklatent.config;

import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The keys of the comparison of generated rows with real rows. One of them asks for it. */
public final class SynthesisKeys {
    /** {@code evaluate.synthesis.rows}: most rows of each table. */
    public static final Key<Integer> ROWS =
            Key.of(
                    "evaluate.synthesis.rows",
                    ValueTypes.integer(100),
                    50_000,
                    "most rows of each table that are compared; setting it asks for the"
                            + " comparison");

    /** {@code evaluate.synthesis.generated}: rows to compare. */
    public static final Key<List<String>> GENERATED =
            Key.optional(
                    "evaluate.synthesis.generated",
                    ValueTypes.oneOrMore(ValueTypes.text("a path")),
                    "the model draws them",
                    "paths of generated rows, in data.format, of any program");

    /** {@code evaluate.synthesis.target}: column to predict. */
    public static final Key<String> TARGET =
            Key.optional(
                    "evaluate.synthesis.target",
                    ValueTypes.text("a column name"),
                    "utility is not measured",
                    "modelled column that a classifier learns from generated and from real rows");

    /** {@code evaluate.synthesis.classifier}: what distinguishes generated from real rows. */
    public static final Key<String> CLASSIFIER =
            Key.of(
                    "evaluate.synthesis.classifier",
                    ValueTypes.name("forest", "boosted-trees"),
                    "forest",
                    "classifier of detection; boosted trees find more and take about three times"
                            + " as long");

    static final List<Key<?>> ALL = List.of(ROWS, GENERATED, TARGET, CLASSIFIER);

    private SynthesisKeys() {}
}
