package io.github.sparklatent.ml.network.values;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The value type of channels, height and width of an image. */
public record ImageSize() implements ValueType<List<Integer>> {
    private static final int NUMBERS = 3;
    private static final ValueType<Integer> NUMBER = ValueTypes.integer(1);

    @Override
    public ParamForm form() {
        return ParamForm.INTS;
    }

    @Override
    public String allowed() {
        return "[channels, height, width], integers >= 1";
    }

    @Override
    public List<Integer> read(ConfigValue value) {
        if (!Found.isList(value)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        ConfigList list = (ConfigList) value;
        if (list.size() != NUMBERS) {
            throw MisfitException.of("a list of " + list.size(), allowed());
        }
        return list.stream().map(NUMBER::read).toList();
    }

    @Override
    public List<Integer> check(List<Integer> size) {
        if (size.size() != NUMBERS) {
            throw MisfitException.of("a list of " + size.size(), allowed());
        }
        size.forEach(NUMBER::check);
        return List.copyOf(size);
    }
}
