package io.github.sparklatent.report;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Renders a {@link Page} with the template. Equal pages give identical bytes. */
public final class ReportWriter {

    private static final String TEMPLATE = "report.ftlh";

    /** Apache ECharts, which the build takes from its WebJar. */
    private static final String LIBRARY = "echarts.common.min.js";

    private static final String SCRIPT = "report.js";

    /** Characters that HTML and XML forbid, but that column names and labels can contain. */
    private static final Pattern ILLEGAL =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private ReportWriter() {}

    /**
     * Renders the page as HTML, to be written in UTF-8. The text is also well-formed XML. It has the scripts that draw
     * its charts, and needs no font or other file.
     *
     * @param page content of the page. Not modified.
     * @throws IllegalStateException if the template uses a field that the page does not have
     */
    public static String render(Page page) {
        StringWriter html = new StringWriter();
        try {
            template()
                    .process(
                            Map.of(
                                    "page", page,
                                    "library", resource(LIBRARY),
                                    "script", resource(SCRIPT)),
                            html);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read the report template %s; the jar may be incomplete".formatted(TEMPLATE), e);
        } catch (TemplateException e) {
            throw new IllegalStateException(
                    "the report template %s does not match the class Page".formatted(TEMPLATE), e);
        }
        return ILLEGAL.matcher(html.toString()).replaceAll("\uFFFD");
    }

    /** Returns a script. "]]>" would end the section of the page that holds it. */
    private static String resource(String name) throws IOException {
        try (InputStream stream = ReportWriter.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IOException("the resource %s is missing".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .replace("]]>", "]]\\u003e");
        }
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
