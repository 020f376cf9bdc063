<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Elementary.java"/>
package io.github.sparklatent.linalg;

/** What {@link ${T}Functions} runs on. All implementations give the same bits. */
interface ${T}Elementary {
    /** See {@link ${T}Functions#exp}. */
    void exp(${t}[] in, int from, ${t}[] out, int to, int length);

    /** See {@link ${T}Functions#log}. */
    void log(${t}[] in, int from, ${t}[] out, int to, int length);

    /** See {@link ${T}Functions#tanh}. */
    void tanh(${t}[] in, int from, ${t}[] out, int to, int length);

    /** See {@link ${T}Functions#sigmoid}. */
    void sigmoid(${t}[] in, int from, ${t}[] out, int to, int length);

    /** See {@link ${T}Functions#softplus}. */
    void softplus(${t}[] in, int from, ${t}[] out, int to, int length);

    /** See {@link ${T}Functions#bernoulli}. */
    void bernoulli(
            ${t}[] x, ${t}[] logits, int from, ${t}[] probabilities, ${t}[] terms, int length);
}
</#list>
