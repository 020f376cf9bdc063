package io.github.sparklatent.report.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Pages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class NetworkPageTest {

    static Stream<Arguments> reports() {
        List<String> warnings = Collections.nCopies(40, "Partition 3 had <fewer> rows & than a \"batch\".");
        return Stream.of(
                Arguments.of("images", NetworkReports.images()),
                Arguments.of("table", NetworkReports.table()),
                Arguments.of("colour", NetworkReports.of(32, 40).images(3, 32).build()),
                Arguments.of(
                        "autoencoder",
                        NetworkReports.of(2, 20).plain().labels(4).build()),
                Arguments.of("one-latent", NetworkReports.of(1, 1).labels(3).build()),
                Arguments.of("one-row", NetworkReports.of(3, 8).rows(1).build()),
                Arguments.of("bare", NetworkReports.of(3, 0).bare().build()),
                Arguments.of(
                        "wide",
                        NetworkReports.of(120, 5000)
                                .table(300)
                                .labels(60)
                                .warnings(warnings)
                                .build()),
                Arguments.of("mixture", NetworkReports.mixture()),
                Arguments.of(
                        "clusters-of-a-table",
                        NetworkReports.of(5, 80)
                                .table(9)
                                .labels(3)
                                .components(4)
                                .build()),
                Arguments.of("game", NetworkReports.game()),
                Arguments.of("chains", NetworkReports.of(4, 40).chains().build()),
                Arguments.of(
                        "many-components",
                        NetworkReports.of(3, 24)
                                .labels(40)
                                .components(60)
                                .rows(600)
                                .build()),
                Arguments.of(
                        "bare-mixture",
                        NetworkReports.of(1, 8).bare().game().components(2).build()),
                Arguments.of(
                        "two-latents",
                        NetworkReports.of(2, 40)
                                .images(1, 8)
                                .components(5)
                                .stages("autoencoder", "fixed", "clustering")
                                .build()),
                Arguments.of(
                        "huge-numbers", NetworkReports.of(4, 30).times(1e150).build()),
                Arguments.of(
                        "tiny-numbers", NetworkReports.of(4, 30).times(1e-150).build()),
                Arguments.of("zeros", NetworkReports.of(4, 30).times(0).build()),
                Arguments.of(
                        "blank", NetworkReports.of(4, 30).images(1, 4).times(0).build()));
    }

    /** The pages stay beside the compiled classes, to be looked at. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("reports")
    void isWellFormedAndNeedsNothingElse(String name, Page report) throws Exception {
        String html = Pages.html(report);
        write(name, html);
        Pages.requireSelfContained(html);
        Pages.requireNamed(Pages.parse(html));
    }

    @Test
    void hasEverySectionOfImages() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.images()));
        assertThat(Pages.sections(page))
                .containsExactly("reconstructions", "samples", "latents", "anomalies", "progress", "origin");
        assertThat(Pages.attributes(page, "id"))
                .contains(
                        "loss",
                        "learning-rate",
                        "reconstruction",
                        "divergence",
                        "seconds",
                        "reconstruction-pictures",
                        "sample-pictures",
                        "latent-map",
                        "divergence-by-dimension",
                        "scores",
                        "anomalous-pictures");
        assertThat(Pages.elements(page, "img"))
                .as("39 pairs, 70 drawn, 13 most anomalous pairs")
                .hasSize(2 * 39 + 70 + 2 * 13);
    }

    @Test
    void hasEverySectionOfATable() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.table()));
        assertThat(Pages.sections(page))
                .containsExactly("reconstructions", "latents", "marginals", "anomalies", "progress", "origin");
        assertThat(Pages.attributes(page, "id")).contains("reconstruction-table", "marginal-charts", "anomalous-table");
        Element charts = Pages.byId(page, "marginal-charts");
        assertThat(Pages.charts(page, "marginal-charts")).hasSize(14 + 1);
        assertThat(charts.getTextContent()).contains("country");
    }

    @Test
    void anAutoencoderHasNoDivergence() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.of(4, 20).plain().build()));
        assertThat(Pages.attributes(page, "id"))
                .contains("loss", "latent-map")
                .doesNotContain("divergence", "divergence-by-dimension", "samples");
    }

    @Test
    void hasEverySectionOfAMixtureTrainedInStages() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.mixture()));
        assertThat(Pages.sections(page))
                .containsExactly(
                        "reconstructions",
                        "samples",
                        "components",
                        "means",
                        "latents",
                        "confusion",
                        "anomalies",
                        "progress",
                        "game",
                        "origin");
        assertThat(Pages.attributes(page, "id"))
                .contains(
                        "game-losses",
                        "game-accuracy",
                        "weights",
                        "decoded-pictures",
                        "component-map",
                        "latent-map",
                        "confusion-table");
        assertThat(Pages.byId(page, "decoded-pictures")
                        .getElementsByTagName("img")
                        .getLength())
                .as("the decoded mean and six of the seven drawn rows of each of ten")
                .isEqualTo(10 * 7);
        String text = page.getDocumentElement().getTextContent();
        assertThat(text)
                .contains("encoder (5 epochs), decoder (5 epochs), joint (10 epochs).")
                .contains("numbers mark the components'");
    }

    @Test
    void clustersOfATableAreShownByColumns() throws Exception {
        Page report = NetworkReports.of(5, 80).table(9).labels(3).components(4).build();
        Document page = Pages.parse(Pages.html(report));
        Element table = Pages.byId(page, "mean-table");
        assertThat(table.getElementsByTagName("tr").getLength())
                .as("weights too")
                .isEqualTo(11);
    }

    @Test
    void withoutLabelsOnlyComponentsAreColoured() throws Exception {
        Page report = NetworkReports.of(3, 8).components(4).build();
        List<String> ids = Pages.attributes(Pages.parse(Pages.html(report)), "id");
        assertThat(ids).contains("component-map").doesNotContain("latent-map", "confusion");
    }

    @Test
    void saysWhichParametersWereKept() throws Exception {
        assertThat(Pages.text(NetworkReports.images()))
                .contains("kept: round 144", "8 of 12 latent dimensions are in use");
    }

    @Test
    void explainsColumns() throws Exception {
        Document page = Pages.parse(Pages.html(NetworkReports.table()));
        Element table = Pages.byId(page, "reconstruction-table");
        assertThat(table.getElementsByTagName("tr").getLength()).isEqualTo(1 + 14);
        assertThat(table.getTextContent())
                .as("0.8 of a deviation explains 1 − 0.2² of the variance")
                .contains("96.0%");
        assertThat(table.getTextContent()).as("counts come back as they are").contains("100.0%");
    }

    @Test
    void manyColumnsAndLabelsAreCutAndItSaysSo() throws Exception {
        Page report = NetworkReports.of(120, 10).table(300).labels(60).build();
        String text = Pages.parse(Pages.html(report)).getDocumentElement().getTextContent();
        assertThat(text)
                .contains("Of 300 columns, the 40 that are explained least are shown.")
                .contains("Only the 40 first columns of 301 are shown.")
                .contains("Only the 100 largest of 120 are shown.")
                .contains("the other 40");
    }

    @Test
    void showsNamesAsTheyAre() throws Exception {
        String html = Pages.html(NetworkReports.table());
        String name = "a <b>column</b> & its \"name\" 'x' \uFFFD \uFFFD ]]> €";
        assertThat(html).doesNotContain("<b>");
        Document page = Pages.parse(html);
        assertThat(Pages.elements(page, "h1").get(0).getTextContent()).isEqualTo("readings <of> " + name);
        assertThat(Pages.elements(page, "th").stream().map(Element::getTextContent))
                .contains(name);
        assertThat(Pages.charts(page, "latent-map").get(0).path("legend").path("data"))
                .extracting(JsonNode::textValue)
                .anyMatch(label -> label.startsWith("a <b>column</b> & its \"name\" 'x' "));
    }

    @Test
    void sameReportSameBytes() {
        Pages.requireSameBytes(() -> Pages.html(NetworkReports.table()));
    }

    @Test
    void staysSmall() {
        assertThat(Pages.html(NetworkReports.images()).length()).isLessThan(300_000);
        Page wide =
                NetworkReports.of(120, 5000).table(300).labels(60).rows(4000).build();
        assertThat(Pages.html(wide).length()).isLessThan(700_000);
    }

    private static void write(String name, String html) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "network-reports"));
        Files.writeString(folder.resolve(name + ".html"), html);
    }
}
