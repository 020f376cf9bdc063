package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.columns.ColumnSetting;
import io.github.sparklatent.columns.ColumnType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A section of types of columns by name, at least one: {@code { zip = category, note = ignore, town = { type =
 * category, categories = 500 } }}.
 */
public record ColumnSettings() implements ValueType<Map<String, ColumnSetting>> {
    private static final String TYPE = "type";
    private static final String CATEGORIES = "categories";
    private static final ValueType<ColumnType> TYPES = ValueTypes.oneOf(Arrays.stream(ColumnType.values())
            .filter(type -> type != ColumnType.ARRAY)
            .toList());
    private static final ValueType<Integer> NUMBER = ValueTypes.integer(2, 4096);

    @Override
    public String allowed() {
        return "a section of types by column: { zip = category, price = log, note = ignore }";
    }

    @Override
    public Map<String, ColumnSetting> read(ConfigValue value) {
        if (!(value instanceof ConfigObject section)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        Map<String, ColumnSetting> settings = new LinkedHashMap<>();
        // The section has no order of its own.
        new TreeMap<>(section).forEach((name, found) -> settings.put(name, of(name, found)));
        return check(settings);
    }

    private static ColumnSetting of(String name, ConfigValue value) {
        try {
            if (!(value instanceof ConfigObject section)) {
                return ColumnSetting.of(TYPES.read(value));
            }
            if (!section.containsKey(TYPE) || !Set.of(TYPE, CATEGORIES).containsAll(section.keySet())) {
                throw new MisfitException(
                        "is a section with %s, must be a type or { type = category, categories = 500 }; a name with dots needs quotes"
                                .formatted(List.copyOf(new TreeMap<>(section).keySet())));
            }
            ColumnType type = TYPES.read(section.get(TYPE));
            return section.containsKey(CATEGORIES)
                    ? new ColumnSetting(type, NUMBER.read(section.get(CATEGORIES)))
                    : ColumnSetting.of(type);
        } catch (MisfitException e) {
            throw new MisfitException("has %s, which %s".formatted(Hocon.text(name), e.getMessage()));
        }
    }

    @Override
    public Map<String, ColumnSetting> check(Map<String, ColumnSetting> values) {
        if (values.isEmpty()) {
            throw MisfitException.of("an empty section", allowed());
        }
        return values;
    }

    @Override
    public Object plain(Map<String, ColumnSetting> values) {
        return values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> plain(entry.getValue()), (a, b) -> a, LinkedHashMap::new));
    }

    private static Object plain(ColumnSetting setting) {
        String type = setting.type().toString();
        return setting.categories() == ColumnSetting.CATEGORIES
                ? type
                : new TreeMap<>(Map.of(TYPE, type, CATEGORIES, setting.categories()));
    }
}
