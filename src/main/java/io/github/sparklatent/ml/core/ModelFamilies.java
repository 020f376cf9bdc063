package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The families of models that the service files of the jars name. */
public final class ModelFamilies {
    private static final List<FamilySource> SOURCES =
            ServiceLoader.load(FamilySource.class, loader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .sorted(Comparator.comparing(ModelFamilies::isForeign)) // ours is the default
                    .toList();
    private static final ModelTypes TYPES =
            new ModelTypes(
                    SOURCES.stream()
                            .filter(FamilySource::isConfigurable)
                            .map(source -> source.family().type())
                            .toList());

    private ModelFamilies() {}

    /**
     * Returns the loader of the thread, which also knows jars that were added later, if it finds
     * the classes of this library where they are; else the loader of this library.
     */
    private static ClassLoader loader() {
        ClassLoader own = ModelFamilies.class.getClassLoader();
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        for (ClassLoader at = ofThread; at != null; at = at.getParent()) {
            if (at == own) {
                return ofThread;
            }
        }
        return own;
    }

    private static boolean isForeign(FamilySource source) {
        return !source.getClass().getPackageName().startsWith("io.github.sparklatent.ml");
    }

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
    static Optional<ModelFamily<?, ?>> ofModel(String className) {
        return SOURCES.stream()
                .<ModelFamily<?, ?>>map(FamilySource::family)
                .filter(family -> family.model().getName().equals(className))
                .findFirst();
    }
}
