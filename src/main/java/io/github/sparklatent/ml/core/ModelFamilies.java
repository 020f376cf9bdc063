package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The families of models that the service file names. */
public final class ModelFamilies {
    private static final List<FamilySource> SOURCES =
            ServiceLoader.load(FamilySource.class, ModelFamilies.class.getClassLoader()).stream()
                    .<FamilySource>map(ServiceLoader.Provider::get)
                    .toList();
    private static final ModelTypes TYPES = new ModelTypes(SOURCES.stream()
            .filter(FamilySource::isConfigurable)
            .map(source -> source.family().type())
            .toList());

    private ModelFamilies() {}

    /** Returns the types that a configuration can name, in the order of the reference. */
    public static ModelTypes types() {
        return TYPES;
    }

    /** Returns the family of a type. */
    public static ModelFamily<?, ?> of(ModelType type) {
        return SOURCES.stream()
                .<ModelFamily<?, ?>>map(FamilySource::family)
                .filter(family -> family.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the family of the models of this class name. */
    public static Optional<ModelFamily<?, ?>> ofModel(String className) {
        return SOURCES.stream()
                .<ModelFamily<?, ?>>map(FamilySource::family)
                .filter(family -> family.model().getName().equals(className))
                .findFirst();
    }
}
