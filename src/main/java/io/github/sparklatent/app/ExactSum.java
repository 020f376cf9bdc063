package io.github.sparklatent.app;

import java.math.BigDecimal;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.expressions.Aggregator;

/**
 * The sum of a column of finite numbers, added without rounding and rounded once: partial sums
 * arrive from a shuffle in another order each time, and the sum is to be the same each time.
 */
final class ExactSum extends Aggregator<Double, BigDecimal, Double> {
    private static final long serialVersionUID = 1L;

    @Override
    public BigDecimal zero() {
        return BigDecimal.ZERO;
    }

    @Override
    public BigDecimal reduce(BigDecimal sum, Double value) {
        return sum.add(new BigDecimal(value));
    }

    @Override
    public BigDecimal merge(BigDecimal first, BigDecimal second) {
        return first.add(second);
    }

    @Override
    public Double finish(BigDecimal sum) {
        return sum.doubleValue();
    }

    @Override
    public Encoder<BigDecimal> bufferEncoder() {
        return Encoders.kryo(BigDecimal.class); // a column of decimals has 38 digits at most
    }

    @Override
    public Encoder<Double> outputEncoder() {
        return Encoders.DOUBLE();
    }
}
