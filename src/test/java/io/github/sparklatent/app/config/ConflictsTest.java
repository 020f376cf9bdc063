package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are right one by one and wrong together. */
class ConflictsTest extends InSandbox {
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    data.holdout { fraction = 0.2, path = held }      ~ data.holdout.fraction is 0.2, but data.holdout.path
                    model.criterion = holdout, data.holdout.fraction = 0 ~ model.criterion is holdout, but no rows
                    train.initialModel = old, model.initialization = random-rows ~ model.initialization is random-rows, but train.initialModel
                    train.initialModel = old, model.components = [3, 4] ~ model.components is [3, 4], but train.initialModel
                    model { fit = variational-bayes, components = [3, 4] } ~ model.components is a list, but model.fit
                    model.fit = variational-bayes, train.acceleration = true ~ train.acceleration is true, but model.fit
                    model { fit = variational-bayes, priorRows = 2 } ~ model.priorRows is 2, but it
                    model.fit = stepwise-em, train.acceleration = true ~ train.acceleration is true, but model.fit
                    model.factors = 3                                ~ model.factors is 3, but it
                    model.fit = variational-inference, train.draws = 1 ~ train.draws is 1, but model.fit
                    model { covariance = ppca, fit = variational-bayes } ~ model.fit is variational-bayes, but model.covariance
                    train.stepExponent = 0.7                         ~ train.stepExponent is 0.7, but it
                    model.trim = 0.2                                  ~ model.trim is 0.2, but it
                    model { robust = trim, fit = gradient }           ~ model.robust is trim, which is fitted by em without acceleration, but model.fit
                    model.robust = trim, train.acceleration = true    ~ model.robust is trim, which is fitted by em without acceleration, but model.fit
                    model { criterion = rows, components = [2, 3] }   ~ model.criterion is rows
                    data.scale = both, model.type = mixture           ~ data.scale is both
                    data { scale = both, groupBy = town }             ~ data.scale is both
                    model.novelty = true                              ~ model.novelty is true, but it has no effect
                    data { invalid = keep, scale = unit }             ~ data.invalid is keep, but data.scale
                    score { threshold = 3, alertRate = 0.1 }          ~ score.threshold is set, but score.alertRate is, too
                    score { alerts = 3, costs { missed = 2, review = 1 } } ~ score.costs is set, but score.alerts is, too
                    score.alerts = 0                                  ~ score.alerts is 0, must be an integer >= 1
                    score.budgets = [0.1, 0]                          ~ score.budgets has an element that is 0, must be a number > 0
                    score.budgets = 1.5                               ~ score.budgets is 1.5, must be a number > 0
                    score.costs { missed = -1, review = 1 }           ~ score.costs is { missed = -1, review = 1 }, must have
                    score.costs { missed = 0, review = 0 }            ~ score.costs is { missed = 0, review = 0 }, must have
                    score.costs { mised = 50, review = 1 }            ~ score.costs is { mised = 50, review = 1 }, must have
                    score.costs { missed = many, review = 1 }         ~ score.costs has missed = "many", must be
                    data { label = a, weight = a }                    ~ data.weight is "a"
                    data { features = [x, Class], label = class }     ~ data.label is "class"
                    """)
    void areTold(String line, String beginning) {
        assertThat(sandbox.problems(line)).singleElement().asString().startsWith("job.conf:2: " + beginning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model { within = trees, components = [2, 3] }      ~ model.components is [2, 3], but model.within is trees
                    model { within = trees, components = 1, covariance = tied } ~ model.covariance is tied, but model.within is trees
                    model { within = trees, components = 1 }, train.acceleration = true ~ train.acceleration is true, but model.within is trees
                    model { fit = stepwise-em, covariance = factor }   ~ model.fit is stepwise-em, but model.covariance
                    model.fit = stepwise-em, data.groupBy = a          ~ model.fit is stepwise-em, but the models
                    """)
    void ofAMixtureOfTypesAreTold(String line, String beginning) {
        assertThat(sandbox.problems("model.type = mixture\n" + line))
                .singleElement()
                .asString()
                .startsWith("job.conf:3: " + beginning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.holdout { fraction = 0, path = held }",
                "model.criterion = holdout",
                "train.initialModel = old, model.components = [3]",
                "model { type = mixture, fit = stepwise-em }, train.stepExponent = 0.7",
                "data { features = [\"_c*\"], label = _c64, weight = w, id = i }",
            })
    void areOnlyWhatContradictsItself(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }

    @Test
    void standWhereTheirValueWasWritten() {
        assertThat(sandbox.problems("data.holdout.fraction = 0", "model.criterion=holdout"))
                .singleElement()
                .asString()
                .startsWith("--set: model.criterion is holdout, but");
    }
}
