<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Transposition.java"/>
package io.github.sparklatent.linalg;

/** Writes lines of an array as columns of another. */
interface ${T}Transposition {
    /** Lines at a time; two vectors' lanes are a multiple of it. */
    int lines();

    /**
     * Transposes as many lines.
     *
     * <pre>
     *   out_pi ← in_ip                               i &lt; lines(), p &lt; depth
     * </pre>
     *
     * @param in lines() × depth with a stride from an offset on. Not modified.
     * @param out depth × lines() with a stride from an offset on. Modified.
     */
    void transpose(${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride);
}
</#list>
