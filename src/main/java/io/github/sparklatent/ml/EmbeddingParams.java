package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of variational deep embedding, and of the stages of its training, which a classifying
 * variational autoencoder has too. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface EmbeddingParams<S>
        extends PosteriorParams<S>,
                ComponentParams<S>,
                ClusterStartParams<S>,
                BinarizeParams<S>,
                PatienceParams<S> {
    default DoubleParam pretrainingPasses() {
        return new DoubleParam(
                this,
                "pretrainingPasses",
                "passes over the rows at most that train the autoencoder",
                ParamValidators.gt(0));
    }

    default double getPretrainingPasses() {
        return (double) $(pretrainingPasses());
    }

    default S setPretrainingPasses(double value) {
        return put(pretrainingPasses(), value);
    }

    default DoubleParam fixedPasses() {
        return new DoubleParam(
                this,
                "fixedPasses",
                "passes at most in which the components of rows are those found among the"
                        + " autoencoder's codes; 0: no such stage",
                ParamValidators.gtEq(0));
    }

    default double getFixedPasses() {
        return (double) $(fixedPasses());
    }

    default S setFixedPasses(double value) {
        return put(fixedPasses(), value);
    }

    default DoubleParam clusteringPasses() {
        return new DoubleParam(
                this,
                "clusteringPasses",
                "passes at most in which they are the model's own",
                ParamValidators.gt(0));
    }

    default double getClusteringPasses() {
        return (double) $(clusteringPasses());
    }

    default S setClusteringPasses(double value) {
        return put(clusteringPasses(), value);
    }

    default DoubleParam crossEntropyWeight() {
        return new DoubleParam(
                this,
                "crossEntropyWeight",
                "of the cross-entropy of the model's own components against those found, while"
                        + " these are fixed",
                ParamValidators.gtEq(0));
    }

    default double getCrossEntropyWeight() {
        return (double) $(crossEntropyWeight());
    }

    default S setCrossEntropyWeight(double value) {
        return put(crossEntropyWeight(), value);
    }

    default DoubleParam informationWeight() {
        return new DoubleParam(
                this,
                "informationWeight",
                "of the mutual information of rows and components, which favours components of the"
                        + " expected sizes; 0: the bound alone",
                ParamValidators.gtEq(0));
    }

    default double getInformationWeight() {
        return (double) $(informationWeight());
    }

    default S setInformationWeight(double value) {
        return put(informationWeight(), value);
    }

    default DoubleArrayParam clusterShares() {
        return new DoubleArrayParam(
                this,
                "clusterShares",
                "expected sizes of the components, in any unit; none: all alike");
    }

    default double[] getClusterShares() {
        return $(clusterShares());
    }

    default S setClusterShares(double... value) {
        return put(clusterShares(), value);
    }

    /** Sets the defaults of all params; those of the training are the core's. */
    default void embeddingDefaults() {
        ClusteringRecipe recipe = ClusteringRecipe.DEFAULT;
        posteriorDefaults();
        clusterStartDefaults();
        componentDefaults();
        binarizeDefaults();
        patienceDefaults();
        setDefault(initialization(), ClusteringPhase.initialization(true).toString());
        setDefault(outer(), OuterOptimizer.Type.AVERAGE.toString());
        setDefault(pretrainingPasses(), passes(ClusteringPhase.AUTOENCODER));
        setDefault(fixedPasses(), passes(ClusteringPhase.FIXED));
        setDefault(clusteringPasses(), passes(ClusteringPhase.CLUSTERING));
        setDefault(crossEntropyWeight(), recipe.crossEntropy());
        setDefault(informationWeight(), recipe.options().information());
        setDefault(clusterShares(), new double[0]);
    }

    private static double passes(ClusteringPhase phase) {
        return phase.preset(AveragingOptions.DEFAULT).maxPasses();
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
