package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The params of an autoencoder, plain or variational: its networks and how they are trained.
 * Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface NetworkParams<S> extends NetworkColumnParams<S> {
    default IntParam latent() {
        return new IntParam(
                this, "latent", "latent variables of a row, at least 1", ParamValidators.gtEq(1));
    }

    default int getLatent() {
        return (int) $(latent());
    }

    default S setLatent(int value) {
        return put(latent(), value);
    }

    default StringArrayParam encoder() {
        return new StringArrayParam(
                this,
                "encoder",
                "hidden layers from the row on: widths, or conv:CHANNELS:KERNEL:STRIDE:PADDING");
    }

    default String[] getEncoder() {
        return $(encoder());
    }

    default S setEncoder(String... value) {
        return put(encoder(), value);
    }

    default StringArrayParam decoder() {
        return new StringArrayParam(
                this,
                "decoder",
                "hidden layers from the latent variables on, as those of the encoder; mirror: its"
                        + " own, last to first");
    }

    default String[] getDecoder() {
        return $(decoder());
    }

    default S setDecoder(String... value) {
        return put(decoder(), value);
    }

    default Param<String> image() {
        return new Param<>(
                this,
                "image",
                "size of the images that rows are, CHANNELSxHEIGHTxWIDTH, for convolutions; empty:"
                        + " they are none");
    }

    default String getImage() {
        return $(image());
    }

    default S setImage(String value) {
        return put(image(), value);
    }

    default Param<String> activation() {
        List<String> names = Arrays.stream(Activation.values()).map(Object::toString).toList();
        return new Param<>(
                this,
                "activation",
                "of all hidden layers: " + names,
                ParamValidators.inArray(names));
    }

    default String getActivation() {
        return $(activation());
    }

    default S setActivation(String value) {
        return put(activation(), value);
    }

    default Param<String> likelihood() {
        return new Param<>(
                this,
                "likelihood",
                "of a row given its latent variables: " + LikelihoodText.NAMES,
                ParamValidators.inArray(LikelihoodText.NAMES));
    }

    default String getLikelihood() {
        return $(likelihood());
    }

    default S setLikelihood(String value) {
        return put(likelihood(), value);
    }

    default DoubleParam variance() {
        return new DoubleParam(
                this,
                "variance",
                "of a gaussian likelihood whose variance is fixed",
                ParamValidators.gt(0));
    }

    default double getVariance() {
        return (double) $(variance());
    }

    default S setVariance(double value) {
        return put(variance(), value);
    }

    default BooleanParam binarize() {
        return new BooleanParam(
                this,
                "binarize",
                "bernoulli: whether values are drawn as 0 or 1 each time a row is used");
    }

    default boolean getBinarize() {
        return (boolean) $(binarize());
    }

    default S setBinarize(boolean value) {
        return put(binarize(), value);
    }

    default Param<String> corruption() {
        return new Param<>(
                this,
                "corruption",
                "of rows before they are encoded, while training: none, gaussian, masking",
                ParamValidators.inArray(List.of("none", "gaussian", "masking")));
    }

    default String getCorruption() {
        return $(corruption());
    }

    default S setCorruption(String value) {
        return put(corruption(), value);
    }

    default DoubleParam corruptionLevel() {
        return new DoubleParam(
                this,
                "corruptionLevel",
                "deviation of the noise, or share of the values masked",
                ParamValidators.gtEq(0));
    }

    default double getCorruptionLevel() {
        return (double) $(corruptionLevel());
    }

    default S setCorruptionLevel(double value) {
        return put(corruptionLevel(), value);
    }

    default DoubleParam maxPasses() {
        return new DoubleParam(
                this, "maxPasses", "passes over the rows at most", ParamValidators.gt(0));
    }

    default double getMaxPasses() {
        return (double) $(maxPasses());
    }

    default S setMaxPasses(double value) {
        return put(maxPasses(), value);
    }

    default DoubleParam roundsPerPass() {
        return new DoubleParam(
                this,
                "roundsPerPass",
                "how often in a pass the partitions' parameters are averaged",
                ParamValidators.gt(0));
    }

    default double getRoundsPerPass() {
        return (double) $(roundsPerPass());
    }

    default S setRoundsPerPass(double value) {
        return put(roundsPerPass(), value);
    }

    default IntParam batchSize() {
        return new IntParam(
                this,
                "batchSize",
                "rows of a step in a partition; 0: 128 over the partitions, at least 8",
                ParamValidators.gtEq(0));
    }

    default int getBatchSize() {
        return (int) $(batchSize());
    }

    default S setBatchSize(int value) {
        return put(batchSize(), value);
    }

    default Param<String> optimizer() {
        List<String> names = Arrays.stream(Optimizer.Type.values()).map(Object::toString).toList();
        return new Param<>(
                this, "optimizer", "of the partitions: " + names, ParamValidators.inArray(names));
    }

    default String getOptimizer() {
        return $(optimizer());
    }

    default S setOptimizer(String value) {
        return put(optimizer(), value);
    }

    default DoubleParam learningRate() {
        return new DoubleParam(
                this, "learningRate", "of the partitions' steps", ParamValidators.gt(0));
    }

    default double getLearningRate() {
        return (double) $(learningRate());
    }

    default S setLearningRate(double value) {
        return put(learningRate(), value);
    }

    default Param<String> moments() {
        List<String> names = Arrays.stream(Moments.values()).map(Object::toString).toList();
        return new Param<>(
                this,
                "moments",
                "what becomes of the optimiser's moments between rounds: " + names,
                ParamValidators.inArray(names));
    }

    default String getMoments() {
        return $(moments());
    }

    default S setMoments(String value) {
        return put(moments(), value);
    }

    default Param<String> outer() {
        List<String> names =
                Arrays.stream(OuterOptimizer.Type.values()).map(Object::toString).toList();
        return new Param<>(
                this,
                "outer",
                "what is done with the average of the partitions' changes: " + names,
                ParamValidators.inArray(names));
    }

    default String getOuter() {
        return $(outer());
    }

    default S setOuter(String value) {
        return put(outer(), value);
    }

    default DoubleParam movingAverage() {
        return new DoubleParam(
                this,
                "movingAverage",
                "passes over which the parameters are averaged; 0: none",
                ParamValidators.gtEq(0));
    }

    default double getMovingAverage() {
        return (double) $(movingAverage());
    }

    default S setMovingAverage(double value) {
        return put(movingAverage(), value);
    }

    default DoubleParam holdoutFraction() {
        return new DoubleParam(
                this,
                "holdoutFraction",
                "share of the rows held out of training, by which the best round is kept",
                ParamValidators.inRange(0, 1, true, false));
    }

    default double getHoldoutFraction() {
        return (double) $(holdoutFraction());
    }

    default S setHoldoutFraction(double value) {
        return put(holdoutFraction(), value);
    }

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

    /** Sets the defaults of these params; those of the training are the core's. */
    default void networkDefaults() {
        AveragingOptions options = AveragingOptions.DEFAULT;
        networkColumnDefaults();
        setDefault(latent(), 8);
        setDefault(encoder(), new String[] {"128"});
        setDefault(decoder(), new String[] {LayerText.MIRROR});
        setDefault(image(), "");
        setDefault(activation(), Activation.RELU.toString());
        setDefault(likelihood(), LikelihoodText.GAUSSIAN);
        setDefault(variance(), 1.0);
        setDefault(binarize(), false);
        setDefault(corruption(), "none");
        setDefault(corruptionLevel(), 0.0);
        setDefault(maxPasses(), options.maxPasses());
        setDefault(roundsPerPass(), options.roundsPerPass());
        setDefault(batchSize(), options.batchSize());
        setDefault(optimizer(), options.optimizer().type().toString());
        setDefault(learningRate(), options.optimizer().learningRate());
        setDefault(moments(), options.moments().toString());
        setDefault(outer(), options.outer().type().toString());
        setDefault(movingAverage(), options.movingAverage());
        setDefault(holdoutFraction(), 0.0);
        setDefault(patience(), options.patience());
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
