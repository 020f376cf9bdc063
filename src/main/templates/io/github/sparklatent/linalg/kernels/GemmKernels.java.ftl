<@pp.dropOutputFile/><#list precisions as p><#list ["Vector", "Scalar"] as K>
<#assign T=p.T t=p.t box=p.box><#include "vector.inc.ftl">
<@pp.changeOutputFile name="${T}${K}Gemm.java"/>
package io.github.sparklatent.linalg.kernels;

<#if simd>
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.${T}Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products in vector registers. Each accumulator is a local variable and the species is a constant:
 * with an array, an inner loop or a field instead, the JIT would allocate every vector on the heap.
 * Every vector is cast to its class before use for the same reason: the JIT's type profile is shared
 * by all code, and becomes useless once other code has used vectors of another class.
 */
<#else>
/** Products for JVMs without the vector module: each vector is one number. */
</#if>
public final class ${T}${K}Gemm implements ${T}Gemm {
<@constants/>
<#if simd>
    /** Eight rows of two vectors need more than sixteen registers. */
    private static final boolean TALL = SPECIES.vectorBitSize() == 512;

    /** As wide as the interleaved sums of several columns, if registers are. */
    private static final VectorSpecies<${box}> FOUR =
            VectorSpecies.of(${t}.class, VectorWidth.atMost(4 * ${box}.SIZE, SPECIES.vectorShape()));
    private static final Class<? extends ${V}> FOUR_TYPE = ${V}.zero(FOUR).getClass();
<#else>
    private static final boolean TALL = false;
</#if>

    @Override
    public int rows() {
        return TALL ? 8 : 4;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void tile(
            int rows, int second, ${t}[] a, int aFrom, int aRow, int aStep, ${t}[] b, int bFrom, int bStride,
            int depth, ${t}[] c, int cFrom, int cStride, boolean add) {
<#list simd?then([8, 4], [4]) as height>
        <#if height == 8>if (TALL && rows > 4) </#if>{
            if (second > 0 && aStep == 1) {
                rows${height}Vectors2(rows, second, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            } else if (second > 0) {
                columns${height}Vectors2(rows, second, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            } else if (aStep == 1) {
                rows${height}Vectors1(rows, second, a, aFrom, aRow, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            } else {
                columns${height}Vectors1(rows, second, a, aFrom, aStep, b, bFrom, bStride, depth, c, cFrom, cStride, add);
            }
        }<#if height == 8> else </#if>
</#list>
    }

<#-- Rows that a tile does not have: if rows of a are read, the last one again, stored once more; if columns
     are read, numbers that follow a column, stored first. -->
<#macro tile height vectors columns>
    private static void ${columns?then("columns", "rows")}${height}Vectors${vectors}(
            int rows, int second, ${t}[] a, int aFrom, int aStride, ${t}[] b, int bFrom, int bStride,
            int depth, ${t}[] c, int cFrom, int cStride, boolean add) {
  <#list 0..<height as r>
        int to${r} = cFrom + Math.min(${r}, rows - 1) * cStride;
    <#list 0..<vectors as v>
        ${V} c${r}${v} = add ? ${load("c", "to${r}" + (v == 1)?then(" + second", ""))} : ${zero()};
    </#list>
    <#if !columns>
        int row${r} = aFrom + Math.min(${r}, rows - 1) * aStride;
    </#if>
  </#list>
        int j = bFrom;
  <#if columns>
        int i = aFrom;
  </#if>
        int p = 0;
        do {
  <#list 0..<vectors as v>
            ${V} y${v} = ${load("b", "j" + (v == 1)?then(" + second", ""))};
  </#list>
            ${V} x;
  <#list 0..<height as r>
            x = ${broadcast(columns?then("a[i + ${r}]", "a[row${r} + p]"))};
    <#list 0..<vectors as v>
            c${r}${v} = ${fma("x", "y${v}", "c${r}${v}")};
    </#list>
  </#list>
            j += bStride;
  <#if columns>
            i += aStride;
  </#if>
        } while (++p < depth);
  <#list columns?then((height - 1)..0, 0..<height) as r>
    <#list 0..<vectors as v>
        <@store "c${r}${v}" "c" "to${r}" + (v == 1)?then(" + second", "")/>
    </#list>
  </#list>
    }

</#macro>
<#list simd?then([8, 4], [4]) as height><#list [2, 1] as vectors><#list [false, true] as columns>
<@tile height vectors columns/>
</#list></#list></#list>
    @Override
    public void dot(
            int chains, int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int bFrom, int depth, ${t}[] sums) {
<#if simd>
        if (chains == 4) {
            for (int l = 0; l < 4; l += FOUR.length()) {
                dotFour(4, l, rows, a, aFrom, aStride, b, bFrom, depth, sums);
            }
            return;
        }
</#if>
        for (int l = 0; l < chains; l += LANES) {
            dotAll(chains, l, rows, a, aFrom, aStride, b, bFrom, depth, sums);
        }
    }

<#macro dot name species type>
    /** A vector of the chains of eight rows. Rows that are missing are the last one again. */
    private static void ${name}(
            int chains, int first, int rows, ${t}[] a, int aFrom, int aStride, ${t}[] b, int bFrom, int depth, ${t}[] sums) {
  <#list 0..7 as r>
        int row${r} = aFrom + Math.min(${r}, rows - 1) * aStride;
        ${V} s${r} = ${zero(species, type)};
  </#list>
        for (int p = first; p < depth; p += chains) {
            ${V} y = ${load("b", "bFrom + p", species, type)};
  <#list 0..7 as r>
            s${r} = ${fma("y", load("a", "row${r} + p", species, type), "s${r}")};
  </#list>
        }
  <#list 0..7 as r>
        <@store "s${r}" "sums" "first + ${r} * chains" type/>
  </#list>
    }

</#macro>
<@dot "dotAll" "SPECIES" "TYPE"/>
<#if simd><@dot "dotFour" "FOUR" "FOUR_TYPE"/></#if>
    @Override
    public void copy(${t}[] in, int from, int stride, int depth, ${t}[] out, int to) {
        for (int p = 0, i = from, o = to; p < depth; p++, i += stride, o += 2 * LANES) {
            ${V} first = ${load("in", "i")};
            ${V} second = ${load("in", "i + LANES")};
            <@store "first" "out" "o"/>
            <@store "second" "out" "o + LANES"/>
        }
    }

<#if simd>
    /** Sixteen lines at most: as many vectors, which are local variables. */
    private static final int LINES = Math.min(16, 2 * LANES);

  <#list [8, 4, 2, 1] as n>
    /** Exchanges each group of ${n} lanes with its neighbour, and marks the second of two groups. */
    private static final VectorShuffle<${box}> SWAP_${n} = swap(${n});

    private static final VectorMask<${box}> SECOND_${n} = second(${n});

  </#list>
    private static VectorShuffle<${box}> swap(int group) {
        int[] lanes = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane ^ group) % LANES;
        }
        return VectorShuffle.fromArray(SPECIES, lanes, 0);
    }

    private static VectorMask<${box}> second(int group) {
        boolean[] lanes = new boolean[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            lanes[lane] = (lane & group) != 0;
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    @Override
    public int lines() {
        return LINES;
    }

    @Override
    public void transpose(${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        if (LANES < 4 || depth < LANES) {
            numbers(LINES, in, from, stride, depth, out, to, outStride);
            return;
        }
        int whole = depth - depth % LANES;
        squares(in, from, stride, whole, out, to, outStride);
        if (whole < depth) { // the last squares overlap those before them
            int last = depth - LANES;
            squares(in, from + last, stride, LANES, out, to + last * outStride, outStride);
        }
    }

    /**
     * Transposes squares of LANES × LANES: each step exchanges the two quarters off the diagonal of
     * every square, and halves the squares. Short vectors have two squares side by side.
     */
    private static void squares(
            ${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        int i = from;
        int o = to;
        for (int p = 0; p < depth; p += LANES, i += LANES, o += LANES * outStride) {
  <#list 0..15 as r>
            ${V} r${r} = ${(r < 8)?then(load("in", "i + ${r} * stride"), "LINES > 8 ? " + load("in", "i + ${r} * stride") + " : r0")};
  </#list>
            ${V} x;
  <#list [8, 4, 2, 1] as n>
    <#if (n > 2)>
            if (LANES > ${n}) {
    </#if>
    <#list 0..15 as r><#if r % (2 * n) < n>
            x = TYPE.cast(r${r}.blend(r${r + n}.rearrange(SWAP_${n}), SECOND_${n}));
            r${r + n} = TYPE.cast(TYPE.cast(r${r}.rearrange(SWAP_${n})).blend(r${r + n}, SECOND_${n}));
            r${r} = x;
    </#if></#list>
    <#if (n > 2)>
            }
    </#if>
  </#list>
  <#list 0..15 as r>
    <#if r == 8>
            if (LINES > 8) {
    </#if>
            TYPE.cast(r${r}).intoArray(out, o + ${r} % LANES * outStride + ${r} / LANES * LANES);
  </#list>
            }
        }
    }
<#else>
    @Override
    public int lines() {
        return 2;
    }

    @Override
    public void transpose(${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        numbers(2, in, from, stride, depth, out, to, outStride);
    }
</#if>

    private static void numbers(
            int lines, ${t}[] in, int from, int stride, int depth, ${t}[] out, int to, int outStride) {
        for (int p = 0; p < depth; p++) {
            for (int i = 0; i < lines; i++) {
                out[to + p * outStride + i] = in[from + i * stride + p];
            }
        }
    }
}
</#list></#list>
