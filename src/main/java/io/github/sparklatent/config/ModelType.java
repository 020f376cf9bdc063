package io.github.sparklatent.config;

import java.util.List;
import java.util.function.Function;

/**
 * A type of model as configurations and Spark Params describe it. From it the build generates the
 * interface {@code estimator + "Params"} of an Estimator and its model, and the interface {@code
 * estimator + "Setters"} of the Estimator.
 *
 * @param type value of {@code model.type}
 * @param estimator simple name of the Estimator's class; the model's class appends {@code Model}
 * @param words name in a sentence, in lower case unless it is a proper name
 * @param keys keys beyond {@link CommonKeys}
 * @param columns columns that a model can add to a table
 * @param shown columns that a model adds by default
 * @param scoring hyperparameters that a model uses, too: only these have setters of the model
 * @param conflicts finds values that are valid one by one but contradict each other
 * @param readsCategories whether a category is one number of a row, the code of its level; else it
 *     is one number for each level but the first, 0 or 1
 */
public record ModelType(
        String type,
        String estimator,
        String words,
        List<Key<?>> keys,
        List<ScoreColumn> columns,
        List<ScoreColumn> shown,
        List<Key<?>> scoring,
        Function<Settings, List<Problem>> conflicts,
        boolean readsCategories) {

    /** Creates a type of models that read categories as numbers 0 and 1. */
    public ModelType(
            String type,
            String estimator,
            String words,
            List<Key<?>> keys,
            List<ScoreColumn> columns,
            List<ScoreColumn> shown,
            List<Key<?>> scoring,
            Function<Settings, List<Problem>> conflicts) {
        this(type, estimator, words, keys, columns, shown, scoring, conflicts, false);
    }

    public ModelType {
        keys = List.copyOf(keys);
        columns = columns.stream().sorted().toList();
        shown = shown.stream().sorted().toList();
        scoring = List.copyOf(scoring);
    }

    /** Returns the same type for models that read the code of a category. */
    public ModelType readingCategories() {
        return new ModelType(
                type, estimator, words, keys, columns, shown, scoring, conflicts, true);
    }

    /** Returns the hyperparameters: the keys that are also Spark Params. */
    public List<Key<?>> hyperparameters() {
        return new ModelTypes(List.of(this))
                .schema(this).keys().stream().filter(Key::isHyperparameter).toList();
    }

    /** Returns the keys with the defaults of the Estimator. */
    public Schema estimatorSchema() {
        return new Schema(new ModelTypes(List.of(this)), this, Key::ofEstimator);
    }

    @Override
    public String toString() {
        return type;
    }
}
