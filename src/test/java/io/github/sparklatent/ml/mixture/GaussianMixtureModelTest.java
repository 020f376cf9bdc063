package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.evaluation.MixtureEvaluator;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class GaussianMixtureModelTest {
    private static final SparkSession SPARK = LocalSpark.session();

    private static GaussianMixtureModel model() {
        return new GaussianMixtureModel("gmm", Tables.known()).setLogDensityCol("logDensity");
    }

    @ParameterizedTest
    @EnumSource
    void rowsScoredTogetherAreRowsScoredAlone(CovarianceType type) {
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known(type)).setLogDensityCol("logDensity");
        MixtureScores density = Fits.scores(Tables.known(type));
        density.evaluate(Tables.matrix(600));
        List<Row> scored =
                model.transform(Tables.rows(600).coalesce(1)).orderBy("id").collectAsList();
        for (int i = 0; i < 600; i++) {
            Row row = scored.get(i);
            Vector probability = row.getAs("probability");
            assertThat(model.predictProbability(row.getAs("features"))).isEqualTo(probability);
            assertThat(model.predict(row.getAs("features")))
                    .isEqualTo(row.<Integer>getAs("prediction"))
                    .isEqualTo(probability.argmax());
            assertThat(row.<Double>getAs("logDensity")).isEqualTo(density.logDensity(i));
        }
    }

    @Test
    void readsVectorsOfEitherKindAndArraysOfAnyNumbers() {
        Vector expected = model().predictProbability(Vectors.dense(0, 8));
        Dataset<Row> sparse =
                LocalSpark.table(SPARK, new StructType().add("features", SQLDataTypes.VectorType()), new Object[] {
                    Vectors.sparse(2, new int[] {1}, new double[] {8})
                });
        Dataset<Row> integers = SPARK.sql("select array(0, 8) features");
        Dataset<Row> decimals = SPARK.sql("select array(0.0BD, 8.00BD) features");
        for (Dataset<Row> rows : List.of(sparse, integers, decimals)) {
            assertThat(model().transform(rows).first().<Vector>getAs("probability"))
                    .isEqualTo(expected);
        }
        GaussianMixtureModel line = new GaussianMixtureModel(
                "line",
                MixtureParameters.of(
                        CovarianceType.SPHERICAL,
                        new double[] {0.5, 0.5},
                        new DMatrixRMaj(new double[][] {{0}, {9}}),
                        List.of(new DMatrixRMaj(new double[][] {{1}, {1}}))));
        assertThat(line.transform(SPARK.sql("select 9 features")).first().<Integer>getAs("prediction"))
                .isEqualTo(1);
    }

    /** The marginal of a Gaussian is the Gaussian of the observed columns. */
    @Test
    void missingValuesAreKeptOrTheRowIsLeftOut() {
        Dataset<Row> rows = SPARK.sql("select * from values (0, array(8D, null)), (1, array(null, null)), (2,"
                + " array(0D, 8D)), (3, null) as t(id, features)");
        GaussianMixtureModel model = model().setImputedCol("imputed");
        List<Row> kept = model.copy(ParamMap.empty())
                .setHandleInvalid("keep")
                .transform(rows)
                .orderBy("id")
                .collectAsList();
        assertThat(kept).extracting(row -> row.getAs("id")).containsExactly(0, 2);
        // Near 8 in the first column is the second component only, whose columns do not correlate.
        assertThat(kept.get(0).<Integer>getAs("prediction")).isEqualTo(1);
        assertThat(kept.get(0).<Vector>getAs("imputed").toArray()).containsExactly(new double[] {8, 0}, within(1e-6));
        assertThat(kept.get(0).<Double>getAs("logDensity"))
                .isCloseTo(Math.log(0.3) - 0.5 * Math.log(2 * Math.PI * 2), within(1e-6));
        assertThat(kept.get(1).<Vector>getAs("imputed").toArray()).containsExactly(0, 8);
        assertThat(model.copy(ParamMap.empty())
                        .setHandleInvalid("skip")
                        .transform(rows.coalesce(1))
                        .collectAsList())
                .singleElement()
                .extracting(row -> row.getAs("id"))
                .isEqualTo(2);
        assertThatThrownBy(() -> model.transform(rows.where("id = 0")).collectAsList())
                .rootCause()
                .hasMessageContaining("features[1]\" has NaN or null");
        Vector observed = Vectors.dense(8, Double.NaN);
        assertThat(model().setHandleInvalid("keep").predict(observed)).isEqualTo(1);
        assertThatThrownBy(() -> model().predict(observed)).isInstanceOf(DataException.class);
        for (Vector nothing : new Vector[] {null, Vectors.dense(Double.NaN, Double.NaN)}) {
            assertThatThrownBy(() -> model().setHandleInvalid("keep").predict(nothing))
                    .isInstanceOf(DataException.class)
                    .hasMessage("features is %s, expected at least one number, and no infinite one".formatted(nothing));
        }
    }

    /**
     * Near 8 in the first column is the second component only, where the second is normal, with mean 0 and variance
     * 0.5.
     */
    @Test
    void imputationsAreRowsWithDrawnCells() {
        Dataset<Row> rows = SPARK.sql("select id, array(8D, if(id = 0, 3D, null)) features from range(4000)");
        GaussianMixtureModel model = model().setHandleInvalid("keep")
                .setImputedCol("whole")
                .setLogDensityCol("logDensity")
                .setImputations(2);
        Dataset<Row> imputed = model.transform(rows);
        assertThat(imputed.schema()).isEqualTo(model.transformSchema(rows.schema()));
        List<Row> found = imputed.orderBy("id", "imputation").collectAsList();
        assertThat(found).hasSize(8000);
        assertThat(found.subList(0, 2))
                .extracting(row -> row.<Vector>getAs("whole"))
                .containsOnly(Vectors.dense(8, 3));
        assertThat(found.subList(0, 4))
                .extracting(row -> row.<Integer>getAs("imputation"))
                .containsExactly(1, 2, 1, 2);
        double[] drawn = found.stream()
                .skip(2)
                .mapToDouble(row -> row.<Vector>getAs("whole").apply(1))
                .toArray();
        assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(drawn.length);
        double mean = Arrays.stream(drawn).average().orElseThrow();
        double square = Arrays.stream(drawn).map(x -> x * x).average().orElseThrow();
        double error = 5 / Math.sqrt(drawn.length);
        assertThat(mean).isCloseTo(0, within(error));
        assertThat(square).isCloseTo(0.5, within(Math.sqrt(2) * 0.5 * error));
        assertThat(model.transform(rows.repartition(3))
                        .orderBy("id", "imputation")
                        .collectAsList())
                .isEqualTo(found);
        List<Row> others =
                model.setSeed(9).transform(rows).orderBy("id", "imputation").collectAsList();
        assertThat(others.get(2)).isNotEqualTo(found.get(2));
        Dataset<Row> alike = SPARK.sql("select array(8D, null) features from range(100)");
        assertThat(model.transform(alike).select("whole").distinct().count())
                .as("each row has draws of its own")
                .isEqualTo(200);
        assertThat(model.transform(alike.repartition(3)).collectAsList())
                .containsExactlyInAnyOrderElementsOf(model.transform(alike).collectAsList());
        assertThat(model.setImputedCol("").transform(rows).count()).isEqualTo(4000);
    }

    @Test
    void evaluatesRows() {
        Dataset<Row> rows = Tables.rows(400);
        MixtureEvaluation evaluation = model().evaluate(rows);
        assertThat(evaluation.rows()).isEqualTo(400);
        assertThat(evaluation.sizes()).hasSize(3);
        assertThat(evaluation.meanLogLikelihood())
                .isCloseTo(new MixtureEvaluator().evaluate(model().transform(rows)), within(1e-12));
        assertThatThrownBy(() -> model().setFeaturesCol("id").evaluate(rows))
                .isInstanceOf(DataException.class)
                .hasMessage("features column \"id\" has vectors of 1 numbers, expected 2 (the width the"
                        + " model was fitted on)");
    }

    @Test
    void componentsAreThoseOfMllib() {
        List<Row> table = model().gaussiansDF().collectAsList();
        org.apache.spark.mllib.linalg.Vector mean = table.get(1).getAs("mean");
        org.apache.spark.mllib.linalg.Matrix covariance = table.get(1).getAs("cov");
        assertThat(mean.toArray()).containsExactly(8, 0);
        assertThat(covariance.toArray()).containsExactly(2, 0, 0, 0.5);
        Vector x = Vectors.dense(0.3, -0.2);
        double density = 0;
        for (int k = 0; k < 3; k++) {
            density += model().weights()[k] * model().gaussians()[k].pdf(x);
        }
        double logDensity = model().transform(LocalSpark.vectors(SPARK, x.toArray()))
                .first()
                .getAs("logDensity");
        assertThat(logDensity).isCloseTo(Math.log(density), within(1e-14));
        Matrix diagonal = new GaussianMixtureModel("gmm", Tables.known(CovarianceType.DIAGONAL)).gaussians()[1].cov();
        assertThat(diagonal).isInstanceOf(SparseMatrix.class);
        assertThat(diagonal.toArray()).containsExactly(2, 0, 0, 0.5);
    }
}
