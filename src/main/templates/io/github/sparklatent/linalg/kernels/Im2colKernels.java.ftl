<@pp.dropOutputFile/><#list precisions as p><#list ["Vector", "Scalar"] as K>
<#assign T=p.T t=p.t box=p.box><#include "vector.inc.ftl">
<@pp.changeOutputFile name="${T}${K}Im2col.java"/>
package io.github.sparklatent.linalg.kernels;

<#if simd>
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorSpecies;

</#if>
/** Copies and adds <#if simd>vectors<#else>numbers, for JVMs without the vector module</#if>. */
public final class ${T}${K}Im2col implements ${T}Im2col {
<@constants/>

    @Override
    public void addRows(${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
        int j = 0;
<#list [4, 1] as vectors>
        for (; j + ${vectors} * LANES <= width; j += ${vectors} * LANES) {
            addRows${vectors}(rows, from + j, count, width, sums, at + j);
        }
</#list>
<#if simd>
        for (; j < width; j++) {
            for (int i = 0, k = from + j; i < count; i++, k += width) {
                sums[at + j] += rows[k];
            }
        }
</#if>
    }

<#list [4, 1] as vectors>
    /** <#if vectors == 1>One vector of columns.<#else>Some vectors of columns side by side, which do not wait for each other.</#if> */
    private static void addRows${vectors}(${t}[] rows, int from, int count, int width, ${t}[] sums, int at) {
  <#list 0..<vectors as v>
        ${V} s${v} = ${load("sums", "at + ${v} * LANES")};
  </#list>
        for (int i = 0, k = from; i < count; i++, k += width) {
  <#list 0..<vectors as v>
            s${v} = <#if simd>TYPE.cast(</#if>${add("s${v}", load("rows", "k + ${v} * LANES"))}<#if simd>)</#if>;
  </#list>
        }
  <#list 0..<vectors as v>
        <@store "s${v}" "sums" "at + ${v} * LANES"/>
  </#list>
    }

</#list>
    @Override
    public void gather(${t}[] in, int from, int line, int step, ${t}[] out, int to, int lines, int places) {
        for (int y = 0, o = to; y < lines; y++) {
            for (int x = 0, i = from + y * line; x < places; x++, i += step) {
                for (int l = 0; l < IMAGES; l += LANES, o += LANES) {
                    ${V} values = ${load("in", "i + l")};
                    <@store "values" "out" "o"/>
                }
            }
        }
    }

    @Override
    public void scatter(${t}[] in, int from, ${t}[] sums, int at, int line, int step, int lines, int places) {
        for (int y = 0, i = from; y < lines; y++) {
            for (int x = 0, o = at + y * line; x < places; x++, o += step) {
                for (int l = 0; l < IMAGES; l += LANES, i += LANES) {
                    ${V} sum = ${load("sums", "o + l")};
                    sum = ${add("sum", load("in", "i"))};
                    <@store "sum" "sums" "o + l"/>
                }
            }
        }
    }
}
</#list></#list>
