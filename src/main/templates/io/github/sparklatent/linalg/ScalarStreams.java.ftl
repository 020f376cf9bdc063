<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarStreams.java"/>
package io.github.sparklatent.linalg;

/** Streams for Javas without vectors. */
final class ${T}ScalarStreams implements ${T}Streams {
    private static final int LANES = ${T}ScalarTiles.LANES;

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void stream(
            int count,
            int terms,
            ${t}[] a,
            int aFrom,
            int aStride,
            ${t}[] b,
            int bFrom,
            ${t}[] sums,
            boolean add,
            ${t}[] c,
            int cFrom,
            int cStride) {
        for (int i = 0; i < count; i++) {
            int from = aFrom + i * aStride;
            ${t} sum0 = add ? sums[i * LANES] : 0f;
            ${t} sum1 = add ? sums[i * LANES + 1] : 0f;
            for (int p = 0, j = bFrom; p < terms; p++, j += LANES) {
                sum0 = Math.fma(a[from + p], b[j], sum0);
                sum1 = Math.fma(a[from + p], b[j + 1], sum1);
            }
            c[cFrom + i * cStride] = sum0;
            c[cFrom + i * cStride + 1] = sum1;
        }
    }
}
</#list>
