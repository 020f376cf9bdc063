package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.io.ModelDirectory.JobClassLoader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The families of models that the service files of the jars name. */
public final class ModelFamilies {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFamilies.class);
    private static final List<FamilySource> SOURCES = sources();
    private static final ModelTypes TYPES = new ModelTypes(SOURCES.stream()
            .filter(FamilySource::isConfigurable)
            .map(source -> source.family().type())
            .toList());

    private ModelFamilies() {}

    /** A line that names no usable class must not keep the other families from the commands. */
    private static List<FamilySource> sources() {
        List<FamilySource> sources = new ArrayList<>();
        Iterator<FamilySource> found =
                ServiceLoader.load(FamilySource.class, JobClassLoader.get()).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                sources.add(found.next());
            } catch (ServiceConfigurationError e) {
                LOG.warn("a family of models is left out: {}", e.getMessage());
            }
        }
        sources.sort(Comparator.comparing(ModelFamilies::isForeign)); // ours is the default
        Set<String> types = new HashSet<>();
        for (FamilySource source : sources) {
            String type = source.family().type().type();
            if (!types.add(type)) {
                throw new UsageException(
                        "two families of models have the type %s; the second is of %s: leave its jar out"
                                .formatted(type, source.getClass().getName()));
            }
        }
        return List.copyOf(sources);
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
