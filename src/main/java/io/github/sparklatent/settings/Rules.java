package io.github.sparklatent.settings;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rules of an options record, which its constructor states: the range of each component, and which values
 * contradict each other.
 *
 * <pre>{@code
 * public RobustOptions {
 *     Rules.of(RobustOptions.class).range("trim", trim).check();
 * }
 * }</pre>
 */
public final class Rules {
    private final Class<? extends Record> options;
    private final List<BrokenRule> broken = new ArrayList<>();

    private Rules(Class<? extends Record> options) {
        this.options = options;
    }

    /** Returns the rules of a record, none of which is broken yet. */
    public static Rules of(Class<? extends Record> options) {
        return new Rules(options);
    }

    /** Requires that a number is in the range that the component of this name declares. */
    public Rules range(String component, double value) {
        Range range = declaration(component).range();
        return refuse(
                !range.contains(value),
                component,
                "is %s, must be a number%s",
                value,
                range.text().isEmpty() ? "" : " " + range);
    }

    /**
     * Requires that an integer is in the range that the component declares.
     *
     * @param component name of the component
     */
    public Rules range(String component, long value) {
        Range range = declaration(component).range();
        return refuse(!range.contains(value), component, "is %d, must be an integer %s", value, range);
    }

    /**
     * Requires that a number is in the range that the component declares, or 0, which stands for a missing value.
     *
     * @param component name of the component
     */
    public Rules rangeOrZero(String component, double value) {
        return value == 0 ? this : range(component, value);
    }

    /**
     * Requires that an integer is in the range that the component declares, or 0, which stands for a missing value.
     *
     * @param component name of the component
     */
    public Rules rangeOrZero(String component, long value) {
        return value == 0 ? this : range(component, value);
    }

    /** Requires that a constant is among those that the component of this name allows. */
    public Rules constant(String component, Enum<?> value) {
        List<String> allowed = declaration(component).values();
        return refuse(
                !allowed.contains(value.toString()),
                component,
                "is %s, must be %s",
                value,
                String.join(" or ", allowed));
    }

    /**
     * Refuses the value of a component.
     *
     * @param when whether the rule is broken
     * @param component name of the component, or the path of a key of a record inside this one
     * @param predicate format of the sentence after the path of the key: what was found, why it is refused, and what to
     *     do
     */
    public Rules refuse(boolean when, String component, String predicate, Object... values) {
        if (when) {
            String key =
                    component.contains(".") ? component : declaration(component).key();
            broken.add(new BrokenRule(key, predicate.formatted(values)));
        }
        return this;
    }

    public void check() {
        if (!broken.isEmpty()) {
            throw new RulesException(broken);
        }
    }

    private Declaration declaration(String component) {
        return Declaration.of(Declaration.component(options, component)).orElseThrow();
    }

    /**
     * A rule that is broken.
     *
     * @param key path of the setting
     * @param predicate sentence after the key
     */
    public record BrokenRule(String key, String predicate) implements Serializable {
        @Override
        public String toString() {
            return key + " " + predicate;
        }
    }

    /** Thrown by the constructor of an options record whose values break its rules. */
    public static final class RulesException extends IllegalArgumentException {
        private final List<Rules.BrokenRule> broken;

        RulesException(List<Rules.BrokenRule> broken) {
            super(broken.stream().map(Object::toString).collect(Collectors.joining("; ")));
            this.broken = List.copyOf(broken);
        }

        /** Returns the broken rules, at least one. */
        public List<Rules.BrokenRule> broken() {
            return broken;
        }
    }
}
