package io.github.sparklatent.ml.core;

/**
 * Brings a family of models into the commands: an Estimator with a public constructor without arguments, whose name is
 * a line of the file {@code META-INF/services/io.github.sparklatent.ml.core.FamilySource}.
 */
public interface FamilySource {
    /** Returns the family, the same at every call. */
    ModelFamily<?, ?> family();

    /**
     * Returns whether a configuration can name the type of the family. If not, its models consist of models of other
     * families.
     */
    default boolean isConfigurable() {
        return true;
    }
}
