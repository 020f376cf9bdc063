package io.github.sparklatent.linalg;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The polynomials of {@link FloatSeries} on vectors. */
final class FloatVectorSeries {
    private FloatVectorSeries() {}

    /** See {@link FloatSeries#exp}. */
    static FloatVector exp(VectorSpecies<Float> species, FloatVector r) {
        FloatVector sum = r.fma(FloatSeries.EXP_5, FloatSeries.EXP_4);
        sum = sum.fma(r, FloatVector.broadcast(species, FloatSeries.EXP_3));
        sum = sum.fma(r, FloatVector.broadcast(species, FloatSeries.EXP_2));
        sum = sum.fma(r, FloatVector.broadcast(species, FloatSeries.EXP_1));
        return sum.fma(r, FloatVector.broadcast(species, FloatSeries.EXP_0));
    }

    /** See {@link FloatSeries#log}. */
    static FloatVector log(VectorSpecies<Float> species, FloatVector z) {
        FloatVector sum = z.fma(FloatSeries.LOG_3, FloatSeries.LOG_2);
        sum = sum.fma(z, FloatVector.broadcast(species, FloatSeries.LOG_1));
        return sum.fma(z, FloatVector.broadcast(species, FloatSeries.LOG_0));
    }
}
