package io.github.sparklatent.ml.core;

import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.ModelTypes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The families of models that are available.
 *
 * @param all all families in the order of the reference; the first is the default
 * @param composed families whose models consist of models of the others; no configuration names
 *     their types
 */
public record ModelFamilies(List<ModelFamily> all, List<ModelFamily> composed) {
    public ModelFamilies {
        all = List.copyOf(all);
        composed = List.copyOf(composed);
    }

    /** Creates a list without composed families. */
    public ModelFamilies(List<ModelFamily> all) {
        this(all, List.of());
    }

    /** Returns the types of the families. */
    public ModelTypes types() {
        return new ModelTypes(all.stream().map(ModelFamily::type).toList());
    }

    /** Returns the family of a type. */
    ModelFamily of(ModelType type) {
        return all.stream().filter(family -> family.type().equals(type)).findFirst().orElseThrow();
    }

    /** Creates an Estimator of a type of model. */
    public LatentEstimator<?, ?> estimator(ModelType type, String uid) {
        return of(type).estimator().apply(uid);
    }

    /** Returns the family of the models of this class name. */
    Optional<ModelFamily> ofModel(String className) {
        return Stream.concat(all.stream(), composed.stream())
                .filter(family -> family.model().getName().equals(className))
                .findFirst();
    }
}
