package io.github.sparklatent.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Declaration of a setting by a component of an options record: its {@link Setting}, completed by the declaration that
 * it refers to. All but the component are named and explained as in {@link Setting}.
 */
public record Declaration(
        RecordComponent component,
        String key,
        String meaning,
        Range range,
        String unit,
        String absent,
        String param,
        String estimatorDefault,
        List<String> values,
        String emptyAs,
        String noun,
        String pattern,
        List<String> advice,
        boolean offered,
        Class<?> type,
        String onlyIf,
        boolean presets) {

    /** Returns the declaration of a component; empty if it is no setting. */
    public static Optional<Declaration> of(RecordComponent component) {
        Setting own = component.getAnnotation(Setting.class);
        if (own == null) {
            return Optional.empty();
        }
        if (own.as() == void.class) {
            return Optional.of(of(component, own, own));
        }
        Setting other = component(own.as(), component.getName()).getAnnotation(Setting.class);
        return Optional.of(of(component, own, other));
    }

    private static Declaration of(RecordComponent component, Setting own, Setting other) {
        return new Declaration(
                component,
                first(own.key(), other.key()),
                first(own.meaning(), other.meaning()),
                Range.of(first(own.range(), other.range())),
                first(own.unit(), other.unit()),
                first(own.absent(), other.absent()),
                first(own.param(), other.param()),
                own.estimatorDefault(),
                List.of(own.values().length > 0 ? own.values() : other.values()),
                first(own.emptyAs(), other.emptyAs()),
                first(own.noun(), first(other.noun(), "a text")),
                first(own.pattern(), other.pattern()),
                List.of(own.advice()),
                own.offered(),
                own.type() != void.class ? own.type() : other.type(),
                first(own.onlyIf(), other.onlyIf()),
                own.presets() || other.presets());
    }

    private static String first(String own, String other) {
        return own.isEmpty() ? other : own;
    }

    static RecordComponent component(Class<?> options, String name) {
        return Arrays.stream(options.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(options.getSimpleName() + " has no component " + name));
    }
}
