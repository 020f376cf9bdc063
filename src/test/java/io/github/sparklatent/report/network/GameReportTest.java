package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Pages;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What a report says of networks that play against a discriminator. */
class GameReportTest {
    @Test
    void aGameOfOneStageIsShownOverThatStage() throws Exception {
        assertThat(Pages.text(NetworkReports.mixture()))
                .contains("Adversarial training took place in stage decoder, epochs 5 to 10; the" + " charts show");
        assertThat(Pages.text(
                        NetworkReports.of(4, 20).stages("one", "two").game().build()))
                .doesNotContain("Adversarial training took place in");
    }

    @Test
    void aReconstructionIsSaidToBeWhatItIs() throws Exception {
        Page learnt = NetworkReports.of(4, 20).game().learntSimilarity().build();
        assertThat(reconstruction(learnt))
                .contains("½ |f(x) − f(x̃)|²", "discriminator's last hidden layer")
                .contains("Reconstruction on the discriminator's features (featureReconstruction)")
                .doesNotContain("log p(x | z)");
        assertThat(reconstruction(NetworkReports.of(4, 20).game().build()))
                .contains("−log p(x | z)")
                .doesNotContain("discriminator");
    }

    @Test
    void lossesOfALearntSimilarityAreNoNats() throws Exception {
        assertThat(Pages.text(NetworkReports.of(4, 20).game().learntSimilarity().build()))
                .contains("Losses per row, not in nats")
                .doesNotContain("Losses in nats per row; lower is better");
        assertThat(Pages.text(NetworkReports.of(4, 20).game().build()))
                .contains("Losses in nats per row; lower is better");
    }

    @Test
    void whoDrawsIsSaid() throws Exception {
        assertThat(Pages.text(NetworkReports.game()))
                .contains("The generator's output for latent codes drawn from the prior")
                .doesNotContain("The decoder's mean");
        assertThat(Pages.text(NetworkReports.images()))
                .contains("The decoder's mean for latent codes drawn from the prior");
    }

    @Test
    void aGameHasNoLossOfItsOwn() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.game()));
        assertThat(Pages.sections(page)).containsSubsequence("samples", "progress", "game");
        assertThat(Pages.attributes(page, "id"))
                .contains("learning-rate", "game-losses")
                .doesNotContain("loss", "latent-map", "component-map");
        assertThat(Pages.byId(page, "game-losses").getTextContent())
                .contains("discriminator, training", "generator, held out");
    }

    private static String reconstruction(Page report) throws Exception {
        return Pages.byId(Pages.parse(Pages.html(report)), "reconstruction").getTextContent();
    }
}
