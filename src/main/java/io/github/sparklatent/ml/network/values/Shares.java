package io.github.sparklatent.ml.network.values;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;

/** The value type of shares of a whole: at least two positive numbers with any sum. */
public record Shares() implements ValueType<List<Double>> {
    private static final ValueType<Double> SHARE = ValueTypes.positive();

    @Override
    public ParamForm form() {
        return ParamForm.DOUBLES;
    }

    @Override
    public String allowed() {
        return "a list of two or more numbers > 0";
    }

    @Override
    public List<Double> read(ConfigValue value) {
        if (!Found.isList(value)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        return check(((ConfigList) value).stream().map(Shares::share).toList());
    }

    private static Double share(ConfigValue value) {
        try {
            return SHARE.read(value);
        } catch (MisfitException e) {
            throw new MisfitException("has an element that " + e.getMessage());
        }
    }

    @Override
    public List<Double> check(List<Double> shares) {
        if (shares.size() < 2) {
            throw MisfitException.of("a list of " + shares.size(), allowed());
        }
        shares.forEach(SHARE::check);
        return List.copyOf(shares);
    }
}
