<@pp.dropOutputFile/><#list ["Vector", "Scalar"] as K>
<#assign T="Float" t="float" box="Float"><#include "vector.inc.ftl">
<@pp.changeOutputFile name="${K}AdamKernel.java"/>
package io.github.sparklatent.linalg.kernels;

<#if simd>
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

</#if>
/** As many parameters at a time as a vector has numbers<#if simd>, and the last few one by one</#if>. */
public final class ${K}AdamKernel implements AdamKernel {
<@constants/>
<#if simd>

    private final ScalarAdamKernel scalar = new ScalarAdamKernel();
</#if>

    @Override
    public void take(
            Step step, float[] parameters, float[] means, float[] squares, int from, int to, float[] gradient, int at) {
        float keep1 = step.keep1();
        float take1 = step.take1();
        float keep2 = step.keep2();
        float take2 = step.take2();
        float epsilon = step.epsilon();
        float rate = step.rate();
        float root = step.root();
        int i = from;
        for (int j = at; i + LANES <= to; i += LANES, j += LANES) {
            ${V} g = ${load("gradient", "j")};
<#if simd>
            FloatVector m = ${load("means", "i")}.mul(keep1).add(g.mul(take1));
            FloatVector v = ${load("squares", "i")}.mul(keep2).add(g.mul(take2).mul(g));
            FloatVector change = m.mul(rate).div(v.sqrt().mul(root).add(epsilon));
            FloatVector next = ${load("parameters", "i")}.sub(change);
<#else>
            float m = keep1 * means[i] + take1 * g;
            float v = keep2 * squares[i] + take2 * g * g;
            float next = parameters[i] - rate * m / ((float) Math.sqrt(v) * root + epsilon);
</#if>
            <@store "m" "means" "i"/>
            <@store "v" "squares" "i"/>
            <@store "next" "parameters" "i"/>
        }
<#if simd>
        scalar.take(step, parameters, means, squares, i, to, gradient, at + i - from);
</#if>
    }
}
</#list>
