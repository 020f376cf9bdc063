<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarTransposition.java"/>
package io.github.sparklatent.linalg;

/** Four lines at a time, on plain numbers. */
final class ${T}ScalarTransposition implements ${T}Transposition {
    private final int lines = 2 * new ${T}ScalarTiles().lanes();

    @Override
    public int lines() {
        return lines;
    }

    @Override
    public void transpose(
            ${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        ${T}Panels.transpose(in, from, stride, lines, depth, out, to, outStride);
    }
}
</#list>
