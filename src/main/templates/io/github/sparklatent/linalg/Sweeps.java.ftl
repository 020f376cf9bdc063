<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Sweeps.java"/>
package io.github.sparklatent.linalg;

/** What {@link ${T}Passes} runs on. All implementations give the same bits. */
interface ${T}Sweeps {
    /** See {@link ${T}Passes#addRows}. */
    void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at);

    /** See {@link ${T}Passes#gather}. */
    void gather(
            ${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places);

    /** See {@link ${T}Passes#scatter}. */
    void scatter(
            ${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places);
}
</#list>
