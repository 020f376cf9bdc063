package io.github.sparklatent.ml;

import io.github.sparklatent.cluster.Placement;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The params that say which columns a model reads and how its rows are placed. Setters return the
 * object itself.
 *
 * @param <S> the class that implements this
 */
public interface RowParams<S> extends Params {
    default Param<String> featuresCol() {
        return new Param<>(
                this, "featuresCol", "features column: vectors or arrays of numbers, or a number");
    }

    default String getFeaturesCol() {
        return $(featuresCol());
    }

    default S setFeaturesCol(String value) {
        return with(featuresCol(), value);
    }

    default Param<String> weightCol() {
        return new Param<>(
                this, "weightCol", "weight of each row when fitting and evaluating; empty: 1");
    }

    default String getWeightCol() {
        return $(weightCol());
    }

    default S setWeightCol(String value) {
        return with(weightCol(), value);
    }

    default Param<String> placement() {
        return new Param<>(
                this,
                "placement",
                "hash: rows go to partitions by a hash of their content, so that the result does"
                        + " not depend on the cluster; asis: they stay where they are",
                ParamValidators.inArray(Columns.names(Placement.values())));
    }

    default String getPlacement() {
        return $(placement());
    }

    default S setPlacement(String value) {
        return with(placement(), value);
    }

    default IntParam numPartitions() {
        return new IntParam(
                this,
                "numPartitions",
                "partitions of the rows when fitting and evaluating; 0: from the data's size",
                ParamValidators.gtEq(0));
    }

    default int getNumPartitions() {
        return (int) $(numPartitions());
    }

    default S setNumPartitions(int value) {
        return with(numPartitions(), value);
    }

    /** Sets the defaults of these params. */
    default void rowDefaults() {
        setDefault(featuresCol(), "features");
        setDefault(weightCol(), "");
        setDefault(placement(), Placement.HASH.toString());
        setDefault(numPartitions(), 0);
    }

    @SuppressWarnings("unchecked")
    private <T> S with(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
