package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@link DoublePasses} on vectors, of which each lane is a sum of its own. */
final class DoubleVectorSweeps implements DoubleSweeps {
    private static final VectorSpecies<Double> SPECIES = species();
    private static final int LANES = SPECIES.length();

    /** The widest registers, or as many bits as this hidden class was given as its class data. */
    private static VectorSpecies<Double> species() {
        try {
            Integer bits = MethodHandles.classData(MethodHandles.lookup(), "_", Integer.class);
            return bits == null
                    ? DoubleVector.SPECIES_PREFERRED
                    : VectorSpecies.of(double.class, VectorShape.forBitSize(bits));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void addRows(double[] rows, int from, int count, int width, double[] sums, int at) {
        int j = 0;
        for (; j + 4 * LANES <= width; j += 4 * LANES) {
            addFour(rows, from + j, count, width, sums, at + j);
        }
        for (; j + LANES <= width; j += LANES) {
            DoubleVector sum = DoubleVector.fromArray(SPECIES, sums, at + j);
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum = sum.add(DoubleVector.fromArray(SPECIES, rows, k));
            }
            sum.intoArray(sums, at + j);
        }
        for (; j < width; j++) {
            double sum = sums[at + j];
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum += rows[k];
            }
            sums[at + j] = sum;
        }
    }

    /** Four vectors side by side, which do not wait for each other. */
    private static void addFour(
            double[] rows, int from, int count, int width, double[] sums, int at) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, sums, at);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, sums, at + LANES);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, sums, at + 2 * LANES);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, sums, at + 3 * LANES);
        for (int i = 0, k = from; i < count; i++, k += width) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, rows, k));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, rows, k + LANES));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, rows, k + 2 * LANES));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, rows, k + 3 * LANES));
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + LANES);
        s2.intoArray(sums, at + 2 * LANES);
        s3.intoArray(sums, at + 3 * LANES);
    }

    @Override
    public void gather(
            double[] in,
            int from,
            int line,
            int step,
            double[] out,
            int to,
            int lines,
            int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < DoublePasses.LANES; l += LANES, o += LANES) {
                    DoubleVector.fromArray(SPECIES, in, i + l).intoArray(out, o);
                }
            }
        }
    }

    @Override
    public void scatter(
            double[] in,
            int from,
            double[] sums,
            int at,
            int line,
            int step,
            int lines,
            int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < DoublePasses.LANES; l += LANES, i += LANES) {
                    DoubleVector.fromArray(SPECIES, sums, o + l)
                            .add(DoubleVector.fromArray(SPECIES, in, i))
                            .intoArray(sums, o + l);
                }
            }
        }
    }
}
