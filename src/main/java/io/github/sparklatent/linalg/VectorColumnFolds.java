package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** As many columns at a time as a vector has numbers; the last few one by one. */
final class VectorColumnFolds implements ColumnFolds {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** What vectors are cast to, whatever the JIT has seen; see {@link DoubleVectorTiles}. */
    private static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(SPECIES).getClass();

    @Override
    public void shift(double[] a, int rows, int columns, double[] greatest) {
        int i = 0;
        for (; i + LANES <= columns; i += LANES) {
            DoubleVector top = TYPE.cast(DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY));
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                top = TYPE.cast(top.max(DoubleVector.fromArray(SPECIES, a, at)));
            }
            top =
                    TYPE.cast(
                            top.blend(
                                    0, top.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY)));
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, a, at));
                TYPE.cast(x.sub(top)).intoArray(a, at);
            }
            top.intoArray(greatest, i);
        }
        for (; i < columns; i++) {
            greatest[i] = ScalarColumnFolds.shift(a, i, columns, rows);
        }
    }

    @Override
    public void divide(double[] a, int rows, int columns, double[] sums, int to) {
        int i = 0;
        for (; i + LANES <= columns; i += LANES) {
            DoubleVector sum = TYPE.cast(DoubleVector.zero(SPECIES));
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                sum = TYPE.cast(sum.add(DoubleVector.fromArray(SPECIES, a, at)));
            }
            DoubleVector one = TYPE.cast(DoubleVector.broadcast(SPECIES, 1));
            DoubleVector inverse = TYPE.cast(one.div(sum));
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                DoubleVector x = TYPE.cast(DoubleVector.fromArray(SPECIES, a, at));
                TYPE.cast(x.mul(inverse)).intoArray(a, at);
            }
            sum.intoArray(sums, to + i);
        }
        for (; i < columns; i++) {
            sums[to + i] = ScalarColumnFolds.divide(a, i, columns, rows);
        }
    }
}
