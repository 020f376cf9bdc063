package io.github.sparklatent.ml.core;

/**
 * Brings a family of models into the commands. The class is public, has a public constructor without arguments, and its
 * name is a line of the file {@code META-INF/services/io.github.sparklatent.ml.core.FamilySource} in a jar of the job.
 * Estimators of this library are such classes.
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
