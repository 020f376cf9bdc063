<#include "../param.inc.ftl"><@pp.renameOutputFile name="SeverityParams.java"/>
package io.github.sparklatent.ml.anomaly;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The Params of {@link AnomalySeverity}. Setters return the object itself.
 *
 * @param <S> the class that implements this interface
 */
public interface SeverityParams<S> extends Params {
<@param name="anomalyScoreCol" is="the column with the anomaly score."
    doc="anomaly score of the row, in nats" sets=". Default: anomalyScore."/>
<@param name="standardizedScoreCol" is="the column with the standardised score, by which rows are compared."
    doc="standardised anomaly score, by which rows are compared; empty: by the anomaly score"
    sets=". Default: empty; then anomaly scores are compared."/>
<@param name="featuresCol" is="the column with the features, whose missing cells count for the scores of networks."
    doc="features of the row; empty: no row has missing cells" sets=", vectors. Default: empty; then no cell is missing."/>
<@param name="severityCol" is="the added severity."
    doc="percentage of reference rows with a lower score; empty: none" sets=". Default: severity."/>
<@param name="isAnomalyCol" is="the added column that says whether a row is an anomaly."
    doc="whether the row is an anomaly; empty: none" sets=". Default: isAnomaly."/>
<@param name="alertRate" type="double" of="DoubleParam"
    is="share of the rows that are reported, if they are like the reference rows."
    new='new DoubleParam(
                this,
                "alertRate",
                "share of the rows that are reported, if they are like the reference rows",
                ParamValidators.inRange(0, 1, false, true))'
    sets=". Default: 0.01."/>
<@param name="threshold" type="double" of="DoubleParam" is="the score above which a row is an anomaly."
    doc="score above which a row is an anomaly, standardised if the model can; NaN: by alertRate"
    sets=". Default: NaN, by the alert rate."/>
}
