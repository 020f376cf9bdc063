package io.github.sparklatent.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.github.sparklatent.report.MixtureReport.Origin;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Definition;
import io.github.sparklatent.report.Page.Definitions;
import io.github.sparklatent.report.Page.Listing;
import io.github.sparklatent.report.Page.Section;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a {@link MixtureReport} as one self-contained page. The same report gives the same bytes.
 */
public final class ReportWriter {

    private static final String TEMPLATE = "report.ftlh";

    /** Characters that neither HTML nor XML may hold; column names and labels can. */
    private static final Pattern ILLEGAL =
            Pattern.compile(
                    "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private ReportWriter() {}

    /**
     * The page as HTML, to be written in UTF-8. It is well-formed XML too, needs no script, no font
     * and no other file.
     *
     * @param report Not modified.
     */
    public static String render(MixtureReport report) {
        Page page =
                new Page(
                        report.title(),
                        SummaryText.sentence(report),
                        report.fit().converged() ? "converged" : "not converged",
                        report.fit().converged(),
                        SummaryText.notices(report),
                        SummaryText.tiles(report),
                        sections(report));
        StringWriter html = new StringWriter();
        try {
            template().process(Map.of("page", page), html);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the template %s could not be read".formatted(TEMPLATE), e);
        } catch (TemplateException e) {
            throw new IllegalStateException(
                    "the template %s does not fit the page".formatted(TEMPLATE), e);
        }
        return ILLEGAL.matcher(html.toString()).replaceAll("\uFFFD");
    }

    private static List<Section> sections(MixtureReport report) {
        List<Section> sections = new ArrayList<>();
        sections.add(ProgressSection.of(report));
        if (report.choice() != null) {
            sections.add(ChoiceSection.of(report));
        }
        sections.add(ComponentsSection.of(report));
        sections.add(MeansSection.of(report));
        if (report.scatter() != null) {
            sections.add(ScatterSection.of(report));
        }
        if (report.confusion() != null) {
            sections.add(ConfusionSection.of(report));
        }
        sections.add(FiguresSection.of(report));
        sections.add(origin(report.origin()));
        return sections.stream().filter(section -> !section.blocks().isEmpty()).toList();
    }

    private static Section origin(Origin origin) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Definitions(
                        origin.entries().entrySet().stream()
                                .map(entry -> new Definition(entry.getKey(), entry.getValue()))
                                .toList()));
        if (!origin.options().isBlank()) {
            blocks.add(new Listing("Options, as resolved", origin.options().strip()));
        }
        return new Section("origin", "Origin", "", blocks);
    }

    private static Template template() throws IOException {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(ReportWriter.class, "");
        configuration.setDefaultEncoding("UTF-8");
        configuration.setLocale(Locale.ROOT);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration.getTemplate(TEMPLATE);
    }
}
