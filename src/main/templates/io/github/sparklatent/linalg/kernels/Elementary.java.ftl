<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Elementary.java"/>
package io.github.sparklatent.linalg.kernels;

/** Elementary functions over ranges of arrays. All implementations give the same bits. */
public interface ${T}Elementary {
<#list ["exp", "log", "tanh", "sigmoid", "softplus"] as name>
    void ${name}(${t}[] in, int from, ${t}[] out, int to, int length);

</#list>
    /** Computes terms and probabilities of Bernoulli variables from their logits. */
    void bernoulli(
            ${t}[] x, ${t}[] logits, int from, ${t}[] probabilities, ${t}[] terms, int length);
}
</#list>
