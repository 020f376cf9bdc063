package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves on the driver's disk, as Spark Connect does. */
@Tag("slow")
class LocalSavingTest {
    @TempDir
    private Path directory;

    @BeforeAll
    static void startSpark() {
        LocalSpark.session();
    }

    @Test
    void aModelComesBackWithItsRecord() throws IOException {
        GaussianMixtureModel model = new GaussianMixture().setK(2).setMaxIter(2).fit(Tables.rows(100));
        String path = directory.resolve("model").toString();
        model.write().saveToLocal(path);
        GaussianMixtureModel loaded = GaussianMixtureModel.read().loadFromLocal(path);
        assertThat(loaded.mixture().weights()).isEqualTo(model.mixture().weights());
        assertThat(loaded.mixture().means().data).isEqualTo(model.mixture().means().data);
        assertThat(loaded.fitRecord()).isEqualTo(model.fitRecord());
    }

    @Test
    void anAssemblerComesBackWithItsScaling() throws IOException {
        FeatureColumns columns = FeatureColumns.resolve(new StructType().add("x", "double"), List.of("x"), Set.of());
        Scaling scaling = Scaling.of(Scale.STANDARD, new double[] {4}, new double[] {0.5});
        FeatureAssembler assembler = new FeatureAssembler("assembler", columns, scaling, 1);
        String path = directory.resolve("assembler").toString();
        assembler.write().saveToLocal(path);
        assertThat(FeatureAssembler.read().loadFromLocal(path).scaling().factor())
                .isEqualTo(assembler.scaling().factor());
    }
}
