package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;

/**
 * The params of a training by averaging: steps within partitions, then an average of what they
 * found. Setters return the object itself.
 *
 * @param <S> the class that implements this
 */
public interface AveragingParams<S> extends RowParams<S> {
    default DoubleParam roundsPerPass() {
        return new DoubleParam(
                this,
                "roundsPerPass",
                "how often in a pass the partitions' parameters are averaged; 0: 8 times, or fewer"
                        + " so that a round has 16 batches",
                ParamValidators.gtEq(0));
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
                "rows of a step in a partition; 0: 128 over the partitions, of deep embedding 256,"
                        + " at least 8",
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
                "share of the rows held out of training; by them the best round is kept, but"
                        + " for that of adversaries",
                ParamValidators.inRange(0, 1, true, false));
    }

    default double getHoldoutFraction() {
        return (double) $(holdoutFraction());
    }

    default S setHoldoutFraction(double value) {
        return put(holdoutFraction(), value);
    }

    default LongParam seed() {
        return new LongParam(this, "seed", "of all randomness");
    }

    default long getSeed() {
        return (long) $(seed());
    }

    default S setSeed(long value) {
        return put(seed(), value);
    }

    /** Sets the defaults of these params; they are the core's. */
    default void averagingDefaults() {
        AveragingOptions options = AveragingOptions.DEFAULT;
        rowDefaults();
        setDefault(roundsPerPass(), options.roundsPerPass());
        setDefault(batchSize(), options.batchSize());
        setDefault(optimizer(), options.optimizer().type().toString());
        setDefault(learningRate(), options.optimizer().learningRate());
        setDefault(moments(), options.moments().toString());
        setDefault(outer(), options.outer().type().toString());
        setDefault(movingAverage(), options.movingAverage());
        setDefault(holdoutFraction(), 0.0);
        setDefault(seed(), 1L);
    }

    @SuppressWarnings("unchecked")
    private <T> S put(Param<T> param, Object value) {
        return (S) set(param, (T) value);
    }
}
