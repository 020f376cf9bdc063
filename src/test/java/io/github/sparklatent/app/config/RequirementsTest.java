package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each job needs, and where it reads and writes. */
class RequirementsTest extends InSandbox {
    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    TRAIN    ~ data.path is missing: train reads its rows there, or from data.table
                    TRAIN    ~ output.path is missing: train writes its result there
                    SCORE    ~ output.path is missing: score writes its result there, or to output.table
                    SAMPLE   ~ output.path is missing: sample writes its result there, or to output.table
                    INSPECT  ~ model.path is missing: inspect reads the model there, at output.path or in registry.path
                    COMPARE  ~ registry.path is missing: it is the registry's directory
                    COMPARE  ~ registry.runId is missing: name the run to compare with --run-id
                    REGISTRY ~ registry.path is missing: it is the registry's directory
                    """)
    void whatIsMissingIsTold(Job job, String sentence) {
        assertThat(sandbox.problems(job, "")).contains("job.conf: " + sentence);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"COMPARE", "REGISTRY"},
            mode = EnumSource.Mode.EXCLUDE)
    void bothPathsAreEnoughForAnyJobWithoutARegistry(Job job) {
        assertThat(sandbox.problems(job, Sandbox.COMPLETE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    EVALUATE ~ score.costs { missed = 50, review = 1 } ~ data.label is missing: score.costs needs
                    SCORE    ~ score.costs { missed = 50, review = 1 } ~ score.costs is set, which score cannot use: run evaluate
                    EXPORT   ~ score.alerts = 20                       ~ score.alerts is set, which export cannot use: run evaluate
                    """)
    void budgetsBelongToSomeJobs(Job job, String line, String sentence) {
        assertThat(sandbox.problems(job, Sandbox.COMPLETE + "\n" + line))
                .singleElement()
                .asString()
                .contains(sentence);
    }

    @Test
    void noJobAsksForMoreThanItReads() {
        assertThat(sandbox.problems(Job.SAMPLE, "output.path = out")).isEmpty();
        assertThat(sandbox.problems(Job.INSPECT, "output.path = out")).isEmpty();
        assertThat(sandbox.problems(Job.INSPECT, "model.path = m")).isEmpty();
        assertThat(sandbox.problems(Job.INSPECT, "registry.path = r")).isEmpty();
        assertThat(sandbox.problems(Job.REGISTRY, "registry.path = r")).isEmpty();
        assertThat(sandbox.problems(Job.TRAIN, "data.path = a, registry { path = r, runId = x }"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    TRAIN    ~ 'data.path = x, output.path = x'                                    ~ data.path
                    TRAIN    ~ 'data.path = [a, "x/"], output.path = x'                            ~ data.path
                    SCORE    ~ 'data.path = x, output.path = x'                                    ~ data.path
                    TRAIN    ~ 'data.path = a, data.holdout.path = x, output.path = x'             ~ data.holdout.path
                    TRAIN    ~ 'data.path = a, model.type = ae, evaluate.features { model = x }, output.path = x' ~ evaluate.features.model
                    SCORE    ~ 'data.path = a, model.path = "x/", output.path = x'                 ~ model.path
                    """)
    void nothingThatIsReadIsWrittenOver(Job job, String text, String other) {
        assertThat(sandbox.problems(job, text))
                .containsExactly("job.conf:1: output.path is \"x\", the same as " + other + ": set another path");
    }

    @Test
    void resultsStandBesideTheModelThatTheyAreMadeWith() {
        JobConfiguration configuration = sandbox.load("data.path = in, output.path = \"out/a/\"");

        assertThat(configuration.savedModel()).isEqualTo("out/a/");
        assertThat(configuration.resultPath(Job.TRAIN)).isEqualTo("out/a/");
        assertThat(configuration.resultPath(Job.EVALUATE)).isEqualTo("out/a-evaluation");
        assertThat(configuration.resultPath(Job.SCORE)).isEqualTo("out/a-scores");
        assertThat(configuration.resultPath(Job.SAMPLE)).isEqualTo("out/a-sample");
    }

    @Test
    void resultsStandAtTheOutputPathWhenTheModelIsElsewhere() {
        JobConfiguration configuration = sandbox.load(Sandbox.COMPLETE + "model.path = m");

        assertThat(configuration.savedModel()).isEqualTo("m");
        assertThat(configuration.resultPath(Job.SCORE)).isEqualTo("out");
        JobConfiguration registered = sandbox.load("data.path = in, output.path = out, registry.path = r");
        assertThat(registered.resultPath(Job.SCORE)).isEqualTo("out");
        assertThat(registered.resultPath(Job.EVALUATE)).isEqualTo("out-evaluation");
    }
}
