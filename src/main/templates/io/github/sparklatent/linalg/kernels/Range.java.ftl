<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t I=p.I i=p.i>
<@pp.changeOutputFile name="${T}Range.java"/>
package io.github.sparklatent.linalg.kernels;

/**
 * A part of a range on its way through several loops.
 *
 * @param in read from the offset on
 * @param decayed between the loops; as many numbers as whole vectors hold
 * @param x factors of the logits, where probabilities are asked for
 * @param probabilities written where they are asked for
 * @param place offset of both
 * @param out written last, from its offset on
 * @param length at least a vector
 */
record ${T}Range(
        ${t}[] in,
        int from,
        ${t}[] decayed,
        ${t}[] x,
        ${t}[] probabilities,
        int place,
        ${t}[] out,
        int to,
        int length) {}
</#list>
