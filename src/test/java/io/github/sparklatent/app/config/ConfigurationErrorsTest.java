package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a file and the sentence a person gets; line 1 of every file gives the paths. */
class ConfigurationErrorsTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.componets = 3              ~ model.componets is not a key (did you mean model.components?)
                    model.Components = 3             ~ model.Components is not a key (did you mean model.components?)
                    model.n_components = 3           ~ model.n_components is not a key (did you mean model.components?)
                    components = 3                   ~ components is not a key (did you mean model.components?)
                    model.seed = 3                   ~ model.seed is not a key (did you mean train.seed?)
                    train.max_rounds = 3             ~ train.max_rounds is not a key (did you mean train.maxRounds?)
                    train.checkpoint.evry = 3        ~ train.checkpoint.evry is not a key (did you mean train.checkpoint.every?)
                    modle { components = 3 }         ~ modle is not a key (did you mean model?)
                    holdout { fraction = 0.2 }       ~ holdout is not a key (did you mean data.holdout?)
                    data.holdout.fractoin = 0.2      ~ data.holdout.fractoin is not a key (did you mean data.holdout.fraction?)
                    data.holdout.fraction.x = 0.2    ~ data.holdout.fraction is a section, must be a number >= 0 and < 1
                    weather = fine                   ~ weather is not a key
                    model."a.b" = 1                  ~ model."a.b" is not a key
                    wind { x = 1 }                   ~ wind is not a key
                    data = 3                         ~ data is 3, must be a section: data { ... }
                    train.checkpoint = never         ~ train.checkpoint is "never", must be a section: train.checkpoint { ... }
                    output = [out]                   ~ output is a list, must be a section: output { ... }
                    """)
    void keysThatDoNotExist(String line, String sentence) {
        assertThat(sandbox.problems(line)).contains("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.components = ten           ~ model.components is "ten", must be an integer >= 1, or a list of these, or auto
                    model.components = 2.5           ~ model.components is 2.5, must be an integer >= 1
                    model.components = true          ~ model.components is true, must be an integer >= 1, or a list of these, or auto
                    model.components { a = 1 }       ~ model.components is a section, must be an integer >= 1, or a list of these, or auto
                    model.components = [3, x]        ~ model.components has an element that is "x", must be an integer >= 1
                    model.components = [[3]]         ~ model.components has an element that is a list, must be an integer >= 1
                    model.components = [3, null]     ~ model.components has an element that is null, must be an integer >= 1
                    model.components = ""            ~ model.components is "", must be an integer >= 1, or a list of these, or auto
                    train.tolerance = small          ~ train.tolerance is "small", must be a number >= 0
                    train.tolerance = [1]            ~ train.tolerance is a list, must be a number >= 0
                    train.seed = 1.5                 ~ train.seed is 1.5, must be an integer of 64 bits
                    train.seed = 9223372036854775808 ~ train.seed is "9223372036854775808", must be an integer of 64 bits
                    output.report = yes              ~ output.report is "yes", must be true or false
                    output.report = 1                ~ output.report is 1, must be true or false
                    data.label = [a, b]              ~ data.label is a list, must be a column name
                    data.label = ""                  ~ data.label is empty, must be a column name
                    data.path = [""]                 ~ data.path has an element that is empty, must be a path
                    data.separator = ""              ~ data.separator is empty, must be a text
                    """)
    void valuesOfAnotherType(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.components = 0             ~ model.components is 0, must be an integer >= 1
                    model.components = -3            ~ model.components is -3, must be an integer >= 1
                    model.components = 1e10          ~ model.components is 1e10, must be an integer >= 1 and <= 2147483647
                    model.components = [5, 0]        ~ model.components has an element that is 0, must be an integer >= 1
                    model.components = []            ~ model.components is an empty list, must be an integer >= 1, or a list of these, or auto
                    model.components = [5, 10, 5]    ~ model.components names 5 twice, must name each once
                    model.regularization = -1e-6     ~ model.regularization is -1e-6, must be a number >= 0
                    model.regularization = NaN       ~ model.regularization is "NaN", must be a number >= 0
                    train.tolerance = -1             ~ train.tolerance is -1, must be a number >= 0
                    train.tolerance = Infinity       ~ train.tolerance is "Infinity", must be a number >= 0
                    train.tolerance = 1e999          ~ train.tolerance is 1e999, must be a number >= 0
                    train.maxRounds = 0              ~ train.maxRounds is 0, must be an integer >= 1
                    train.restarts = 0               ~ train.restarts is 0, must be an integer >= 1
                    train.partitions = 0             ~ train.partitions is 0, must be an integer >= 1
                    train.checkpoint.every = -1      ~ train.checkpoint.every is -1, must be an integer >= 0
                    data.holdout.fraction = 1        ~ data.holdout.fraction is 1, must be a number >= 0 and < 1
                    data.holdout.fraction = -0.1     ~ data.holdout.fraction is -0.1, must be a number >= 0 and < 1
                    data.holdout.fraction = NaN      ~ data.holdout.fraction is "NaN", must be a number >= 0 and < 1
                    data.features = []               ~ data.features is an empty list, must be a column name or a glob, or a list of these
                    data.features = [a, b, a]        ~ data.features names a twice, must name each once
                    data.path = [in, in]             ~ data.path names in twice, must name each once
                    score.columns = []               ~ 'score.columns is an empty list, must be one of prediction, probability, logDensity, anomalyScore, standardizedScore, imputed, ownModel, severity, isAnomaly, contributions, or a list of these'
                    score.columns = [anomalyScore, anomalyScore] ~ score.columns names anomalyScore twice, must name each once
                    sample.rows = 0                  ~ sample.rows is 0, must be an integer >= 1
                    sample.given = 3                 ~ sample.given is 3, must be a section of numbers and texts by name: { NAME = 1.5 }
                    sample.given = {}                ~ sample.given is an empty section, must be a section of numbers and texts by name: { NAME = 1.5 }
                    sample.given { a.b = 1 }         ~ sample.given has a = a section, must be a number or a text; a name with dots needs quotes
                    sample.component = -1            ~ sample.component is -1, must be an integer >= 0
                    """)
    void valuesOutOfRange(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.covariance = ful           ~ model.covariance is "ful", must be one of full, tied, diagonal, spherical, factor, ppca (did you mean full?)
                    model.covariance = Diagonal      ~ model.covariance is "Diagonal", must be one of full, tied, diagonal, spherical, factor, ppca (did you mean diagonal?)
                    model.covariance = banana        ~ model.covariance is "banana", must be one of full, tied, diagonal, spherical, factor, ppca
                    model.initialization = kmeans    ~ model.initialization is "kmeans", must be one of varied, k-means||, random, random-rows, over-clustering (did you mean k-means||?)
                    model.criterion = icl            ~ model.criterion is "icl", must be one of bic, aic, holdout, mutual-information
                    data.format = parket             ~ data.format is "parket", must be one of parquet, orc, delta, csv, json, libsvm, idx (did you mean parquet?)
                    data.format = jdbc                   ~ data.format is "jdbc", must be one of parquet, orc, delta, csv, json, libsvm, idx; name the table in data.table, and give the settings of its catalog after --
                    data.format = hdf5               ~ data.format is "hdf5", must be one of parquet, orc, delta, csv, json, libsvm, idx
                    data.scale = min-max             ~ data.scale is "min-max", must be one of none, standard, minmax, unit, quantile (did you mean minmax?)
                    data.invalid = drop              ~ data.invalid is "drop", must be one of error, skip, keep
                    output.format = libsvm           ~ output.format is "libsvm", must be one of parquet, orc, csv, json
                    score.columns = [anomlyScore]         ~ score.columns has an element that is "anomlyScore", must be one of prediction, probability, logDensity, anomalyScore, standardizedScore, imputed, ownModel, severity, isAnomaly, contributions (did you mean anomalyScore?)
                    output.overwrite = ture          ~ output.overwrite is "ture", must be true or false
                    """)
    void namesThatAreNoChoice(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    train.batchSize = 128            ~ 'train.batchSize is for ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for gmm'
                    train.optimizer { type = adam }  ~ 'train.optimizer is for ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for gmm'
                    model.beta = 2                   ~ model.beta is for vae and mog-vae, not for gmm
                    model.latent = 20                ~ 'model.latent is for ppca, factor-analysis, ae, vae, dlgm, mog-vae, vade, cluster-vae, gan and vae-gan, not for gmm'
                    model.encoder = [500, 500]       ~ 'model.encoder is for ae, vae, dlgm, mog-vae, vade, cluster-vae and vae-gan, not for gmm'
                    """)
    void keysOfNetworks(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @Test
    void aSchemaIsRefusedAtThePlaceOfItsMistake() {
        String expected = "must be columns and types as in SQL, for example \"id bigint, x double\": ";
        assertThat(sandbox.problems("data { format = csv, schema = \"id bigint, x doubl\" }"))
                .containsExactly("job.conf:2: data.schema is \"id bigint, x doubl\", "
                        + expected
                        + "Unsupported data type \"DOUBL\"");
        assertThat(sandbox.problems("data { format = json, schema = \"id bigint x double\" }"))
                .containsExactly("job.conf:2: data.schema is \"id bigint x double\", "
                        + expected
                        + "Syntax error at or near 'x', at character 11");
        assertThat(sandbox.problems("data.schema = \"x double\""))
                .containsExactly("job.conf:2: data.schema is for data.format = csv or json, found parquet");
    }

    @Test
    void anUnknownTypeIsToldWithoutJudgingItsOwnKeys() {
        String text = """
                model { type = hidden-markov, latent = 20, encoder = [500], components = none }
                train { batchSize = 128, seed = x }
                data.formt = csv
                """;

        assertThat(sandbox.problems(text))
                .containsExactly(
                        "job.conf:2: model.type is \"hidden-markov\", must be one of gmm, mixture,"
                                + " ppca, factor-analysis, ae, vae, dlgm, mog-vae, vade,"
                                + " cluster-vae, gan, vae-gan: this version has no other type",
                        "job.conf:3: train.seed is \"x\", must be an integer of 64 bits",
                        "job.conf:4: data.formt is not a key (did you mean data.format?)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.type = gm                  ~ 'model.type is "gm", must be one of gmm, mixture, ppca, factor-analysis, ae, vae, dlgm, mog-vae, vade, cluster-vae, gan, vae-gan (did you mean gmm?): this version has no other type'
                    model.type = [gmm]               ~ 'model.type is a list, must be one of gmm, mixture, ppca, factor-analysis, ae, vae, dlgm, mog-vae, vade, cluster-vae, gan, vae-gan: this version has no other type'
                    """)
    void typesThatAreNone(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @Test
    void everythingIsToldAtOnceInReadingOrder() {
        String text = """
                train { tolerance = -1 }
                model {
                  componets = 3
                  covariance = ful
                }
                """;

        assertThat(sandbox.problems(Job.TRAIN, text, "train.seed=x"))
                .containsExactly(
                        "--set: train.seed is \"x\", must be an integer of 64 bits",
                        "job.conf: data.path is missing: train reads its rows there, or from" + " data.table",
                        "job.conf: output.path is missing: train writes its result there",
                        "job.conf:1: train.tolerance is -1, must be a number >= 0",
                        "job.conf:3: model.componets is not a key (did you mean model.components?)",
                        "job.conf:4: model.covariance is \"ful\", must be one of full, tied,"
                                + " diagonal, spherical, factor, ppca (did you mean full?)");
    }

    @Test
    void longTextsAreCutAndStayOnOneLine() {
        String text = "train.tolerance = \"a\\n" + "x".repeat(70) + "\"";

        assertThat(sandbox.problems(text))
                .containsExactly(
                        "job.conf:2: train.tolerance is \"a\\n" + "x".repeat(57) + "...\", must be a number >= 0");
    }
}
