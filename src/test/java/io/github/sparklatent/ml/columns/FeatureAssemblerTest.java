package io.github.sparklatent.ml.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class FeatureAssemblerTest {
    private static final SparkSession SPARK = LocalSpark.session();

    @TempDir
    private Path directory;

    private static Dataset<Row> raw() {
        return SPARK.sql("select * from values (1, 2.5BD, true, array(4.0F, 5.0F)), "
                + "(-1, 0.5BD, false, array(6.0F, 7.0F)) as t(a, b, c, d)");
    }

    private static FeatureAssembler scaled() {
        FeatureColumns columns = FeatureColumns.resolve(raw().schema(), List.of("d", "a", "c", "b"), Set.of());
        double[] shift = {4, 5, 0, 0, 0.5};
        double[] factor = {0.5, 0.5, 1, 10, 0.25};
        return new FeatureAssembler("assembler", columns, Scaling.of(Scale.STANDARD, shift, factor), 5);
    }

    private static double[] features(Dataset<Row> rows) {
        return rows.first().<Vector>getAs("features").toArray();
    }

    @Test
    void putsNumbersOfAllKindsInOrderAndScalesThem() {
        Dataset<Row> assembled = scaled().transform(raw());
        assertThat(assembled.columns()).containsExactly("a", "b", "c", "d", "features");
        assertThat(features(assembled)).containsExactly(0, 0, 1, 10, 0.5);
        assertThat(assembled.schema()).isEqualTo(scaled().transformSchema(raw().schema()));
        assertThat(AttributeGroup.fromStructField(assembled.schema().apply("features"))
                        .size())
                .isEqualTo(5);
        assertThat(features(new FeatureAssembler().setInputCols("a", "b").transform(raw())))
                .containsExactly(1, 2.5);
    }

    @Test
    void isSavedLoadedAndCopied() throws IOException {
        String path = directory.resolve("assembler").toString();
        scaled().setHandleInvalid("skip").save(path);
        FeatureAssembler loaded = FeatureAssembler.load(path);
        assertThat(loaded.uid()).isEqualTo("assembler");
        assertThat(loaded.getHandleInvalid()).isEqualTo("skip");
        assertThat(loaded.getInputCols()).containsExactly("d", "a", "c", "b");
        assertThat(loaded.width()).isEqualTo(5);
        assertThat(loaded.scaling().kind()).isEqualTo(Scale.STANDARD);
        assertThat(features(loaded.transform(raw()))).containsExactly(0, 0, 1, 10, 0.5);
        assertThat(features(loaded.copy(ParamMap.empty()).transform(raw()))).containsExactly(0, 0, 1, 10, 0.5);
        assertThatThrownBy(() -> GaussianMixtureModel.load(path))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("FeatureAssembler, expected a Gaussian mixture");
    }

    @Test
    void saysWhichRowIsWrongOrSkipsIt() {
        Dataset<Row> rows = SPARK.sql("select * from values (1.0D, 2.0D), (null, 3.0D), (4.0D, double('NaN')), "
                + "(double('infinity'), 1.0D) as t(a, b)");
        FeatureAssembler assembler = new FeatureAssembler().setInputCols("a", "b");
        assertThatThrownBy(() -> assembler.transform(rows).collectAsList())
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessage("features column \"a\" has NaN or null, expected a finite number; set"
                        + " the Param handleInvalid to skip to leave out these rows");
        assertThat(assembler.setHandleInvalid("skip").transform(rows).collectAsList())
                .hasSize(1);
        assertThat(assembler.transform(rows).count()).isEqualTo(1);
    }

    @Test
    void keepsMissingValues() {
        Dataset<Row> rows = SPARK.sql("select * from values (1.0D, 2.0D), (null, 3.0D), (4.0D, double('NaN')), "
                + "(null, double('NaN')) as t(a, b)");
        FeatureAssembler assembler =
                new FeatureAssembler().setInputCols("a", "b").setHandleInvalid("keep");
        double none = Double.NaN;
        assertThat(assembler.transform(rows).collectAsList().stream().map(row -> row.<Vector>getAs("features")))
                .containsExactly(Vectors.dense(1, 2), Vectors.dense(none, 3), Vectors.dense(4, none));
        Dataset<Row> infinite = SPARK.sql("select double('infinity') a, 1.0D b");
        assertThatThrownBy(() -> assembler.transform(infinite).collectAsList())
                .rootCause()
                .hasMessageContaining("features column \"a\" has Infinity");
        FeatureAssembler unit = new FeatureAssembler("unit", Scaling.of(Scale.UNIT, new double[0], new double[0]), 2);
        assertThatThrownBy(() ->
                        unit.setInputCols("a", "b").setHandleInvalid("keep").transform(infinite))
                .hasMessage("handleInvalid of unit is keep, but rows are scaled to unit length, which"
                        + " needs every value: must be error or skip");
    }
}
