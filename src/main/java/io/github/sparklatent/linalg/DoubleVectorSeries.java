package io.github.sparklatent.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The polynomials of {@link DoubleSeries} on vectors. */
final class DoubleVectorSeries {
    private DoubleVectorSeries() {}

    /** See {@link DoubleSeries#exp}. */
    static DoubleVector exp(VectorSpecies<Double> species, DoubleVector r) {
        DoubleVector sum = r.fma(DoubleSeries.EXP_10, DoubleSeries.EXP_9);
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_8));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_7));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_6));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_5));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_4));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_3));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_2));
        sum = sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_1));
        return sum.fma(r, DoubleVector.broadcast(species, DoubleSeries.EXP_0));
    }

    /** See {@link DoubleSeries#log}. */
    static DoubleVector log(VectorSpecies<Double> species, DoubleVector z) {
        DoubleVector sum = z.fma(DoubleSeries.LOG_6, DoubleSeries.LOG_5);
        sum = sum.fma(z, DoubleVector.broadcast(species, DoubleSeries.LOG_4));
        sum = sum.fma(z, DoubleVector.broadcast(species, DoubleSeries.LOG_3));
        sum = sum.fma(z, DoubleVector.broadcast(species, DoubleSeries.LOG_2));
        sum = sum.fma(z, DoubleVector.broadcast(species, DoubleSeries.LOG_1));
        return sum.fma(z, DoubleVector.broadcast(species, DoubleSeries.LOG_0));
    }
}
