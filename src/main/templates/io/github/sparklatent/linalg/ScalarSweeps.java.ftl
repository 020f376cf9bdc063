<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}ScalarSweeps.java"/>
package io.github.sparklatent.linalg;

/** The passes of {@link ${T}Passes} on one number after the other. */
final class ${T}ScalarSweeps implements ${T}Sweeps {
    @Override
    public void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < width; j++) {
                sums[at + j] += rows[from + i * width + j];
            }
        }
    }

    @Override
    public void gather(
            ${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < ${T}Passes.LANES; l++, o++) {
                    out[o] = in[i + l];
                }
            }
        }
    }

    @Override
    public void scatter(
            ${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < ${T}Passes.LANES; l++, i++) {
                    sums[o + l] += in[i];
                }
            }
        }
    }
}
</#list>
