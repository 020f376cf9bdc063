package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.Mutations;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.io.ModelChecksums;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged model is refused in a sentence, or it is the model that was saved. */
@Tag("slow")
class DamagedModelsTest {
    /** A load takes seconds for ten models, so fewer of those without checksums are damaged. */
    private static final int LOADS = 1 + Mutations.count() / 20;

    @TempDir
    private static Path whole;

    @TempDir
    private Path folder;

    private static SparkSession spark;
    private static String fingerprint;

    @BeforeAll
    static void save() throws IOException {
        spark = LocalSpark.session();
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"features"}).setOutputCol("wide");
        GaussianMixtureModel model = new GaussianMixtureModel("gmm", Tables.known());
        model.setFeaturesCol("wide");
        Path saved = whole.resolve("model");
        new Pipeline("pipeline")
                .setStages(new PipelineStage[] {assembler, model})
                .fit(Tables.rows(10))
                .write()
                .save(saved.toString());
        for (Path file : Mutations.files(saved)) {
            if (file.getFileName().toString().endsWith(".crc")) { // other stores have none
                Files.delete(file);
            }
        }
        writeChecksums(saved);
        fingerprint = load(saved).fingerprint();
    }

    private static void writeChecksums(Path model) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(model.toUri());
        ModelChecksums.write(new HadoopStore(new Configuration(), path), path);
    }

    private static SavedModel load(Path model) {
        return SavedModels.any(spark, model.toString(), new GaussianMixtureModel("gmm", Tables.known()).modelType());
    }

    private Path damaged(Path... removed) throws IOException {
        Path model = folder.resolve("model");
        Mutations.copy(whole.resolve("model"), model);
        for (Path path : removed) {
            Files.delete(model.resolve(path));
        }
        return model;
    }

    @Test
    void aModelWithChecksumsIsRefusedOrTheSame() throws IOException {
        Mutations mutations = new Mutations();
        int refused = 0;
        for (int i = 0; i < Mutations.count(); i++) {
            Path model = damaged();
            String done = mutations.damage(Mutations.files(model));
            try {
                assertThat(load(model).fingerprint()).as(done).isEqualTo(fingerprint);
            } catch (DataException e) {
                assertThat(e).as(done).hasMessageContaining(model.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(Mutations.count() / 2);
    }

    @Test
    void aFileWhoseChecksumWasComparedIsNotReadAgain() throws IOException {
        Path model = damaged();
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(model.toString());
        Map<org.apache.hadoop.fs.Path, byte[]> read =
                ModelChecksums.require(new HadoopStore(new Configuration(), path), path);
        for (Path file : Mutations.files(model)) {
            Files.writeString(file, "something else");
        }
        LatentModel<?> loaded = ModelFamilies.ofModel(GaussianMixtureModel.class.getName())
                .orElseThrow()
                .read(new ModelDirectory(spark, model.toString(), read));
        assertThat(new SavedModel(model.toString(), loaded).fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void aModelWithoutChecksumsIsRefusedOrValid() throws IOException {
        Mutations mutations = new Mutations();
        for (int i = 0; i < LOADS; i++) {
            Path model = damaged(Path.of(ModelChecksums.NAME));
            String done = mutations.damage(Mutations.files(model));
            try {
                MixtureParameters found = ((GaussianMixtureModel) load(model).model()).mixture();
                double sum = 0;
                for (double weight : found.weights()) {
                    sum += weight;
                }
                assertThat(sum).as(done).isCloseTo(1, within(1e-9));
                assertThat(Arrays.stream(found.means().data).allMatch(Double::isFinite))
                        .as(done)
                        .isTrue();
            } catch (DataException | UsageException e) {
                assertThat(e.getMessage()).as(done).isNotBlank();
            }
        }
    }
}
