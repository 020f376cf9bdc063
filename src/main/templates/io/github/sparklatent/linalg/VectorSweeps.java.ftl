<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}VectorSweeps.java"/>
package io.github.sparklatent.linalg;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

/** The passes of {@link ${T}Passes} on vectors, of which each lane is a sum of its own. */
final class ${T}VectorSweeps implements ${T}Sweeps {
    private static final VectorSpecies<${T}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** What vectors are cast to, whatever the JIT has seen; see {@link ${T}VectorTiles}. */
    private static final Class<? extends ${T}Vector> TYPE = ${T}Vector.zero(SPECIES).getClass();

    @Override
    public void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
        int j = 0;
        for (; j + 4 * LANES <= width; j += 4 * LANES) {
            addFour(rows, from + j, count, width, sums, at + j);
        }
        for (; j + LANES <= width; j += LANES) {
            ${T}Vector sum = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, at + j));
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum = TYPE.cast(sum.add(${T}Vector.fromArray(SPECIES, rows, k)));
            }
            sum.intoArray(sums, at + j);
        }
        for (; j < width; j++) {
            ${t} sum = sums[at + j];
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sum += rows[k];
            }
            sums[at + j] = sum;
        }
    }

    /** Four vectors side by side, which do not wait for each other. */
    private static void addFour(
            ${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
        ${T}Vector s0 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, at));
        ${T}Vector s1 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, at + LANES));
        ${T}Vector s2 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, at + 2 * LANES));
        ${T}Vector s3 = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, at + 3 * LANES));
        for (int i = 0, k = from; i < count; i++, k += width) {
            s0 = TYPE.cast(s0.add(${T}Vector.fromArray(SPECIES, rows, k)));
            s1 = TYPE.cast(s1.add(${T}Vector.fromArray(SPECIES, rows, k + LANES)));
            s2 = TYPE.cast(s2.add(${T}Vector.fromArray(SPECIES, rows, k + 2 * LANES)));
            s3 = TYPE.cast(s3.add(${T}Vector.fromArray(SPECIES, rows, k + 3 * LANES)));
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + LANES);
        s2.intoArray(sums, at + 2 * LANES);
        s3.intoArray(sums, at + 3 * LANES);
    }

    @Override
    public void gather(
            ${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < ${T}Passes.LANES; l += LANES, o += LANES) {
                    TYPE.cast(${T}Vector.fromArray(SPECIES, in, i + l)).intoArray(out, o);
                }
            }
        }
    }

    @Override
    public void scatter(
            ${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < ${T}Passes.LANES; l += LANES, i += LANES) {
                    ${T}Vector sum = TYPE.cast(${T}Vector.fromArray(SPECIES, sums, o + l));
                    TYPE.cast(sum.add(${T}Vector.fromArray(SPECIES, in, i)))
                            .intoArray(sums, o + l);
                }
            }
        }
    }
}
</#list>
