package io.github.sparklatent.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are right one by one and wrong together. */
class ConflictsTest {
    @TempDir
    private Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(directory);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    data.holdout { fraction = 0.2, path = held }      ~ data.holdout.fraction is 0.2, but data.holdout.path names the held-out rows already: set only one of them
                    model.criterion = holdout, data.holdout.fraction = 0 ~ model.criterion is holdout, but no rows are held out: data.holdout needs a fraction > 0 or a path
                    model.criterion = mutual-information, model.components = [3, 4] ~ model.criterion is mutual-information, which grows with the number of components: model.components must be one number
                    train.initialModel = old, model.initialization = random ~ model.initialization is random, but train.initialModel already gives the initial mixture: remove one of the two
                    train.initialModel = old, model.components = 3, model.trim = 0.1 ~ model.trim is 0.1, but it has no effect unless model.robust is trim or mcd: remove it
                    train.initialModel = old, model.components = 3, train.draws = 3 ~ train.draws is 3, but it has no effect unless model.fit is monte-carlo-em or variational-inference: remove it
                    train.initialModel = old, model.components = [3, 4] ~ model.components is [3, 4], but train.initialModel has one number of components: must be one number
                    model { fit = variational-bayes, components = [3, 4] } ~ model.components is a list, but model.fit is variational-bayes, which finds how many components are in use: must be one number, the greatest
                    model.fit = variational-bayes, train.acceleration = true ~ train.acceleration is true, but model.fit is variational-bayes, which is not accelerated: must be false
                    model { fit = variational-bayes, covariancePrior = 2 } ~ model.covariancePrior is 2, but it has no effect unless model.fit is em, stepwise-em, gradient or monte-carlo-em: remove it
                    model.fit = gradient, train.acceleration = true  ~ train.acceleration is true, but model.fit is gradient, which is not accelerated: must be false
                    model.fit = stepwise-em, train.acceleration = true ~ train.acceleration is true, but model.fit is stepwise-em, which is always accelerated: must be false
                    model.factors = 3                                ~ model.factors is 3, but it has no effect unless model.covariance is factor or ppca: remove it
                    model { fit = variational-inference, components = [3, 4] } ~ model.components is a list, but model.fit is variational-inference, which finds how many components are in use: must be one number, the greatest
                    model.fit = variational-inference, train.draws = 1 ~ train.draws is 1, but model.fit is variational-inference, which compares draws: must be at least 2
                    model.posterior = full                           ~ model.posterior is full, but it has no effect unless model.fit is variational-inference: remove it
                    model { covariance = ppca, fit = variational-bayes } ~ model.fit is variational-bayes, but model.covariance is ppca: must be em or monte-carlo-em
                    model.covariance = factor, train.acceleration = true ~ train.acceleration is true, but rounds with model.covariance = factor are not accelerated: must be false
                    train.stepExponent = 0.7                         ~ train.stepExponent is 0.7, but it has no effect unless model.fit is stepwise-em or gradient: remove it
                    model.fit = stepwise-em, train.draws = 3         ~ train.draws is 3, but it has no effect unless model.fit is monte-carlo-em or variational-inference: remove it
                    model.weightConcentration = 0.5                   ~ model.weightConcentration is 0.5, but it has no effect unless model.fit is variational-bayes or variational-inference: remove it
                    model.trim = 0.2                                  ~ model.trim is 0.2, but it has no effect unless model.robust is trim or mcd: remove it
                    model { robust = trim, fit = gradient }           ~ model.robust is trim, which is fitted by em without acceleration, but model.fit is gradient: remove it
                    model.robust = trim, train.acceleration = true    ~ model.robust is trim, which is fitted by em without acceleration, but model.fit is em with train.acceleration: remove it
                    model.robust = mcd                                ~ model.robust is mcd, which fits one component with a full covariance: must be trim, or model.components 1 and model.covariance full
                    data { invalid = keep, scale = unit }             ~ data.invalid is keep, but data.scale is unit, which needs every value of a row: must be error or skip
                    data { label = a, weight = a }                    ~ data.weight is "a", a column that data.label names already
                    data { label = a, id = a }                        ~ data.id is "a", a column that data.label names already
                    data { weight = a, id = a }                       ~ data.id is "a", a column that data.weight names already
                    data { features = [x, Class], label = class }     ~ data.label is "class", a column that data.features names already
                    data { weight = A, id = a }                       ~ data.id is "a", a column that data.weight names already
                    data { features = [x, a], label = a }             ~ data.label is "a", a column that data.features names already
                    """)
    void areTold(String line, String sentence) {
        assertThat(sandbox.problems(line)).containsExactly("job.conf:2: " + sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.fit = gradient                               ~ 'model.fit is "gradient", must be em or stepwise-em'
                    train.stepExponent = 0.7                           ~ train.stepExponent is 0.7, but it has no effect unless model.fit is stepwise-em: remove it
                    model { fit = stepwise-em, covariance = factor }   ~ model.fit is stepwise-em, but model.covariance is factor: must be em
                    model.fit = stepwise-em, data.groupBy = a          ~ model.fit is stepwise-em, but the models of groups (data.groupBy) are fitted by em: must be em
                    """)
    void ofAMixtureOfTypesAreTold(String line, String sentence) {
        assertThat(sandbox.problems("model.type = mixture\n" + line)).containsExactly("job.conf:3: " + sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.holdout { fraction = 0, path = held }",
                "data.holdout.path = held, model.criterion = holdout",
                "model.criterion = holdout",
                "model.criterion = mutual-information, model.components = 3",
                "train.initialModel = old",
                "train.initialModel = old, model.components = [3]",
                "model.initialization = random, model.components = [3, 4]",
                "model { type = mixture, fit = stepwise-em }, train.stepExponent = 0.7",
                "data { features = [\"_c*\"], label = _c64, weight = w, id = i }",
            })
    void areOnlyWhatContradictsItself(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }

    @Test
    void standWhereTheirValueWasWritten() {
        assertThat(sandbox.problems("data.holdout.fraction = 0", "model.criterion=holdout"))
                .containsExactly("--set: model.criterion is holdout, but no rows are held out: data.holdout"
                        + " needs a fraction > 0 or a path");
    }
}
