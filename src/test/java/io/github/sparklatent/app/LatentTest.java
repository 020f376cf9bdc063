package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line without a job: what may be typed, and what is answered to anything else. */
class LatentTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; no command given, expected one of train, evaluate, score, sample, inspect, export, registry",
                "registry; no command given, expected one of retrain, compare, publish",
                "registry histroy; (did you mean history?)",
                "trian; (did you mean train?)",
                "train; Missing required parameter: 'TABLE' or '--config FILE'",
                "inspect; Missing required parameter: 'TABLE', 'RESULT' or '--config FILE'",
                "export --output a.onnx; Missing required parameter: 'TABLE', 'RESULT' or '--config FILE'",
                "export out; Missing required option: '--output=FILE'",
                "train --confg x; Possible solutions: --config",
                "train --config; Missing required parameter for option '--config' (FILE)",
                "train --config x --set; Missing required parameter for option '--set' (KEY=VALUE)",
                "train x y; Unmatched argument",
                "train --preset; Missing required parameter for option '--preset' (NAME)",
                "train --config nope.conf; nope.conf: does not exist, expected a configuration file"
            })
    void whatIsNoCommandEndsInASentence(String typed, String sentence) {
        String[] arguments = typed.isEmpty() ? new String[0] : typed.split(" ");
        CommandTest.assertRefused(CommandTest.latent(arguments), 2, sentence);
    }

    @Test
    void theVersionAndTheCommit() {
        CommandTest.Ended ended = CommandTest.latent("--version");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).matches("spark-latent \\S+\ncommit \\S+\n");
    }

    @Test
    void anExitCodeIsReturnedAndTheProcessGoesOn() {
        assertThat(Latent.run("train", "--config", "nope.conf")).isEqualTo(2);
    }
}
