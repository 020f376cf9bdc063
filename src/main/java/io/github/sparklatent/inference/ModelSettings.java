package io.github.sparklatent.inference;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.settings.Setting;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The numbers by name that a configuration gives a model, e.g. its number of components.
 *
 * @param values numbers by name. Not modified.
 */
public record ModelSettings(
        @Setting(
                key = "model.settings",
                meaning = "numbers that the density is created with, { components = 3 }",
                absent = "the defaults of the density",
                param = "densitySettings")
        Map<String, Double> values)
        implements Serializable {
    /** No settings: every number has its default. */
    public static final ModelSettings NONE = new ModelSettings(Map.of());

    public ModelSettings {
        values = Map.copyOf(values);
    }

    /** Returns a number, or its default if it is not set. */
    public double number(String name, double preset) {
        return values.getOrDefault(name, preset);
    }

    /**
     * Returns a number above 0, or its default if it is not set.
     *
     * @throws IllegalArgumentException if the number is not finite or not above 0
     */
    public double positive(String name, double preset) {
        double value = number(name, preset);
        Require.that(
                value > 0 && Double.isFinite(value),
                "the setting %s is %s, expected a finite number above 0",
                name,
                value);
        return value;
    }

    /**
     * Returns a whole number, or its default if it is not set.
     *
     * @throws IllegalArgumentException if the number is not whole or not in the range
     */
    public int integer(String name, int preset, int least, int most) {
        double value = number(name, preset);
        Require.that(
                value >= least && value <= most && value == Math.rint(value),
                "the setting %s is %s, expected a whole number from %d to %d",
                name,
                value,
                least,
                most);
        return (int) value;
    }

    /**
     * Requires that every setting has one of some names.
     *
     * @throws IllegalArgumentException if a setting has another name
     */
    public ModelSettings only(String... names) {
        for (String name : new TreeMap<>(values).keySet()) {
            Require.that(
                    List.of(names).contains(name),
                    "there is no setting %s, expected %s",
                    name,
                    String.join(", ", names));
        }
        return this;
    }
}
