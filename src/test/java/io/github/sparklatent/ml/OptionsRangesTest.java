package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.config.CommonSections;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Problem;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.settings.Declaration;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Options are checked by their constructors, too, so that code without a configuration cannot use a number that a
 * configuration cannot have.
 */
class OptionsRangesTest {
    static Stream<Arguments> numbers() throws ReflectiveOperationException {
        List<Arguments> numbers = new ArrayList<>();
        for (ModelType type : Families.types().all()) {
            for (Record options : type.options()) {
                collect(type, options, options, numbers);
            }
        }
        for (Record section : CommonSections.SECTIONS) {
            collect(Families.types().first(), section, section, numbers);
        }
        return numbers.stream();
    }

    private static void collect(ModelType type, Record root, Object options, List<Arguments> numbers)
            throws ReflectiveOperationException {
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            component.getAccessor().setAccessible(true);
            Object value = component.getAccessor().invoke(options);
            Declaration setting = Declaration.of(component).orElse(null);
            if (setting != null) {
                outside(setting, value).forEach(number -> numbers.add(Arguments.of(type, root, setting.key(), number)));
            } else if (value instanceof Record) {
                collect(type, root, value, numbers);
            } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Record) {
                collect(type, root, list.get(0), numbers);
            }
        }
    }

    /** Returns numbers below and above the range of a setting, and NaN. */
    private static List<Number> outside(Declaration setting, Object value) {
        if (setting.range().text().isEmpty() || !(value instanceof Number)) {
            return List.of();
        }
        List<Double> numbers = new ArrayList<>();
        double minimum = setting.range().minimum();
        double maximum = setting.range().maximum();
        numbers.add(Math.min(minimum, 0) - 1); // 0 may stand for a missing value
        if (setting.range().aboveMinimum() && minimum > 0) {
            numbers.add(minimum);
        }
        if (maximum < Double.POSITIVE_INFINITY) {
            numbers.add(maximum + 1);
            if (setting.range().belowMaximum()) {
                numbers.add(maximum);
            }
        }
        if (value instanceof Double) {
            numbers.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY));
            return List.copyOf(numbers);
        }
        return value instanceof Long
                ? List.copyOf(numbers.stream().map(Double::longValue).toList())
                : List.copyOf(numbers.stream().map(Double::intValue).toList());
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void aNumberOutOfRangeIsRefused(ModelType type, Record options, String key, Number number) {
        Settings settings = Settings.of(type.estimatorSchema(), "test", Map.of(key, number));
        assertThat(settings.problems(options))
                .extracting(Problem::sentence)
                .anyMatch(sentence -> sentence.startsWith(key + " is " + number + ", must be "));
    }
}
