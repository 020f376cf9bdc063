package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Map;
import java.util.Optional;

/** The settings of drawing rows from a saved model. */
public record SampleSection(
        @Setting(key = "sample.rows", meaning = "rows to draw", range = ">= 1")
        long rows,

        @Setting(key = "sample.seed", meaning = "seed of the sampled rows")
        long seed,

        @Setting(
                key = "sample.component",
                meaning = "component to draw from, from 0",
                range = ">= 0",
                absent = "all, by their weights",
                offered = true)
        Optional<Integer> component,

        @Setting(
                key = "sample.noise",
                meaning = "whether rows are drawn from the likelihood; false: real numbers" + " are its mean",
                offered = true)
        boolean noise,

        @Setting(
                key = "sample.missing",
                meaning = "whether cells are missing as in the table; false: no cell is missing",
                offered = true)
        boolean missing,

        @Setting(
                key = "sample.given",
                meaning = "values of some columns, { hour = 7, town = Rome }: the others are" + " drawn given them",
                absent = "none",
                offered = true)
        Optional<Map<String, String>> given,

        @Setting(
                key = "sample.where",
                meaning = "condition of Spark SQL that each synthetic row fulfils, \"start <= end and age >= 18\"",
                absent = "none")
        Optional<String> where) {
    /** The default settings. */
    public static final SampleSection DEFAULT =
            new SampleSection(1000, 1, Optional.empty(), true, true, Optional.empty(), Optional.empty());

    /** Returns the settings; a model type without the choice draws no noise. */
    public static SampleSection of(Settings settings) {
        return settings.bind(new SampleSection(
                DEFAULT.rows, DEFAULT.seed, DEFAULT.component, false, DEFAULT.missing, DEFAULT.given, DEFAULT.where));
    }

    public SampleSection {
        Rules.of(SampleSection.class).range("rows", rows).check();
    }
}
