package io.github.sparklatent.ml.network.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sparklatent.app.config.InSandbox;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.config.Sandbox;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sections of train that change its values for one stage or for one player. */
class StagesTest extends InSandbox {
    private Settings settings(String text, String... overrides) {
        return sandbox.load(Sandbox.COMPLETE + text, overrides).settings();
    }

    private static AveragingOptions rounds(Settings settings, StageSetting stage) {
        return stage.over(settings).bind(AveragingOptions.DEFAULT);
    }

    @Test
    void theDefaultStagesAreThoseOfTheType() {
        Settings mixture = settings("model.type = mog-vae");
        assertThat(StageSetting.of(mixture))
                .extracting(
                        setting -> setting.stage().toString(),
                        stage -> rounds(mixture, stage).maxEpochs(),
                        StageSetting::weight)
                .containsExactly(
                        tuple("autoencoder", 20.0, 0.0),
                        tuple("encoder", 5.0, 0.0),
                        tuple("decoder", 5.0, 0.0),
                        tuple("joint", 40.0, 0.0));
        OuterOptimizer average = OuterOptimizer.of(OuterOptimizer.Type.AVERAGE);
        Schedule cosine = Schedule.of(Schedule.Type.COSINE).withFinalRatio(0.02);
        for (String type : List.of("vade", "cluster-vae")) {
            Settings clustering = settings("model.type = " + type);
            assertThat(StageSetting.of(clustering))
                    .extracting(
                            setting -> setting.stage().toString(),
                            stage -> rounds(clustering, stage).maxEpochs(),
                            stage -> rounds(clustering, stage).optimizer().schedule(),
                            stage -> rounds(clustering, stage).outer())
                    .containsExactly(
                            tuple("autoencoder", 20.0, cosine.withDecayFraction(0.5), average),
                            tuple("fixed", 2.0, Schedule.DEFAULT, average),
                            tuple("clustering", 5.0, cosine, average));
        }
        for (String type : List.of("gan", "vae")) {
            assertThat(StageSetting.of(settings("model.type = " + type))).isEmpty();
        }
    }

    @Test
    void stagesOfAVaeHaveTheEpochsOfTrain() {
        Settings vae = settings("model.type = vae, train { maxEpochs = 7, stages = [{ name = encoder, maxEpochs = 2 },"
                + " { name = decoder }, { name = joint }] }");
        assertThat(StageSetting.of(vae))
                .extracting(
                        setting -> setting.stage().toString(),
                        stage -> rounds(vae, stage).maxEpochs())
                .containsExactly(tuple("encoder", 2.0), tuple("decoder", 7.0), tuple("joint", 7.0));
    }

    @Test
    void aStageReplacesTheValuesOfTrain() {
        Settings mixture = settings("""
                        model { type = mog-vae, components = 3, discriminator = [64, 32] }
                        train { batchSize = 32, roundsPerEpoch = 4, patience = 7, optimizer { learningRate = 0.01, beta1 = 0.8 } }
                        train.outer.type = momentum
                        train.stages = [
                          { name = joint, roundsPerEpoch = 5, optimizer.learningRate = 0.02 }
                          { name = decoder, maxEpochs = 2, adversarialWeight = 0.5, patience = 0
                            optimizer { type = sgd, schedule { type = step, every = 3 } }, outer.type = average }
                        ]
                        """);
        List<StageSetting> stages = StageSetting.of(mixture);
        AveragingOptions common = AveragingOptions.DEFAULT.withBatchSize(32);
        assertThat(rounds(mixture, stages.get(0)))
                .isEqualTo(common.withMaxEpochs(40)
                        .withRoundsPerEpoch(5)
                        .withPatience(7)
                        .withOuter(OuterOptimizer.of(OuterOptimizer.Type.MOMENTUM))
                        .withOptimizer(Optimizer.DEFAULT.withLearningRate(0.02).withBeta1(0.8)));
        assertThat(stages.get(1).weight()).isEqualTo(0.5);
        assertThat(rounds(mixture, stages.get(1)))
                .as("another type starts from its own values")
                .isEqualTo(common.withMaxEpochs(2)
                        .withRoundsPerEpoch(4)
                        .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                        .withOptimizer(Optimizer.of(Optimizer.Type.SGD)
                                .withSchedule(Schedule.of(Schedule.Type.STEP).withEvery(3))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = mog-vae",
                "model.type = vae",
                "model.type = vae, train.stages = [{ name = encoder }, { name = joint, maxEpochs = 3 }]",
                "model { type = mog-vae, discriminator = [5] }, train.stages = [{ name = decoder,"
                        + " adversarialWeight = 2, optimizer { type = sgd, schedule { type = step,"
                        + " factor = 0.5 } }, outer.type = average, roundsPerEpoch = 4 }]\n"
                        + "train.discriminatorLearningRate = 0.5",
                "model.type = vade, train.stages = [{ name = autoencoder }, { name = clustering," + " maxEpochs = 3 }]",
                "model.type = vae-gan, train.discriminatorLearningRate = 0.1"
            })
    void theDryRunIsAConfigurationOfTheSameValues(String text) {
        JobConfiguration first = sandbox.load(Sandbox.COMPLETE + text);
        JobConfiguration second = sandbox.load(first.settings().text());
        assertThat(second.settings().asMap()).isEqualTo(first.settings().asMap());
        assertThat(refined(second.settings())).isEqualTo(refined(first.settings()));
    }

    /** Returns the options with which each stage trains. */
    private static List<Object> refined(Settings settings) {
        List<Object> values = new ArrayList<>();
        for (StageSetting stage : StageSetting.of(settings)) {
            values.addAll(List.of(stage.stage(), stage.weight(), rounds(settings, stage)));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    mog-vae     ~ stages = [{ name = joint, patience = 3 }], data.holdout.fraction = 0 ~ train.stages, joint: train.patience is 3, but no rows
                    mog-vae     ~ stages = [{ name = joint, optimizer { type = rmsprop, momentum = 0.5 } }] ~ train.stages, joint: train.optimizer.momentum is 0.5, but it
                    vade        ~ stages = [{ name = autoencoder, optimizer.schedule.factor = 0.5 }, { name = clustering }] ~ train.stages, autoencoder: train.optimizer.schedule.factor is 0.5, but it
                    mog-vae     ~ stages = [{ name = decoder, adversarialWeight = 1, patience = 3 }] ~ train.patience is 3, but stage
                    vade        ~ stages = [{ name = autoencoder, patience = 1 }, { name = fixed, patience = 3 }, { name = clustering }] ~ train.patience is 3, but stage
                    cluster-vae ~ patience = 3, train.stages = [{ name = clustering }] ~ train.patience is 3, but stage
                    vade        ~ stages = [{ name = fixed }, { name = clustering }]  ~ train.stages has no stage autoencoder
                    vade        ~ stages = [{ name = fixed }, { name = clustering }], train.initialModel = m ~ train.stages has the stages fixed, clustering, but train.initialModel
                    mog-vae     ~ stages = [{ name = joint }, { name = autoencoder }] ~ train.stages has the stages joint
                    mog-vae     ~ stages = [{ name = autoencoder }, { name = joint }], train.initialModel = m ~ train.stages has a stage autoencoder, but train.initialModel
                    vae         ~ stages = []                                 ~ train.stages is an empty list
                    vae         ~ stages = [{ name = joint, patience = 3 }], data.holdout.fraction = 0 ~ train.stages, joint: train.patience is 3, but no rows
                    mog-vae     ~ stages = []                                 ~ train.stages is an empty list
                    mog-vae     ~ stages = joint                              ~ train.stages has an element that is "joint"
                    mog-vae     ~ stages = [{ name = joint }, { name = joint }] ~ train.stages names joint twice
                    vade        ~ stages = [{ name = clustering }, { name = autoencoder }] ~ train.stages has the stages clustering
                    vade        ~ stages = [{ name = autoencoder }, { name = fixed }] ~ train.stages ends with fixed
                    """)
    void mistakesAreRefused(String type, String line, String beginning) {
        assertThat(sandbox.problems("model.type = " + type + ", train." + line))
                .singleElement()
                .asString()
                .startsWith("job.conf:2: " + beginning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    mog-vae ~ { maxEpochs = 3 }                             ~ has a stage without "name"
                    mog-vae ~ { name = encodr }                             ~ has a stage whose name is "encodr"
                    vae     ~ { name = autoencoder }                        ~ has a stage whose name is "autoencoder"
                    vae     ~ { name = joint, adversarialWeight = 0.1 }     ~ has a stage joint with "adversarialWeight"
                    vade    ~ { name = joint }                              ~ has a stage whose name is "joint"
                    mog-vae ~ { name = decoder, adversarialWeight = big }   ~ has a stage decoder whose adversarialWeight is "big"
                    mog-vae ~ { name = encoder, adversarialWeight = 0.1 }   ~ has a stage encoder with "adversarialWeight", which only decoder and joint have
                    mog-vae ~ { name = joint, adversarialTarget = samples } ~ has a stage joint with "adversarialTarget", which needs "adversarialWeight" > 0
                    mog-vae ~ { name = encoder, adversarialTarget = samples } ~ has a stage encoder with "adversarialTarget", which only decoder and joint have
                    mog-vae ~ { name = joint, adversarialWeight = 1, adversarialTarget = both } ~ has a stage joint whose adversarialTarget is "both"
                    vade    ~ { name = fixed, adversarialWeight = 0.1 }     ~ has a stage fixed with "adversarialWeight"
                    mog-vae ~ { name = joint, maxEpocs = 3 }                ~ has a stage joint with "maxEpocs"
                    mog-vae ~ { name = joint, optimizer.schedule.evry = 2 } ~ has a stage joint with "optimizer.schedule.evry"
                    """)
    void mistakesInAStageAreReportedAtItsLine(String type, String stage, String beginning) {
        String text = "model.type = %s\ntrain.stages = [\n%s\n]".formatted(type, stage);
        assertThat(sandbox.problems(text))
                .singleElement()
                .asString()
                .startsWith("job.conf:4: train.stages " + beginning);
    }

    @Test
    void contradictionsInAStageAreReportedAtTheirLine() {
        String text = """
                model.type = mog-vae
                train.stages = [
                  { name = encoder }
                  { name = joint
                    optimizer.beta1 = 0.5
                    optimizer.type = sgd }
                ]
                """;
        assertThat(sandbox.problems(text))
                .singleElement()
                .asString()
                .startsWith("job.conf:6: train.stages, joint: train.optimizer.beta1 is 0.5, but it");
    }

    /** What they would have asked for is unknown. */
    @Test
    void stagesThatCannotBeReadContradictNothing() {
        String adversary = "model { type = mog-vae, spectralNormalization = true }";
        assertThat(sandbox.problems(adversary + ", train.stages = [{ name = decodr }]"))
                .hasSize(1)
                .allMatch(problem -> problem.contains("a stage whose name is"));
        assertThat(sandbox.problems(adversary + ", train.stages = [{ name = joint }]"))
                .hasSize(1)
                .allMatch(problem -> problem.contains("but no stage has an adversarialWeight"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.type = mog-vae, train { optimizer.beta1 = 0.8, stages = [{ name = joint,"
                        + " optimizer.type = sgd }] }",
                "model { type = cluster-vae, informationWeight = 0 }, train { patience = 3, stages"
                        + " = [{ name = clustering }] }",
                "model.type = vade, train { patience = 3, stages = [{ name = autoencoder }, { name"
                        + " = clustering, patience = 0 }] }",
                "model.type = vade, train { initialModel = m, stages = [{ name = clustering }] }"
            })
    void othersAreAccepted(String line) {
        assertThat(sandbox.problems(line)).isEmpty();
    }
}
