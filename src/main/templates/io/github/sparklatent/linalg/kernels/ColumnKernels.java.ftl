<@pp.dropOutputFile/><#list ["Vector", "Scalar"] as K>
<#assign T="Double" t="double" box="Double"><#include "vector.inc.ftl">
<@pp.changeOutputFile name="${K}ColumnKernel.java"/>
package io.github.sparklatent.linalg.kernels;

<#if simd>
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

</#if>
/** As many columns at a time as a vector has numbers<#if simd>, and the last few one by one</#if>. */
public final class ${K}ColumnKernel implements ColumnKernel {
<@constants/>
<#if simd>

    private final ScalarColumnKernel scalar = new ScalarColumnKernel();
</#if>

    @Override
    public void shift(double[] a, int rows, int columns, double[] greatest) {
        shift(a, rows, columns, 0, greatest);
    }

    void shift(double[] a, int rows, int columns, int from, double[] greatest) {
        int i = from;
        for (; i + LANES <= columns; i += LANES) {
            ${V} top = ${broadcast("Double.NEGATIVE_INFINITY")};
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                top = ${simd?then("TYPE.cast(top.max(" + load("a", "at") + "))", "Math.max(top, a[at])")};
            }
            top = ${simd?then("TYPE.cast(top.blend(0, top.compare(VectorOperators.EQ, Double.NEGATIVE_INFINITY)))",
                    "top == Double.NEGATIVE_INFINITY ? 0 : top")};
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                ${V} x = ${load("a", "at")};
                x = ${simd?then("x.sub(top)", "x - top")};
                <@store "x" "a" "at"/>
            }
            <@store "top" "greatest" "i"/>
        }
<#if simd>
        scalar.shift(a, rows, columns, i, greatest);
</#if>
    }

    @Override
    public void divide(double[] a, int rows, int columns, double[] sums, int to) {
        divide(a, rows, columns, 0, sums, to);
    }

    void divide(double[] a, int rows, int columns, int from, double[] sums, int to) {
        int i = from;
        for (; i + LANES <= columns; i += LANES) {
            ${V} sum = ${zero()};
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                sum = ${simd?then("TYPE.cast(" + add("sum", load("a", "at")) + ")", "sum + a[at]")};
            }
            ${V} inverse = ${broadcast("1")};
            inverse = ${simd?then("TYPE.cast(inverse.div(sum))", "inverse / sum")};
            for (int k = 0, at = i; k < rows; k++, at += columns) {
                ${V} x = ${load("a", "at")};
                x = ${mul("x", "inverse")};
                <@store "x" "a" "at"/>
            }
            <@store "sum" "sums" "to + i"/>
        }
<#if simd>
        scalar.divide(a, rows, columns, i, sums, to);
</#if>
    }
}
</#list>
