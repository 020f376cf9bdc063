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
 */
public record ModelType(
        String type,
        String estimator,
        String words,
        List<Key<?>> keys,
        List<ScoreColumn> columns,
        List<ScoreColumn> shown,
        List<Key<?>> scoring,
        Function<Settings, List<Problem>> conflicts) {
    public ModelType {
        keys = List.copyOf(keys);
        columns = columns.stream().sorted().toList();
        shown = shown.stream().sorted().toList();
        scoring = List.copyOf(scoring);
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
