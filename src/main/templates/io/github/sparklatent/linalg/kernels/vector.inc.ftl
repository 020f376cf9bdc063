<#-- What a class with a "Vector" and a "Scalar" implementation is written with. Without the vector module a
     vector is one number. K is "Vector" or "Scalar", and T, t and box name the precision. -->
<#assign simd=(K=="Vector") V=simd?then(T + "Vector", t)>
<#function load array at species="SPECIES" type="TYPE">
  <#return simd?then("${type}.cast(${V}.fromArray(${species}, ${array}, ${at}))", "${array}[${at}]")>
</#function>
<#function broadcast x><#return simd?then("TYPE.cast(${V}.broadcast(SPECIES, ${x}))", x)></#function>
<#function zero species="SPECIES" type="TYPE">
  <#return simd?then("${type}.cast(${V}.zero(${species}))", "0f")>
</#function>
<#function fma x y z><#return simd?then("${x}.fma(${y}, ${z})", "Math.fma(${x}, ${y}, ${z})")></#function>
<#function mul x y><#return simd?then("${x}.mul(${y})", "${x} * ${y}")></#function>
<#function add x y><#return simd?then("${x}.add(${y})", "${x} + ${y}")></#function>
<#macro store x array at type="TYPE">
  <#if simd>${type}.cast(${x}).intoArray(${array}, ${at});<#else>${array}[${at}] = ${x};</#if><#t>
</#macro>
<#macro constants>
<#if simd>
    private static final VectorSpecies<${box}> SPECIES =
            VectorSpecies.of(${t}.class, VectorWidth.of(MethodHandles.lookup()));
    private static final int LANES = SPECIES.length();

    /** Vectors are cast to this class before use; see {@link ${T}VectorGemm}. */
    private static final Class<? extends ${V}> TYPE = ${V}.zero(SPECIES).getClass();
<#else>
    private static final int LANES = 1;
</#if>
</#macro>
