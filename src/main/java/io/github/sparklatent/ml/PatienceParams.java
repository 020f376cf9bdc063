package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * When a training ends before its last pass. Of no effect, and warned of, in stages whose held-out
 * loss does not say which round is the best: a game, clusters that are fixed, and a weight of the
 * mutual information. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface PatienceParams<S> extends Params {
    default IntParam patience() {
        return new IntParam(
                this,
                "patience",
                "evaluations of the held-out rows without progress after which training ends; 0:"
                        + " never",
                ParamValidators.gtEq(0));
    }

    default int getPatience() {
        return (int) $(patience());
    }

    default S setPatience(int value) {
        return put(patience(), value);
    }

    /** Sets the default, which is the core's. */
    default void patienceDefaults() {
        setDefault(patience(), AveragingOptions.DEFAULT.patience());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
