package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Path;
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
}
