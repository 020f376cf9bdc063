<@pp.dropOutputFile/><#list ["Vector", "Scalar"] as K>
<#assign T="Double" t="double" box="Double"><#include "vector.inc.ftl">
<@pp.changeOutputFile name="${K}MonomialKernel.java"/>
package io.github.sparklatent.linalg.kernels;

<#if simd>
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

</#if>
/** Monomials, <#if simd>a vector<#else>for JVMs without the vector module one number</#if> at a time. */
public final class ${K}MonomialKernel implements MonomialKernel {
<@constants/>

    @Override
    public void rows(double[] z, int at, int first, int step, int second, int count, int w, double[] out, int to) {
        for (int l = 0; l < w; l += LANES) {
            int i = at + first * w + l;
            int j = at + second * w + l;
            if (step == 0) {
                scaled(z, i, j, count, w, out, to + l);
            } else {
                multiplied(z, i, j, count, w, out, to + l);
            }
        }
    }

<#list ["scaled", "multiplied"] as name>
    private static void ${name}(double[] z, int i, int j, int count, int w, double[] out, int to) {
        ${V} factor = ${load("z", "i")};
        for (int p = 0; p < count; p++) {
  <#if name == "multiplied">
            factor = ${load("z", "i + p * w")};
  </#if>
            ${V} x = ${mul("factor", load("z", "j + p * w"))};
            <@store "x" "out" "to + p * w"/>
        }
    }

</#list>
    @Override
    public void columns(double[] z, int at, int stride, int rows, int[] runs, int w, double[] out) {
        if (runs.length == 4 && runs[0] != SQUARES) {
            oneRun(z, at + runs[0], at + runs[1], stride, rows, out);
        } else if (runs.length == 8 && runs[0] != SQUARES && runs[4] != SQUARES) {
            twoRuns(z, at, stride, rows, runs, out);
        } else {
            for (int n = 0; n < rows; n++) {
                int row = at + n * stride;
                for (int r = 0; r < runs.length; r += 4) {
                    int j = row + runs[r + 1];
                    int to = n * w + runs[r + 2];
                    boolean two = runs[r + 3] > LANES;
<#list ["square(z, j", "product(z, row + runs[r], j"] as call>
                    <#if call?index == 0>if (runs[r] == SQUARES)<#else> else</#if> {
                        ${call}, out, to);
                        if (two) {
                            ${call} + LANES, out, to + LANES);
                        }
                    }<#rt>
</#list>

                }
            }
        }
    }

<#-- What a run writes beyond its end is overwritten by the next one. -->
    private static void product(double[] z, int i, int j, double[] out, int to) {
        ${V} x = ${load("z", "j")};
        x = ${mul("x", "z[i]")};
        <@store "x" "out" "to"/>
    }

    private static void square(double[] z, int j, double[] out, int to) {
        ${V} x = ${load("z", "j")};
        x = ${mul("x", "x")};
        <@store "x" "out" "to"/>
    }

    private static void oneRun(double[] z, int first, int second, int stride, int rows, double[] out) {
        for (int n = 0, i = first, j = second, o = 0; n < rows; n++, i += stride, j += stride, o += 2 * LANES) {
            ${V} factor = ${broadcast("z[i]")};
<#list ["", " + LANES"] as l>
            ${V} x${l?index} = ${mul("factor", load("z", "j" + l))};
            <@store "x${l?index}" "out" "o" + l/>
</#list>
        }
    }

    private static void twoRuns(double[] z, int at, int stride, int rows, int[] runs, double[] out) {
<#list [0, 1] as r>
        int i${r} = at + runs[${4 * r}];
        int j${r} = at + runs[${4 * r + 1}];
</#list>
        int place = runs[6];
        for (int n = 0, from = 0, o = 0; n < rows; n++, from += stride, o += 2 * LANES) {
<#list ["", " + place"] as to>
            ${V} factor${to?index} = ${broadcast("z[i${to?index} + from]")};
  <#list ["", " + LANES"] as l>
            ${V} x${to?index}${l?index} = ${mul("factor${to?index}", load("z", "j${to?index} + from" + l))};
            <@store "x${to?index}${l?index}" "out" "o" + to + l/>
  </#list>
</#list>
        }
    }

    @Override
    public void weigh(double[] z, int at, int stride, double[] r, int from, int h, int rows, double[] out) {
        for (int l = 0; l < h; l += LANES) {
            for (int n = 0, i = at, o = l; n < rows; n++, i += stride, o += h) {
                ${V} factor = ${broadcast("z[i]")};
                ${V} x = ${mul("factor", load("r", "from + o"))};
                <@store "x" "out" "o"/>
            }
        }
    }

    @Override
    public void multiplyAdd(
            double[] z, int at, double[] sums, int rows, int w, double[] values, int to, int stride) {
        for (int l = 0; l < w; l += LANES) {
            ${V} factor = ${load("z", "at + l")};
            for (int k = 0, i = l, o = to + l; k < rows; k++, i += w, o += stride) {
                ${V} sum = ${load("values", "o")};
                sum = ${fma("factor", load("sums", "i"), "sum")};
                <@store "sum" "values" "o"/>
            }
        }
    }
}
</#list>
