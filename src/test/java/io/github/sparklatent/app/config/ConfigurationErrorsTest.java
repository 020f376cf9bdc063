package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a file is told at its place with its key; line 1 of every file gives the paths. */
class ConfigurationErrorsTest extends InSandbox {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.componets = 3              ~ model.componets is not a key (did you mean model.components?)
                    model.n_components = 3           ~ model.n_components is not a key (did you mean model.components?)
                    components = 3                   ~ components is not a key (did you mean model.components?)
                    model.seed = 3                   ~ model.seed is not a key (did you mean train.seed?)
                    modle { components = 3 }         ~ modle is not a key (did you mean model?)
                    holdout { fraction = 0.2 }       ~ holdout is not a key (did you mean data.holdout?)
                    weather = fine                   ~ weather is not a key
                    model."a.b" = 1                  ~ model."a.b" is not a key
                    """)
    void keysThatDoNotExist(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    data.holdout.fraction.x = 0.2    ~ data.holdout.fraction is a section,
                    train.checkpoint = never         ~ train.checkpoint is "never",
                    model.components = ten           ~ model.components is "ten",
                    model.components = 2.5           ~ model.components is 2.5,
                    model.components = true          ~ model.components is true,
                    model.components { a = 1 }       ~ model.components is a section,
                    model.components = [3, x]        ~ model.components has an element that is "x",
                    model.components = [[3]]         ~ model.components has an element that is a list,
                    model.components = [3, null]     ~ model.components has an element that is null,
                    train.tolerance = small          ~ train.tolerance is "small",
                    train.tolerance = [1]            ~ train.tolerance is a list,
                    train.seed = 9223372036854775808 ~ train.seed is "9223372036854775808",
                    output.report = yes              ~ output.report is "yes",
                    data.label = [a, b]              ~ data.label is a list,
                    data.label = ""                  ~ data.label is empty,
                    data.path = [""]                 ~ data.path has an element that is empty,
                    model.components = 0             ~ model.components is 0,
                    model.components = 1e10          ~ model.components is 1e10,
                    model.components = []            ~ model.components is an empty list,
                    model.components = [5, 10, 5]    ~ model.components names 5 twice,
                    train.tolerance = -1             ~ train.tolerance is -1,
                    train.tolerance = NaN            ~ train.tolerance is "NaN",
                    train.tolerance = 1e999          ~ train.tolerance is 1e999,
                    data.holdout.fraction = 1        ~ data.holdout.fraction is 1,
                    score.columns = []               ~ score.columns is an empty list,
                    sample.given = 3                 ~ sample.given is 3,
                    sample.given = {}                ~ sample.given is an empty section,
                    sample.given { a.b = 1 }         ~ sample.given has a = a section,
                    model.covariance = Diagonal      ~ model.covariance is "Diagonal",
                    data.format = jdbc               ~ data.format is "jdbc",
                    output.format = libsvm           ~ output.format is "libsvm",
                    output.format = jdbc             ~ output.format is "jdbc",
                    score.columns = [anomlyScore]    ~ score.columns has an element that is "anomlyScore",
                    train.batchSize = 128            ~ train.batchSize is for ae,
                    train.optimizer { type = adam }  ~ train.optimizer is for ae,
                    model.type = gm                  ~ model.type is "gm",
                    model.type = [gmm]               ~ model.type is a list,
                    """)
    void valuesThatAKeyCannotHave(String line, String beginning) {
        assertThat(sandbox.problems(line))
                .singleElement()
                .asString()
                .startsWith("job.conf:2: " + beginning)
                .containsPattern(" must be| must name|, not for");
    }

    @Test
    void aSchemaIsRefusedAtThePlaceOfItsMistake() {
        assertThat(sandbox.problems("data { format = csv, schema = \"id bigint, x doubl\" }"))
                .singleElement()
                .asString()
                .contains("job.conf:2: data.schema is", "DOUBL", "pos 13");
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
                .satisfiesExactly(
                        type -> assertThat(type)
                                .startsWith("job.conf:2: model.type is \"hidden-markov\", must be one of gmm,"),
                        seed -> assertThat(seed).startsWith("job.conf:3: train.seed is \"x\","),
                        key -> assertThat(key).startsWith("job.conf:4: data.formt is not a key"));
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
                .extracting(problem -> problem.replaceAll(" (is|are) .*", ""))
                .containsExactly(
                        "--set: train.seed",
                        "job.conf: data.path",
                        "job.conf: output.path",
                        "job.conf:1: train.tolerance",
                        "job.conf:3: model.componets",
                        "job.conf:4: model.covariance");
    }

    @Test
    void longTextsAreCutAndStayOnOneLine() {
        String text = "train.tolerance = \"a\\n" + "x".repeat(70) + "\"";

        assertThat(sandbox.problems(text))
                .containsExactly(
                        "job.conf:2: train.tolerance is \"a\\n" + "x".repeat(57) + "...\", must be a number >= 0");
    }
}
