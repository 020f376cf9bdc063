<#include "../param.inc.ftl"><@pp.renameOutputFile name="AssemblerParams.java"/>
package io.github.sparklatent.ml.columns;

import io.github.sparklatent.columns.Invalid;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * The Params of {@link FeatureAssembler}. Setters return the object itself.
 *
 * @param <S> the class that implements this interface
 */
public interface AssemblerParams<S> extends Params {
<@param name="inputCols" type="String[]" of="StringArrayParam" is="the columns to combine, in order."
    doc="columns of numbers, vectors and arrays of numbers, in order" sets=". Not set by default."/>
<@param name="encoders" type="String[]" of="StringArrayParam"
    is="how the values of each input column become numbers, as one JSON object for each;
     * empty if they are numbers, vectors and arrays of numbers."
    doc="how each input column becomes numbers, as JSON; empty: as it is" sets="" hasSetter=false/>
<@param name="outputCol" is="the name of the added vector column."
    doc="name of the added vector column" sets=". Default: features."/>
<@param name="handleInvalid" is="error, skip or keep, for rows with unusable numbers."
    new='new Param<>(
                this,
                "handleInvalid",
                "handling of rows with a null, NaN or infinite number: error, skip them, or keep null and NaN as missing values",
                ParamValidators.inArray(SchemaColumns.names(Invalid.values())))'
    sets=". Default: error."/>
}
