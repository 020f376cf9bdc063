<@pp.dropOutputFile/><#list precisions as p><#assign T=p.T t=p.t i=p.i>
<#-- Fitted by interpolation at Chebyshev's nodes: exp to 2⁻³⁰ and 2⁻⁶¹, log to 2⁻³⁰ and 2⁻⁵⁶. -->
<#if T == "Float">
<#assign exp=["0.00019891078409273177", "0.00139337289147079", "0.00833331048488617", "0.041666463017463684",
    "0.1666666716337204", "0.5"]>
<#assign log=["0.23330964148044586", "0.28550803661346436", "0.4000012278556824", "0.6666666865348816"]>
<#assign c={"log2e": "1.4426950216293335", "ln2High": "0.693145751953125", "ln2Low": "1.428606765330187e-06",
    "mantissa": "23", "bias": "127", "one": "0x3f800000", "sign": "0x80000000", "mask": "0x007fffff",
    "root": "0x3f3504f3", "overflow": "89", "underflow": "-104", "flat": "10", "split": "0.41421357", "shift": "25"}>
<#else>
<#assign exp=["2.0914753544959484e-09", "2.5105310235689788e-08", "2.7557273483005247e-07", "2.7557255176003713e-06",
    "2.4801587325674076e-05", "0.00019841269874997539", "0.0013888888888883711", "0.008333333333326084",
    "0.04166666666666667", "0.1666666666666667", "0.5"]>
<#assign log=["0.1461703754879165", "0.1533167403016786", "0.18182890556695602", "0.2222221111514416",
    "0.2857142862609589", "0.3999999999989924", "0.666666666666667"]>
<#assign c={"log2e": "1.4426950408889634", "ln2High": "0.6931471805592082", "ln2Low": "7.371002565167799e-13",
    "mantissa": "52", "bias": "1023", "one": "0x3ff0000000000000", "sign": "0x8000000000000000",
    "mask": "0x000fffffffffffff", "root": "0x3fe6a09e667f3bcd", "overflow": "710", "underflow": "-746", "flat": "22",
    "split": "0.41421356237309503", "shift": "54"}>
</#if>
<@pp.changeOutputFile name="${T}Series.java"/>
package io.github.sparklatent.linalg.kernels;

<#function f x><#return x + (T == "Float")?then("f", "d")></#function>
<#function bits x><#return x + (T == "Float")?then("", "L")></#function>
/** Constants and polynomials of the elementary functions, and the layout of a ${t}. */
public final class ${T}Series {
    /** From here on eˣ is infinite. */
    public static final ${t} OVERFLOW = ${f(c.overflow)};

    /** Up to here eˣ is 0. */
    public static final ${t} UNDERFLOW = ${f(c.underflow)};

    /** From here on tanh x is 1. */
    public static final ${t} FLAT = ${f(c.flat)};

    /** 1 / log 2. */
    static final ${t} LOG2E = ${f(c.log2e)};

    /** log 2 in two parts. The first has so few bits that its multiples by an exponent are exact. */
    static final ${t} LN2_HIGH = ${f(c.ln2High)};

    static final ${t} LN2_LOW = ${f(c.ln2Low)};

    /** Added to a small number, it rounds it to an integer in the lowest bits. */
    static final ${t} INTEGERS = ${f("0x1.8p" + c.mantissa)};

    /** A number whose lowest bit counts 1 and whose mantissa is empty. */
    static final ${t} EXPONENT = ${f("0x1p" + c.mantissa)};

    /** Bits of a mantissa. */
    static final int MANTISSA = ${c.mantissa};

    /** Of the exponent in the bits of a number. */
    static final int BIAS = ${c.bias};

    static final ${i} ONE_BITS = ${bits(c.one)};
    static final ${i} SIGN_BIT = ${bits(c.sign)};
    static final ${i} MANTISSA_BITS = ${bits(c.mask)};

    /** Of √½. */
    static final ${i} ROOT_BITS = ${bits(c.root)};

    /** √2 − 1: up to here 1 + z needs no halving before its logarithm. */
    static final ${t} SPLIT = ${f(c.split)};

    /** Makes a subnormal number a normal one: 2 to the power of SHIFT. */
    static final ${t} NORMALIZER = ${f("0x1p" + c.shift)};

    static final ${t} SHIFT = ${f(c.shift)};

<#list {"EXP": exp, "LOG": log} as name, terms>
  <#list terms as term>
    static final ${t} ${name}_${terms?size - 1 - term?index} = ${f(term)};
  </#list>
</#list>

    private ${T}Series() {}

<#list [["exp", "r", exp, "(eʳ − 1 − r) / r² for |r| ≤ log 2 / 2"],
    ["log", "z", log, "(log((1 + s) / (1 − s)) − 2 s) / (s z), z = s² ≤ (√2 − 1)² / (√2 + 1)²"]] as f>
    /** ${f[3]}. */
    static ${t} ${f[0]}(${t} ${f[1]}) {
        ${t} sum = ${f[0]?upper_case}_${f[2]?size - 1};
  <#list (f[2]?size - 2)..0 as k>
        sum = Math.fma(sum, ${f[1]}, ${f[0]?upper_case}_${k});
  </#list>
        return sum;
    }

</#list>
}
</#list>
