package io.github.sparklatent.ml;

import io.github.sparklatent.vae.cluster.ClusterSearch;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of how components are found among an autoencoder's codes. Setters return the object
 * itself.
 *
 * @param <S> the class that implements this
 */
public interface ClusterStartParams<S> extends RowParams<S> {
    default Param<String> start() {
        List<String> names = Arrays.stream(ClusterSearch.values()).map(NetworkNames::of).toList();
        return new Param<>(
                this,
                "start",
                "how components are found among the autoencoder's codes: " + names,
                ParamValidators.inArray(names));
    }

    default String getStart() {
        return $(start());
    }

    default S setStart(String value) {
        return put(start(), value);
    }

    default IntParam restarts() {
        return new IntParam(
                this,
                "restarts",
                "starts of the mixture of those codes, of which the best is kept",
                ParamValidators.gtEq(1));
    }

    default int getRestarts() {
        return (int) $(restarts());
    }

    default S setRestarts(int value) {
        return put(restarts(), value);
    }

    default IntParam startRows() {
        return new IntParam(
                this,
                "startRows",
                "rows at most whose codes these starts see",
                ParamValidators.gtEq(1));
    }

    default int getStartRows() {
        return (int) $(startRows());
    }

    default S setStartRows(int value) {
        return put(startRows(), value);
    }

    /** Sets the defaults of the params: the core's. */
    default void clusterStartDefaults() {
        ClusteringRecipe recipe = ClusteringRecipe.DEFAULT;
        setDefault(start(), NetworkNames.of(recipe.start()));
        setDefault(restarts(), recipe.restarts());
        setDefault(startRows(), recipe.startRows());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
