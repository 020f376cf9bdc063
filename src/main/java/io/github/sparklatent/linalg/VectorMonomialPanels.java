package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** Monomials a vector at a time: what a run writes beyond its end the next one overwrites. */
final class VectorMonomialPanels implements MonomialPanels {
    private static final VectorSpecies<Double> SPECIES =
            VectorSpecies.of(double.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** What vectors are cast to, whatever the JIT has seen; see {@link DoubleVectorTiles}. */
    private static final Class<? extends DoubleVector> TYPE = DoubleVector.zero(SPECIES).getClass();

    @Override
    public void rows(
            double[] z,
            int at,
            int first,
            int step,
            int second,
            int count,
            int w,
            double[] out,
            int to) {
        for (int l = 0; l < w; l += LANES) {
            int j = at + second * w + l;
            if (step == 0) {
                scaled(z, at + first * w + l, j, count, w, out, to + l);
            } else {
                multiplied(z, at + first * w + l, j, count, w, out, to + l);
            }
        }
    }

    private static void scaled(double[] z, int i, int j, int count, int w, double[] out, int to) {
        DoubleVector factor = TYPE.cast(DoubleVector.fromArray(SPECIES, z, i));
        for (int p = 0, from = j, o = to; p < count; p++, from += w, o += w) {
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, from))).intoArray(out, o);
        }
    }

    private static void multiplied(
            double[] z, int i, int j, int count, int w, double[] out, int to) {
        for (int p = 0; p < count; p++) {
            DoubleVector first = TYPE.cast(DoubleVector.fromArray(SPECIES, z, i + p * w));
            TYPE.cast(first.mul(DoubleVector.fromArray(SPECIES, z, j + p * w)))
                    .intoArray(out, to + p * w);
        }
    }

    @Override
    public void columns(double[] z, int at, int stride, int rows, int[] runs, int w, double[] out) {
        if (runs.length == 4 && runs[0] != Monomials.SQUARES) {
            whole(z, at + runs[0], at + runs[1], stride, rows, out);
            return;
        }
        if (runs.length == 8 && runs[0] != Monomials.SQUARES && runs[4] != Monomials.SQUARES) {
            halves(z, at, stride, rows, runs, out);
            return;
        }
        for (int n = 0; n < rows; n++) {
            int row = at + n * stride;
            for (int r = 0; r < runs.length; r += 4) {
                int i = row + runs[r];
                int j = row + runs[r + 1];
                int to = n * w + runs[r + 2];
                boolean two = runs[r + 3] > LANES;
                if (runs[r] == Monomials.SQUARES) {
                    square(z, j, out, to);
                    if (two) {
                        square(z, j + LANES, out, to + LANES);
                    }
                } else {
                    product(z, i, j, out, to);
                    if (two) {
                        product(z, i, j + LANES, out, to + LANES);
                    }
                }
            }
        }
    }

    private static void product(double[] z, int i, int j, double[] out, int to) {
        DoubleVector y = TYPE.cast(DoubleVector.fromArray(SPECIES, z, j));
        TYPE.cast(y.mul(z[i])).intoArray(out, to);
    }

    private static void square(double[] z, int j, double[] out, int to) {
        DoubleVector y = TYPE.cast(DoubleVector.fromArray(SPECIES, z, j));
        TYPE.cast(y.mul(y)).intoArray(out, to);
    }

    /** A panel of two runs. */
    private static void halves(double[] z, int at, int stride, int rows, int[] runs, double[] out) {
        int i0 = at + runs[0];
        int j0 = at + runs[1];
        int i1 = at + runs[4];
        int j1 = at + runs[5];
        int place = runs[6];
        for (int n = 0, from = 0, o = 0; n < rows; n++, from += stride, o += 2 * LANES) {
            DoubleVector factor = TYPE.cast(DoubleVector.broadcast(SPECIES, z[i0 + from]));
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j0 + from))).intoArray(out, o);
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j0 + from + LANES)))
                    .intoArray(out, o + LANES);
            factor = TYPE.cast(DoubleVector.broadcast(SPECIES, z[i1 + from]));
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j1 + from)))
                    .intoArray(out, o + place);
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j1 + from + LANES)))
                    .intoArray(out, o + place + LANES);
        }
    }

    /** A panel of one run. */
    private static void whole(
            double[] z, int first, int second, int stride, int rows, double[] out) {
        for (int n = 0, i = first, j = second, o = 0;
                n < rows;
                n++, i += stride, j += stride, o += 2 * LANES) {
            DoubleVector factor = TYPE.cast(DoubleVector.broadcast(SPECIES, z[i]));
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j))).intoArray(out, o);
            TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, z, j + LANES)))
                    .intoArray(out, o + LANES);
        }
    }

    @Override
    public void weigh(
            double[] z, int at, int stride, double[] r, int from, int h, int rows, double[] out) {
        for (int l = 0; l < h; l += LANES) {
            for (int n = 0, i = at, o = l; n < rows; n++, i += stride, o += h) {
                DoubleVector factor = TYPE.cast(DoubleVector.broadcast(SPECIES, z[i]));
                TYPE.cast(factor.mul(DoubleVector.fromArray(SPECIES, r, from + o)))
                        .intoArray(out, o);
            }
        }
    }

    @Override
    public void multiplyAdd(
            double[] z,
            int at,
            double[] sums,
            int rows,
            int w,
            double[] values,
            int to,
            int stride) {
        for (int l = 0; l < w; l += LANES) {
            DoubleVector factor = TYPE.cast(DoubleVector.fromArray(SPECIES, z, at + l));
            for (int k = 0, i = l, o = to + l; k < rows; k++, i += w, o += stride) {
                DoubleVector sum = TYPE.cast(DoubleVector.fromArray(SPECIES, values, o));
                TYPE.cast(factor.fma(DoubleVector.fromArray(SPECIES, sums, i), sum))
                        .intoArray(values, o);
            }
        }
    }
}
