package io.github.sparklatent.ml;

import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of a variational autoencoder with a classifier of its codes, which is trained in the
 * stages of deep embedding. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface ClassifyingParams<S> extends EmbeddingParams<S> {
    default StringArrayParam classifier() {
        return new StringArrayParam(
                this,
                "classifier",
                "hidden layers, widths, of the network that gives a code its components'"
                        + " probabilities");
    }

    default String[] getClassifier() {
        return $(classifier());
    }

    default S setClassifier(String... value) {
        return put(classifier(), value);
    }

    /** Sets the defaults of all params. */
    default void classifyingDefaults() {
        embeddingDefaults();
        setDefault(classifier(), new String[] {"64"});
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
