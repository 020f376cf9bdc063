package io.github.sparklatent.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.mixture.MixtureModelType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The generated interfaces of Spark Params. */
class ParamsGeneratorTest {
    private static final String MIXTURE = ParamsGenerator.source(MixtureModelType.GMM);

    /** These defaults of the Estimator differ from those of a configuration. */
    @Test
    void theDocumentedDefaultIsThatOfTheEstimator() {
        assertThat(about("data.holdout.fraction", ParamsGenerator.common())).contains("Default: 0.\n");
        assertThat(about("train.maxRounds", MIXTURE)).contains("Default: 100.\n");
    }

    @Test
    void aFileOfARemovedTypeIsDeleted(@TempDir Path sources) throws IOException, ReflectiveOperationException {
        Path folder = sources.resolve("io/github/sparklatent/ml/params");
        Files.createDirectories(folder);
        Path removed = Files.writeString(folder.resolve("RemovedParams.java"), "class Removed {}");
        ParamsGenerator.main(new String[] {"target/classes", sources.toString()});
        assertThat(removed).doesNotExist();
        assertThat(folder.resolve("GaussianMixtureParams.java")).hasContent(MIXTURE);
    }

    /** Returns the lines of the first documentation that name the key and its default. */
    private static String about(String key, String source) {
        int end = source.indexOf("Configuration key: {@code " + key + "}");
        return source.substring(source.lastIndexOf("/**", end), end);
    }
}
