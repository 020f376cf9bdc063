package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.vae.EmbeddingPhase;
import io.github.sparklatent.vae.EmbeddingRecipe;
import io.github.sparklatent.vae.EmbeddingStart;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of variational deep embedding, and of the stages of its training, which a classifying
 * variational autoencoder has too. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface EmbeddingParams<S>
        extends PosteriorParams<S>, ComponentParams<S>, BinarizeParams<S>, PatienceParams<S> {
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

    default Param<String> start() {
        List<String> names = Arrays.stream(EmbeddingStart.values()).map(NetworkNames::of).toList();
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
        EmbeddingRecipe recipe = EmbeddingRecipe.DEFAULT;
        posteriorDefaults();
        componentDefaults();
        binarizeDefaults();
        patienceDefaults();
        setDefault(initialization(), Initialization.XAVIER_UNIFORM.toString());
        setDefault(outer(), OuterOptimizer.Type.AVERAGE.toString());
        setDefault(pretrainingPasses(), passes(EmbeddingPhase.AUTOENCODER));
        setDefault(fixedPasses(), passes(EmbeddingPhase.FIXED));
        setDefault(clusteringPasses(), passes(EmbeddingPhase.CLUSTERING));
        setDefault(start(), NetworkNames.of(recipe.start()));
        setDefault(restarts(), recipe.restarts());
        setDefault(startRows(), recipe.startRows());
        setDefault(crossEntropyWeight(), recipe.crossEntropy());
        setDefault(informationWeight(), recipe.options().information());
        setDefault(clusterShares(), new double[0]);
    }

    private static double passes(EmbeddingPhase phase) {
        return phase.preset(AveragingOptions.DEFAULT).maxPasses();
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
