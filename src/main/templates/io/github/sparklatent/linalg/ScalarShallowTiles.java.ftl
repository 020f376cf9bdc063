<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarShallowTiles.java"/>
package io.github.sparklatent.linalg;

/** Shallow tiles for Javas without vectors. */
final class ${T}ScalarShallowTiles implements ${T}ShallowTiles {
    @Override
    public void tile(
            int rows,
            int terms,
            ${t}[] a,
            int aFrom,
            int aRow,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int cStride,
            int length) {
        for (int i = 0, x = aFrom, to = cFrom; i < rows; i++, x += aRow, to += cStride) {
            row(terms, a, x, aStep, b, bFrom, bStride, c, to, length);
        }
    }

    private static void row(
            int terms,
            ${t}[] a,
            int aFrom,
            int aStep,
            ${t}[] b,
            int bFrom,
            int bStride,
            ${t}[] c,
            int cFrom,
            int length) {
        for (int j = 0; j < length; j++) {
            ${t} sum = 0f;
            for (int p = 0, i = aFrom, at = bFrom + j; p < terms; p++, i += aStep, at += bStride) {
                sum = Math.fma(a[i], b[at], sum);
            }
            c[cFrom + j] = sum;
        }
    }
}
</#list>
