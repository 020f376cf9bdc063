<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t>
<@pp.changeOutputFile name="${T}Im2col.java"/>
package io.github.sparklatent.linalg.kernels;

/** Innermost loops of convolutions and of sums of rows. All implementations give the same bits. */
public interface ${T}Im2col {
    /** Images side by side: as many as the widest registers hold of single precision. */
    int IMAGES = 16;

    /** Adds rows: sums_j ← sums_j + Σ_i row_ij, i ascending, j &lt; width. */
    void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at);

    /** Copies places on a grid: out[y][x] ← in[y · line + x · step], IMAGES numbers each. */
    void gather(${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places);

    /** Adds in[y][x] to the place that {@link #gather} would copy it from. */
    void scatter(${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places);
}
</#list>
