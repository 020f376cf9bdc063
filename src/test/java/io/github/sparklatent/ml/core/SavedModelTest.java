package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SavedModelTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    private String path() {
        return directory.resolve("model").toString();
    }

    private static void requireSameBits(MixtureParameters found, MixtureParameters expected) {
        assertThat(found.type()).isEqualTo(expected.type());
        assertThat(found.weights()).isEqualTo(expected.weights());
        assertThat(found.means().data).isEqualTo(expected.means().data);
        assertThat(found.covariances()).hasSameSizeAs(expected.covariances());
        for (int i = 0; i < found.covariances().size(); i++) {
            assertThat(found.covariances().get(i).data)
                    .isEqualTo(expected.covariances().get(i).data);
        }
    }

    @ParameterizedTest
    @EnumSource
    void parametersComeBackBitForBit(CovarianceType type) throws IOException {
        MixtureParameters mixture = Tables.known(type);
        new GaussianMixtureModel("gmm", mixture).save(path());
        GaussianMixtureModel loaded = GaussianMixtureModel.load(path());
        requireSameBits(loaded.mixture(), mixture);
        assertThat(loaded.uid()).isEqualTo("gmm");
        assertThat(loaded.fitRecord()).isEmpty();
    }

    @Test
    void aPipelineGivesItsMixture() throws IOException {
        Transformer assembler = new VectorAssembler("assembler")
                .setInputCols(new String[] {"x", "y"})
                .setOutputCol("features");
        Transformer mixture = new GaussianMixtureModel("gmm", Tables.known());
        new PipelineModel("pipeline", List.of(assembler, mixture)).save(path());
        requireSameBits(GaussianMixtureModel.load(path()).mixture(), Tables.known());
        Row scored = PipelineModel.load(path())
                .transform(LocalSpark.session().sql("select 7.5BD y, true x"))
                .first();
        assertThat(scored.<Vector>getAs("features").toArray()).containsExactly(1, 7.5);
        assertThat(scored.<Integer>getAs("prediction")).isEqualTo(2);
    }

    @Test
    void aMixtureThatMllibFittedToAConstantColumnIsMended() throws IOException {
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(new String[] {"features", "constant"})
                .setOutputCol("wide")
                .transform(Tables.rows(150).selectExpr("features", "0 constant"))
                .selectExpr("wide features");
        var theirs = new org.apache.spark.ml.clustering.GaussianMixture()
                .setK(2)
                .setMaxIter(2)
                .fit(rows);
        theirs.save(path());
        GaussianMixtureModel ours = GaussianMixtureModel.load(path());
        for (int k = 0; k < 2; k++) {
            double[] found = ours.mixture().covariance(k).data;
            double[] singular = theirs.gaussians()[k].cov().toArray();
            assertThat(singular[8]).isZero();
            assertThat(found[8]).isBetween(Double.MIN_NORMAL, 1e-9);
            assertThat(found).containsExactly(singular, within(1e-9));
        }
        assertThat(ours.transform(rows).select("prediction").collectAsList())
                .hasSize(150)
                .contains(RowFactory.create(0), RowFactory.create(1));
    }

    @Test
    void aMixtureSavedByMllibIsAMixture() throws IOException {
        var theirs = new org.apache.spark.ml.clustering.GaussianMixture()
                .setK(3)
                .setMaxIter(10)
                .setPredictionCol("cluster")
                .fit(Tables.rows(150));
        theirs.save(path());
        GaussianMixtureModel ours = GaussianMixtureModel.load(path());
        assertThat(ours.weights()).isEqualTo(theirs.weights());
        assertThat(ours.getPredictionCol()).isEqualTo("cluster");
        List<Row> expected = theirs.transform(Tables.rows(20)).collectAsList();
        List<Row> found = ours.transform(Tables.rows(20)).collectAsList();
        for (int i = 0; i < found.size(); i++) {
            // MLlib adds 2.2e-16 to each density, which are above 1e-9 here.
            assertThat(found.get(i).<Vector>getAs("probability").toArray())
                    .containsExactly(
                            expected.get(i).<Vector>getAs("probability").toArray(), within(1e-6));
        }
        GaussianMixtureModel further = new GaussianMixture()
                .setInitialModel(path())
                .setPriorRows(0)
                .setMaxIter(2)
                .fit(Tables.rows(150));
        assertThat(further.getK()).isEqualTo(3);
        assertThat(further.objectiveHistory()[0])
                .isCloseTo(ours.evaluate(Tables.rows(150)).meanLogLikelihood(), within(1e-12));
    }
}
