package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@link FloatPasses} on vectors, of which each lane is a sum of its own. */
final class FloatVectorSweeps implements FloatSweeps {
    private static final VectorSpecies<Float> SPECIES =
            VectorSpecies.of(float.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** What vectors are cast to, whatever the JIT has seen; see {@link FloatVectorTiles}. */
    private static final Class<? extends FloatVector> TYPE = FloatVector.zero(SPECIES).getClass();

    @Override
    public void addRows(float[] rows, int from, int count, int width, float[] sums, int at) {
        int j = 0;
        for (; j + 4 * LANES <= width; j += 4 * LANES) {
            addFour(rows, from + j, count, width, sums, at + j);
        }
        for (; j + LANES <= width; j += LANES) {
            FloatVector sum = TYPE.cast(FloatVector.fromArray(SPECIES, sums, at + j));
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum = TYPE.cast(sum.add(FloatVector.fromArray(SPECIES, rows, k)));
            }
            sum.intoArray(sums, at + j);
        }
        for (; j < width; j++) {
            float sum = sums[at + j];
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum += rows[k];
            }
            sums[at + j] = sum;
        }
    }

    /** Four vectors side by side, which do not wait for each other. */
    private static void addFour(
            float[] rows, int from, int count, int width, float[] sums, int at) {
        FloatVector s0 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, at));
        FloatVector s1 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, at + LANES));
        FloatVector s2 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, at + 2 * LANES));
        FloatVector s3 = TYPE.cast(FloatVector.fromArray(SPECIES, sums, at + 3 * LANES));
        for (int i = 0, k = from; i < count; i++, k += width) {
            s0 = TYPE.cast(s0.add(FloatVector.fromArray(SPECIES, rows, k)));
            s1 = TYPE.cast(s1.add(FloatVector.fromArray(SPECIES, rows, k + LANES)));
            s2 = TYPE.cast(s2.add(FloatVector.fromArray(SPECIES, rows, k + 2 * LANES)));
            s3 = TYPE.cast(s3.add(FloatVector.fromArray(SPECIES, rows, k + 3 * LANES)));
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + LANES);
        s2.intoArray(sums, at + 2 * LANES);
        s3.intoArray(sums, at + 3 * LANES);
    }

    @Override
    public void gather(
            float[] in, int from, int line, int step, float[] out, int to, int lines, int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < FloatPasses.LANES; l += LANES, o += LANES) {
                    TYPE.cast(FloatVector.fromArray(SPECIES, in, i + l)).intoArray(out, o);
                }
            }
        }
    }

    @Override
    public void scatter(
            float[] in, int from, float[] sums, int at, int line, int step, int lines, int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < FloatPasses.LANES; l += LANES, i += LANES) {
                    FloatVector sum = TYPE.cast(FloatVector.fromArray(SPECIES, sums, o + l));
                    TYPE.cast(sum.add(FloatVector.fromArray(SPECIES, in, i)))
                            .intoArray(sums, o + l);
                }
            }
        }
    }
}
