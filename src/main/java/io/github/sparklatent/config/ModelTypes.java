package io.github.sparklatent.config;

import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The types of model that a configuration may name.
 *
 * @param all all types in the order of the reference; the first is the default
 */
public record ModelTypes(List<ModelType> all) {
    public ModelTypes {
        all = List.copyOf(all);
    }

    /** Returns the type of this name. */
    public Optional<ModelType> find(String name) {
        return all.stream().filter(type -> type.type().equals(name)).findFirst();
    }

    /** Returns the type of a configuration that names none. */
    public ModelType first() {
        return all.get(0);
    }

    /** Returns the type of value of {@code model.type}. */
    public ValueType<String> kind() {
        return ValueTypes.name(all.stream().map(ModelType::type).toArray(String[]::new));
    }

    /** Returns the keys that a configuration of this type may have. */
    public Schema schema(ModelType type) {
        return new Schema(this, type, UnaryOperator.identity());
    }
}
