package io.github.sparklatent.config;

import com.typesafe.config.ConfigFactory;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.settings.Declaration;
import io.github.sparklatent.settings.Range;
import io.github.sparklatent.settings.Rules.RulesException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings that an options record declares, and fills the record from given values. */
public final class OptionsRecord {
    private OptionsRecord() {}

    /**
     * Returns the keys that the components of a record declare, in their order.
     *
     * @param defaults the record with the default values
     */
    public static List<Key<?>> keys(Record defaults) {
        List<Key<?>> keys = new ArrayList<>();
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            Optional<Declaration> setting = Declaration.of(component);
            Object value = value(defaults, component);
            if (setting.isEmpty()) {
                records(value).stream().limit(1).forEach(inner -> keys.addAll(keys(inner)));
            }
            setting.filter(declared -> !declared.meaning().isEmpty())
                    .ifPresent(declared -> keys.add(key(declared, value)));
        }
        return keys;
    }

    /** Returns the record, or the elements of a list of records; else nothing. */
    private static List<Record> records(Object value) {
        List<?> values = value instanceof List<?> list ? list : Collections.singletonList(value);
        return values.stream()
                .filter(Record.class::isInstance)
                .map(Record.class::cast)
                .toList();
    }

    private static Key<?> key(Declaration setting, Object value) {
        Object preset = value instanceof Optional<?> optional ? optional.orElse(null) : value;
        return key(setting, kind(setting, setting.component().getGenericType()), preset);
    }

    @SuppressWarnings("unchecked") // the kind was made for the type of the component
    private static <T> Key<T> key(Declaration setting, ValueType<T> kind, Object preset) {
        Key<T> key = setting.absent().isEmpty() || isPresent(setting, preset)
                ? Key.of(setting.key(), kind, (T) preset, setting.meaning())
                : Key.optional(setting.key(), kind, setting.absent(), setting.meaning());
        if (!setting.unit().isEmpty()) {
            key = key.withUnit(setting.unit());
        }
        if (!setting.param().isEmpty()) {
            key = key.withParam(setting.param().equals("-") ? "" : setting.param());
        }
        if (!setting.estimatorDefault().isEmpty()) {
            key = key.withEstimatorPreset(kind.read(
                    ConfigFactory.parseString("v=" + setting.estimatorDefault()).getValue("v")));
        }
        return key.withOnlyIf(setting.onlyIf()).withOffered(setting.offered());
    }

    private static boolean isPresent(Declaration setting, Object preset) {
        return setting.component().getType() == Optional.class && preset != null;
    }

    /** Returns how the values of a component are read and checked. */
    private static ValueType<?> kind(Declaration setting, Type type) {
        if (setting.type() != void.class) {
            try {
                Constructor<?> constructor = setting.type().getDeclaredConstructor();
                constructor.setAccessible(true);
                return (ValueType<?>) constructor.newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(setting.type() + " has no constructor without parameters", e);
            }
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return kind(setting, arguments[0]);
            }
            if (generic.getRawType() == List.class) {
                ValueType<?> element = kind(setting, arguments[0]);
                return setting.emptyAs().isEmpty()
                        ? ValueTypes.oneOrMore(element)
                        : ValueTypes.anyOr(setting.emptyAs(), element);
            }
            if (generic.getRawType() == Map.class) {
                return arguments[1] == Double.class
                        ? ValueTypes.namedNumbers()
                        : arguments[1] == String.class
                                ? ValueTypes.namedValues()
                                : ValueTypes.named(setting.noun(), kind(setting, arguments[1]));
            }
        }
        if (!(type instanceof Class<?> plain)) {
            throw new IllegalStateException(setting.key() + " has the type " + type);
        }
        if (plain.isEnum()) {
            return constants(setting, plain);
        }
        Range range = setting.range();
        return switch (plain.getSimpleName()) {
            case "int", "Integer" -> ValueTypes.integer(range);
            case "long", "Long" -> ValueTypes.longInteger(range);
            case "double", "Double" -> ValueTypes.real(range.text());
            case "boolean", "Boolean" -> ValueTypes.truth();
            case "String" ->
                !setting.values().isEmpty()
                        ? ValueTypes.name(setting.values().toArray(String[]::new))
                        : ValueTypes.matching(setting.noun(), setting.pattern());
            default -> throw new IllegalStateException(setting.key() + " has the type " + type);
        };
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the caller has checked that it is an enum
    private static ValueType<?> constants(Declaration setting, Class<?> type) {
        List<String> names = setting.values();
        List constants = Arrays.stream(type.getEnumConstants())
                .filter(c -> names.isEmpty() || names.contains(c.toString()))
                .toList();
        return ValueTypes.oneOf(constants, advice(setting.advice()));
    }

    /** Returns the advice by value. */
    private static Map<String, String> advice(List<String> lines) {
        Map<String, String> advice = new HashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            for (String value : line.substring(0, colon).split(", ")) {
                advice.put(value, line.substring(colon + 2));
            }
        }
        return advice;
    }

    /**
     * Returns a record with the values that are given, and the base's values elsewhere.
     *
     * @param problems receives the rules that the record's constructor finds broken; the base stands in for a record
     *     that cannot be created. Modified.
     */
    static <R extends Record> R bind(R base, Settings settings, List<Problem> problems) {
        R start = preset(base, settings);
        RecordComponent[] components = base.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = bound(components[i], value(start, components[i]), settings, problems);
        }
        try {
            @SuppressWarnings("unchecked")
            Constructor<R> constructor = (Constructor<R>) base.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RulesException broken) {
                broken.broken().forEach(rule -> problems.add(settings.problem(rule.key(), rule.predicate())));
                return start;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(base.getClass() + " cannot be created", e);
        }
    }

    private static Object bound(RecordComponent component, Object base, Settings settings, List<Problem> problems) {
        Optional<Declaration> setting = Declaration.of(component);
        if (setting.isEmpty()) {
            return bound(base, settings, problems);
        }
        Optional<Object> value = settings.value(setting.get().key());
        return component.getType() == Optional.class ? value.isPresent() ? value : base : value.orElse(base);
    }

    private static Object bound(Object base, Settings settings, List<Problem> problems) {
        List<Record> inner = records(base);
        if (inner.isEmpty()) {
            return base;
        }
        List<Record> bound =
                inner.stream().<Record>map(one -> bind(one, settings, problems)).toList();
        return base instanceof List<?> ? bound : bound.get(0);
    }

    /** Returns the defaults for the value of the component that selects them, if one does. */
    @SuppressWarnings("unchecked") // the method of of a record returns the record
    private static <R extends Record> R preset(R base, Settings settings) {
        for (RecordComponent component : base.getClass().getRecordComponents()) {
            Optional<Declaration> setting = Declaration.of(component);
            if (setting.isEmpty() || !setting.get().presets()) {
                continue;
            }
            Object chosen = settings.value(setting.get().key()).orElse(null);
            if (chosen == null || chosen.equals(value(base, component))) {
                return base;
            }
            try {
                Method of = base.getClass().getMethod("of", component.getType());
                return (R) of.invoke(null, chosen);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(base.getClass() + " has no method of", e);
            }
        }
        return base;
    }

    private static Object value(Record of, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }
}
