package io.github.sparklatent.ml.evaluation;

import java.math.BigDecimal;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * The sum of a column of finite numbers, added without rounding and rounded once. A shuffle delivers partial sums in a
 * different order each time, and the result must be the same. Partial sums are sent as decimal text: a decimal column
 * has at most 38 digits, and Spark 4.1 cannot send buffers of other objects to tasks.
 */
public final class ExactSum extends Aggregator<Double, String, Double> {
    @Override
    public String zero() {
        return "0";
    }

    @Override
    public String reduce(String sum, Double value) {
        return new BigDecimal(sum).add(new BigDecimal(value)).toString();
    }

    @Override
    public String merge(String first, String second) {
        return new BigDecimal(first).add(new BigDecimal(second)).toString();
    }

    @Override
    public Double finish(String sum) {
        return Double.valueOf(sum);
    }

    @Override
    public Encoder<String> bufferEncoder() {
        return Encoders.STRING();
    }

    @Override
    public Encoder<Double> outputEncoder() {
        return Encoders.DOUBLE();
    }
}
